#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Goal: one study file says all: scenario, variants, precision, seed and what is written, and is run
# again to the same bytes. Method: a study with all of them is run from two folders; its files are
# compared with each other, with those of the command line's options, and with those of the study
# that it left (which is another file, so where scenarios come from is not compared); options
# overrule the study.
set -eu
# shellcheck source=tests/support/cli.sh
. "$(dirname "$0")/../support/cli.sh"

mkdir work
cat >work/study.json <<END
{
  "study": "one file",
  "scenario": "$scenarios/desk.json",
  "variants": [ { "name": "one more", "set": "tiers[0].pools[0].agents += 1" } ],
  "replications": 5,
  "replications_most": 60,
  "precision": "3 %",
  "seed": 11,
  "outputs": { "folder": "there/results", "print": "json", "plots": false },
  "compare": {}
}
END
tables='study.json differences.csv replications.csv'
same() { # FOLDER
    for file in $tables; do
        cmp "work/there/results/$file" "$1/$file" || complain "$1/$file differs"
    done
    for result in work/there/results "$1"; do
        sed -n '/"digest"/s/.*"digest": //p' "$result/comparison.json"
    done | sort | uniq -c | grep -qv '^ *[2468] ' && complain "$1: other digests"
    return 0
}

expect 0 "$tiersim" compare work/study.json
cmp out work/there/results/comparison.json || complain "print: json prints something else"
[ ! -e work/there/results/plots ] || complain "there are plots"
[ "$(wc -l <work/there/results/replications.csv)" -gt 12 ] || complain "the precision was not chased"
mv work/there first
(cd work && expect 0 "$tiersim" compare study.json --threads 1)
for file in $tables comparison.json; do
    cmp "first/results/$file" "work/there/results/$file" || complain "again, $file differs"
done

# What the study left is the same study, and writes where it is told to.
expect 0 "$tiersim" compare work/there/results/study.json -o again --no-plots -q
same again
! grep -q outputs again/study.json || complain "the folder of the results is in the study"

# Options overrule.
expect 0 "$tiersim" compare work/study.json -o elsewhere -q
same elsewhere
[ ! -s out ] || complain "-q prints"

sed 's/"compare": {}/"select": { "zone": 5 }/' work/study.json >work/wrong.json
expect 3 "$tiersim" select work/wrong.json
says err 'a precision cannot be asked'
sed 's:there/results::' work/study.json >work/nowhere.json
expect 3 "$tiersim" compare work/nowhere.json
says err 'no folder can be called that'
finish
