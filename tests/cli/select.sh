#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Goal: a selection is the same to the byte whatever the threads, folder and locale, can be run again
# from what it left, and can be interrupted; its files are what they should be; what is wrong on the
# command line or in a study is told with a code of its own. Method: the command on small studies;
# studies cut off and with bytes changed must be told of, and never crash.
set -eu
# shellcheck source=tests/support/cli.sh
. "$(dirname "$0")/../support/cli.sh"
study=$scenarios/select.json

expect 0 "$tiersim" select "$study" --threads 1 -o one -q --no-plots
for threads in 2 5; do
    expect 0 "$tiersim" select "$study" --threads $threads -o many -q --no-plots
    for file in selection.json selection.csv replications.csv study.json; do
        cmp one/$file many/$file || complain "$threads threads change $file"
    done
done
expect 0 env LC_ALL=C.UTF-8 TZ=America/St_Johns "$tiersim" select "$study" --json
cmp out one/selection.json || complain "--json is not selection.json"
if [ -x "${TSIM_STRICT_JSON:-}" ]; then
    "$TSIM_STRICT_JSON" one/selection.json one/study.json one/manifest.json ||
        complain "not strict JSON"
fi
[ ! -e one/plots ] || complain "plots in spite of --no-plots"

# Again from what was left: the same but for the names of files.
expect 0 "$tiersim" select one/study.json -o again -q --no-plots
cmp one/selection.csv again/selection.csv || complain "study.json gives another selection.csv"
cmp one/replications.csv again/replications.csv || complain "… and other replications.csv"
expect 0 "$tiersim" select "$study" --seed 8 -o other -q --no-plots
! cmp -s one/selection.csv other/selection.csv || complain "another seed gives the same"
expect 0 "$tiersim" select other/study.json -o again -q --no-plots
cmp other/selection.csv again/selection.csv || complain "study.json forgets the seed"

# A row for each candidate, in order.
[ "$(wc -l <one/selection.csv)" = 5 ] || complain "selection.csv has not a row for each"

[ "$(cut -d, -f1 one/selection.csv | sed -n 2p)" = now ] || complain "the order is not the study's"

# Plots, where there is gnuplot.
if command -v gnuplot >/dev/null 2>&1; then
    expect 0 "$tiersim" select "$study" -o drawn -q
    grep -q '</svg>' drawn/plots/selection.svg || complain "no picture"
    grep -q 'slower' drawn/plots/selection.svg || complain "the picture has no names"
    expect 0 "$tiersim" select "$study" -o drawn -q --no-plots
    [ ! -e drawn/plots ] || complain "an old picture stays"
fi

# From the command line alone; within a budget; interrupted.
expect 0 "$tiersim" select "$scenarios/queue.json" --set 'tiers[0].pools[0].agents += 1' --zone 1% \
    --largest --measure tier.desk.service_level
says out 'is the best'
expect 0 "$tiersim" select "$scenarios/queue.json" "$scenarios/swamped.json" --budget 60 \
    --measure desk.abandoned_share
says out 'no guarantee'
says out '60 replications|All see'
expect 6 "$tiersim" select "$scenarios/desk.json" --set 'tiers[0].handling.mean *= 0.999' \
    --zone 0.001 --time-limit 0.3s
says err 'time is up'

# What is wrong.
expect 2 "$tiersim" select
expect 2 "$tiersim" select "$study" --zone 3
says err 'by itself'
expect 2 "$tiersim" select "$study" --set 'currency = USD'
expect 2 "$tiersim" select "$scenarios/queue.json" --zone 'a"b'
expect 2 "$tiersim" select "$scenarios/queue.json" --reps 5
expect 3 "$tiersim" select "$scenarios/queue.json" --zone 1
says err 'nothing to select from'
expect 3 "$tiersim" select "$scenarios/queue.json" "$scenarios/queue.json" --zone 1
expect 3 "$tiersim" select "$scenarios/queue.json" "$scenarios/desk.json" --zone 1 \
    --measure tier.desk.wait_mean
expect 4 "$tiersim" select nowhere.json --zone 1
expect 4 "$tiersim" select "$study" -o /dev/null/x -q

# Studies cut off and garbled: an error, or a selection after all; nothing else.
cp "$scenarios/queue.json" .
size=$(wc -c <"$study")
at=7
while [ $at -lt "$size" ]; do
    head -c $at "$study" >cut.json
    expect 3 "$tiersim" select cut.json -q
    { head -c $at "$study"; printf '9'; tail -c +$((at + 2)) "$study"; } >garbled.json
    got=0
    "$tiersim" validate garbled.json -q >out 2>err || got=$?
    [ $got = 0 ] || [ $got = 3 ] || [ $got = 4 ] || complain "byte $at: exit code $got"
    at=$((at + 41))
done
finish
