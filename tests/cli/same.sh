#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Goal: scenario, seed and version decide every byte of the result, and nothing else does. Method:
# run with 1, 2, 3 and 8 threads, in other locales, time zones and folders, on a processor without
# fused multiply-add and AVX2, and from the resolved scenario; compare the files.
set -eu
# shellcheck source=tests/support/cli.sh
. "$(dirname "$0")/../support/cli.sh"

files='summary.json replications.csv intervals.csv estimates.csv cases.csv events.csv scenario.resolved.json'

run() { # FOLDER WORD…: all scenarios into the folder, by the command with these words before it
    folder=$1
    shift
    for name in desk queue swamped precise; do
        expect 0 "$@" run "$scenarios/$name.json" -o "$folder/$name" --case-log --no-plots -q \
            ${threads:+--threads "$threads"}
    done
}
same() { # FOLDER: as in folder one
    for name in desk queue swamped precise; do
        for file in $files; do
            cmp "one/$name/$file" "$1/$name/$file" || complain "$1 differs: $name/$file"
        done
    done
    rm -r "$1"
}

threads=1
run one "$tiersim"
for threads in 2 3 8; do
    run "threads_$threads" "$tiersim"
    same "threads_$threads"
done
threads=
run zone env TZ=America/St_Johns "$tiersim"
same zone
run utf8 env LC_ALL=C.UTF-8 "$tiersim"
same utf8
if locale -a 2>/dev/null | grep -qi '^de_DE\.utf-*8'; then
    run german env LC_ALL=de_DE.UTF-8 "$tiersim"
    same german
else
    echo "de_DE.UTF-8 is not there: not tried"
fi
# Where these are refused (no glibc, no such feature) the run is an ordinary one.
run plain env GLIBC_TUNABLES=glibc.cpu.hwcaps=-FMA,-FMA4,-AVX2_Usable,-AVX2,-AVX512F "$tiersim"
same plain
run nothing env -i "$tiersim"
same nothing

# Seeds matter; they are the only thing that does.
expect 0 "$tiersim" run "$scenarios/desk.json" --json --seed 7
cmp -s out one/desk/summary.json || complain "the scenario's own seed, given, changes the result"
expect 0 "$tiersim" run "$scenarios/desk.json" --json --seed 8
! cmp -s out one/desk/summary.json || complain "another seed gives the same result"
# The first replications of a longer run are those of a shorter one.
expect 0 "$tiersim" run "$scenarios/desk.json" --reps 20 -o longer --no-plots -q
head -n 13 longer/replications.csv | cmp - one/desk/replications.csv ||
    complain "more replications change the first ones"
finish
