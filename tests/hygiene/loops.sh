#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Goal: no desk is run by an event loop without something that it uses. Method: each fact of a plan
# on which something hangs in the loop (USES and USES_CLASSIC, src/model/uses.h) has its line in
# loops.list, with the loop that has it. Facts found otherwise (a pointer of the world, a flag of a
# contact) follow from these; builds with TSIM_CHECKS look at them as they run.
set -eu
# shellcheck source=tests/support/hygiene.sh
. "$(dirname "$0")/../support/hygiene.sh"

hung() { # MACRO: facts of the plan within its parentheses
    for file in $(c_files src/model); do
        bare_c "$file"
    done | grep -o "[^A-Z_]$1([^)]*)" | grep -o 'plan->[a-z_]*' | sort -u
}
listed() { # LOOP…
    sed -n "s/^LOOP($1, *\\(plan->[a-z_]*\\).*/\\1/p" src/model/loops.list | sort -u
}

check() {
    hung USES >"$work/whole"
    hung USES_CLASSIC >"$work/classic"
    listed WHOLE >"$work/listed.whole"
    listed CLASSIC >"$work/listed.classic"
    [ -s "$work/whole" ] && [ -s "$work/classic" ] || echo "src/model: nothing hangs on USES"
    comm -23 "$work/whole" "$work/listed.whole" |
        sed 's/.*/src\/model\/loops.list: USES(&) is not here as LOOP(WHOLE, &)/'
    comm -23 "$work/classic" "$work/listed.classic" |
        sed 's/.*/src\/model\/loops.list: USES_CLASSIC(&) is not here as LOOP(CLASSIC, &)/'
}

complaints=$(check)
verdict "$complaints"
