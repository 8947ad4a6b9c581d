#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Goal: `tiersim new` gives everybody a desk to begin with. Method: every starter is written, is
# valid without a warning, runs, keeps the split that it aims at nearly, and has notes; what is
# there already is kept; every mistake gets its exit code and one line that says what to write.
set -eu
# shellcheck source=tests/support/cli.sh
. "$(dirname "$0")/../support/cli.sh"

starters='helpdesk bank saas e-commerce hotel'
for starter in $starters; do
    expect 0 "$tiersim" new "$starter"
    says out '^Change first:'
    says out "tiersim run $starter.json"
    expect 0 "$tiersim" validate "$starter.json"
    [ ! -s err ] || complain "$starter is warned of: $(cat err)"
    expect 0 "$tiersim" run "$starter.json" --reps 3 --max-events 10000000
    says out "^$starter  "
    says out '80 %'
    says "$starter.json" '"notes"'
    says "$starter.json" '"sla"'
    says "$starter.json" '"authority"'
    says "$starter.json" '"every": "30 min"'
    cmp -s "$starter.json" "$top/src/cli/starters/$starter.json" ||
        complain "$starter is not the file of the source"
done
# A warning changes the exit code only where that is asked for.
sed 's/"mean": "5 min" },/"mean": "5 s" },/' helpdesk.json >odd.json
expect 0 "$tiersim" validate odd.json
says err 'odd.json:3[0-9]:[0-9]*: warning: customers of phone wait 5 s on average'
expect 3 "$tiersim" validate odd.json --strict
says err 'warning: customers of phone wait 5 s'
expect 0 "$tiersim" validate helpdesk.json --strict

expect 0 "$tiersim" new
for starter in $starters; do
    says out "^  $starter "
done

echo mine >mine.json
expect 4 "$tiersim" new hotel mine.json
says err 'mine.json is there already; name another file, or replace it with --force'
[ "$(cat mine.json)" = mine ] || complain "a file that was there is gone"
expect 0 "$tiersim" new hotel mine.json --force -q
[ ! -s out ] || complain "-q said something"
cmp -s mine.json hotel.json || complain "--force did not replace the file"
ln -s elsewhere.json link.json
expect 4 "$tiersim" new hotel link.json
[ ! -e elsewhere.json ] || complain "a link that leads nowhere was followed"
expect 4 "$tiersim" new hotel no/such/folder/x.json
says err 'cannot be written'
expect 0 "$tiersim" new saas -
cmp -s out saas.json || complain "the text printed is not the file written"
expect 2 "$tiersim" new shop
says err 'there is no starter "shop"; there are helpdesk, bank, saas, e-commerce, hotel'
expect 2 "$tiersim" new hotel a.json b.json
[ "$(wc -l <err)" = 1 ] || complain "an error of other than one line"
finish
