#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Goal: what users see is what somebody has looked at. Method: the screens of four small scenarios,
# 80 and 120 columns wide, in UTF-8 and in ASCII, in a pipe and on a terminal, with their stderr and
# exit codes, are those of golden/. How long a run took is left out.
# After a change that is meant:  TIERSIM=build/release/tiersim tests/cli/screens.sh --update
# and read the difference.
set -eu
# shellcheck source=tests/support/cli.sh
. "$(dirname "$0")/../support/cli.sh"
golden=$here/golden
update=${1:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# The program is called by its name, scenarios by theirs.
PATH=$(cd "$(dirname "$tiersim")" && pwd):$PATH
export PATH
tiersim=tiersim
unset NO_COLOR COLUMNS
cd "$scenarios"

# "… seed 7 · 0.02 s" ends the header when there is room; "\r" is a terminal's.
tidy() { tr -d '\r' | sed 's/\(seed [0-9]*\) [^ ]* [0-9.]* [a-z]*$/\1/'; }

held() { # NAME FILE: the file is the golden one
    if [ "$update" = --update ]; then
        mkdir -p "$golden"
        cp "$2" "$golden/$1.txt"
    else
        diff -u "$golden/$1.txt" "$2" || complain "$1 has changed"
    fi
}

shown() { # NAME WORD…: stdout, stderr and exit code
    name=$1
    shift
    got=0
    "$@" >"$work/out" 2>"$work/err" </dev/null || got=$?
    {
        tidy <"$work/out"
        [ ! -s "$work/err" ] || echo "---- stderr"
        cat "$work/err"
        echo "---- exit $got"
    } >"$work/all"
    held "$name" "$work/all"
}

for scenario in desk queue swamped precise; do
    for width in 80 120; do
        for place in utf8:C.UTF-8 ascii:C; do
            shown "$scenario-$width-${place%:*}" \
                env LC_ALL="${place#*:}" "$tiersim" run "$scenario.json" --width $width
        done
    done
done
LC_ALL=C tr -d '\000-\177' <"$golden/desk-80-ascii.txt" | wc -c | grep -qx ' *0' ||
    complain "the screen for LC_ALL=C has characters outside ASCII"
shown desk-check "$tiersim" run desk.json --check -q
shown desk-one "$tiersim" run desk.json --reps 1 --ascii
long='run.batches = 20, run.length = 2000 h'
shown long-run env LC_ALL=C.UTF-8 "$tiersim" run queue.json --set "$long"
shown long-run-short env LC_ALL=C.UTF-8 "$tiersim" run queue.json --set "$long, run.length = 40 h"
mkdir -p "$work/results"
(
    cp desk.json "$work"
    cd "$work"
    shown desk-folder "$tiersim" run desk.json -o results/desk --no-plots --ascii
    [ "$complaints" = 0 ]
) || complain "the screen of a run with a folder"
for which in worst first-breach most-hops longest-wait costliest 17; do
    shown "trace-$which" env LC_ALL=C.UTF-8 "$tiersim" trace desk.json --case $which --width 80
done
shown trace-ascii "$tiersim" trace desk.json --case 3-17 --ascii
shown trace-many "$tiersim" trace desk.json --case costliest --reps 12 --ascii
shown trace-json "$tiersim" trace desk.json --case 1-4 --json
shown trace-none "$tiersim" trace queue.json --case most-hops
shown trace-no-case "$tiersim" trace desk.json --case 1000000
more='one more: tiers[0].pools[0].agents += 1'
shown compare env LC_ALL=C.UTF-8 "$tiersim" compare desk.json --set "$more" --reps 30
shown compare-three env LC_ALL=C "$tiersim" compare desk.json --set "$more" \
    --set 'tiers[0].pools[0].authority = 500, title = rich' --reps 9 --width 100
shown empower env LC_ALL=C.UTF-8 "$tiersim" empower desk.json --reps 20
shown empower-two env LC_ALL=C "$tiersim" empower desk.json --tier L1 --limits 0,500 --reps 9 --width 110
shown empower-wrong "$tiersim" empower desk.json --limits 10,twenty
shown help-empower "$tiersim" help empower
shown stress env LC_ALL=C.UTF-8 "$tiersim" stress desk.json --reps 20
shown stress-flu env LC_ALL=C "$tiersim" stress desk.json --no-heal --reps 9 --width 100 \
    --set 'flu: tiers[0].pools[0].agents *= 0.5'
shown stress-nothing "$tiersim" stress queue.json
shown stress-json "$tiersim" stress "../../../scenarios/erlang-c.json" --reps 4 --json
shown help-stress "$tiersim" help stress
shown compare-nothing "$tiersim" compare desk.json
shown size env LC_ALL=C.UTF-8 "$tiersim" size "../../../scenarios/sizing.json" --reps 20
shown size-csv "$tiersim" size "../../../scenarios/erlang-c.json" --csv
shown size-infeasible env LC_ALL=C.UTF-8 "$tiersim" size "../../../scenarios/erlang-c.json" --reps 4 \
    --set 'promises[0] = { "measure": "resolution", "within": "1 min", "at_least": 0.9 }'
shown size-json "$tiersim" size "../../../scenarios/erlang-c.json" --reps 4 --json
shown schedule env LC_ALL=C.UTF-8 "$tiersim" schedule schedule.json
shown schedule-ascii env LC_ALL=C "$tiersim" schedule schedule.json --width 120 --days 50%
shown schedule-csv "$tiersim" schedule schedule.json --csv
shown schedule-week env LC_ALL=C.UTF-8 "$tiersim" schedule "../../../scenarios/studies/shifts-of-a-week.json" \
    --reps 6 --threads 1
shown schedule-wrong "$tiersim" schedule schedule-wrong.json
shown help-schedule "$tiersim" help schedule
shown compare-json "$tiersim" compare desk.json --set "$more" --reps 4 --json
shown run-set "$tiersim" run desk.json --set 'tiers[0].pols = 1'
shown help "$tiersim"
shown help-run "$tiersim" help run
shown help-compare "$tiersim" help compare
for design in factorial tornado sobol; do
    shown sweep-$design env LC_ALL=C.UTF-8 "$tiersim" sweep sweep-$design.json
done
shown sweep-ascii env LC_ALL=C "$tiersim" sweep sweep-sobol.json --width 120
shown sweep-one "$tiersim" sweep sweep-sobol.json --reps 1 --ascii
shown help-sweep "$tiersim" help sweep
shown help-size "$tiersim" help size
shown help-trace "$tiersim" help trace
shown help-select "$tiersim" help select
shown explain-pool "$tiersim" explain pool
shown explain-matrix env LC_ALL=C.UTF-8 "$tiersim" explain matrix.json
shown explain-matrix-ascii env LC_ALL=C "$tiersim" explain matrix.json --width 100
shown explain-help "$tiersim" help explain
for width in 60 80 120; do
    shown "select-$width" env LC_ALL=C.UTF-8 "$tiersim" select select.json --width $width
done
shown select-ascii env LC_ALL=C "$tiersim" select select.json
shown select-budget env LC_ALL=C.UTF-8 "$tiersim" select desk.json --budget 150 --width 80 \
    --set 'faster: tiers[0].handling.mean *= 0.9' --set 'tiers[0].pools[0].agents += 1'
shown select-wrong "$tiersim" select select-wrong.json
shown select-smallest env LC_ALL=C "$tiersim" select desk.json --measure tier.L1.service_level --zone '1 %' \
    --set 'tiers[0].pools[0].agents *= 2'
shown validate-wrong "$tiersim" validate wrong.json
# What is rare or never there: two contacts prove nothing, and nothing is claimed of nobody.
shown queue-few "$tiersim" run queue.json --ascii --set 'streams[*].arrivals.rate = 0.2 /h'
shown queue-nobody-works "$tiersim" run queue.json --ascii --set 'tiers[*].pools[*].agents = 0'
nobody='promises[0] = { "measure": "resolution", "severity": "high", "within": "8 h", "at_least": 0.9 }'
never='streams[*].severities = { "normal": 1 }'
shown desk-no-data "$tiersim" run desk.json --ascii --reps 4 --set "$never, $nobody"
shown size-no-data "$tiersim" size desk.json --ascii --reps 4 --set "$never, promises = [ ${nobody#*= } ]"
shown compare-unlike "$tiersim" compare desk.json queue.json --ascii --reps 4
shown compare-namesakes "$tiersim" compare queue.json ../scenarios/queue.json --ascii --reps 3
shown explain-authority "$tiersim" explain authority
shown explain-mixture "$tiersim" explain mixture

# On a terminal: colours there, none with NO_COLOR, --no-color or TERM=dumb; no bar on a short run.
pty() { # VARIABLE=VALUE… : the screen of desk on a terminal of 80 columns
    env LC_ALL=C.UTF-8 TERM=xterm "$@" script -qec \
        "stty cols 80; tiersim run desk.json $words" "$work/typescript" </dev/null | tidy
}
if command -v script >/dev/null 2>&1 && script -qec true "$work/typescript" >/dev/null 2>&1; then
    words=''
    pty >"$work/all"
    held desk-terminal "$work/all"
    grep -q "$(printf '\033')" "$work/all" || complain "no colours on a terminal"
    env LC_ALL=C.UTF-8 "$tiersim" run desk.json 2>&1 --width 80 | tidy >"$work/plain"
    for setting in NO_COLOR=1 TERM=dumb; do
        pty "$setting" | diff -u "$work/plain" - || complain "a terminal with $setting"
    done
    words=--no-color
    pty | diff -u "$work/plain" - || complain "a terminal with --no-color"
    sed "s/$(printf '\033')\[[0-9;]*m//g" "$work/all" | diff -u "$work/plain" - ||
        complain "colours change the words"
else
    echo "no script(1): terminals are not tried"
fi
finish
