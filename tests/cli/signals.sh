#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Goal: a run that is stopped ends soon, keeps what is complete and says so; one that is killed
# leaves no half file. Method: send signals to long runs, look at the time until the end, the exit
# code, the manifest and the files; kill -9 at many moments, above all while files are written.
set -eu
# shellcheck source=tests/support/cli.sh
. "$(dirname "$0")/../support/cli.sh"
desk=$scenarios/desk.json

ms() { echo $(($(date +%s%N) / 1000000)); }
stop() { # SIGNAL CODE WORD…: sends the signal to a run with these words after half a second
    signal=$1 wanted=$2
    shift 2
    $listening "$tiersim" run "$@" >out 2>err &
    pid=$!
    await_threads "$pid"
    sleep 0.5
    sent=$(ms)
    kill -s "$signal" "$pid"
    got=0
    wait "$pid" 2>/dev/null || got=$?
    took=$(($(ms) - sent))
    [ "$got" = "$wanted" ] || complain "$signal: exit code $got, not $wanted"
}
# A run of a million replications takes hours: one that ends within this was stopped.
hung=120000

# Each signal ends the program in its own way, with whole files that say they are a part.
for pair in INT:130 TERM:143 HUP:129; do
    name=${pair%:*}
    stop "$name" "${pair#*:}" "$desk" --reps 1000000 -o "$name" --no-plots --case-log
    says "$name/manifest.json" '"complete": false'
    says "$name/manifest.json" '"replications": \{"done": [1-9][0-9]*, "planned": 1000000\}'
    says "$name/manifest.json" '^}$'
    says "$name/summary.json" '"complete": false'
    says out 'PARTIAL: stopped after [0-9,]+ of 1,?000,?000'
    done=$(sed -n 's/.*"done": \([0-9]*\),.*/\1/p' "$name/manifest.json")
    [ "$(wc -l <"$name/replications.csv")" = $((done + 1)) ] ||
        complain "$name: not a row for each of $done complete replications"
    [ "$(tail -n 1 "$name/cases.csv" | cut -d , -f 1)" = "$done" ] ||
        complain "$name: the case log ends with another replication than $done"
    find "$name" -name '*tmp*' | grep . && complain "$name: a temporary file is left"
done
# What a part says is what a whole run of so many replications says.
done=$(sed -n 's/.*"done": \([0-9]*\),.*/\1/p' INT/manifest.json)
expect 0 "$tiersim" run "$desk" --reps "$done" -o whole --no-plots -q
cmp INT/estimates.csv whole/estimates.csv || complain "a part differs from a whole of its length"

# Without files it ends at once; the words are on stderr where there is no screen.
stop INT 130 "$desk" --reps 1000000 -q
[ "$took" -lt "$hung" ] || complain "Ctrl-C took $took ms"
says err '^tiersim: stopped: [0-9]+ of 1000000 replications are complete'
stop TERM 143 "$desk" --reps 1000000 --json
says out '"complete": false'
says out '^}$'

# Before the first replication there is nothing to report, and that is said.
sed 's/"length": "200 h"/"length": "4000 w"/; s/30 \/h/3000 \/h/
    s/"agents": 4/"agents": 400/' "$scenarios/queue.json" >endless.json
stop INT 130 endless.json -o nothing
[ "$took" -lt "$hung" ] || complain "Ctrl-C in the first replication took $took ms"
says err '^tiersim: stopped: not one replication was complete'
[ ! -e nothing/summary.json ] || complain "a result of no replication"

# Where Ctrl-C was ignored from the start (a background job, nohup) it stays ignored.
(
    trap '' INT HUP
    "$tiersim" run "$desk" --reps 1000000 --time-limit 1.5s -q >out 2>err &
    pid=$!
    await_threads "$pid"
    kill -s INT "$pid"
    kill -s HUP "$pid"
    got=0
    wait "$pid" || got=$?
    [ "$got" = 6 ] || { echo "ignored signals stopped a run: $got"; exit 1; }
) || complain "signals that are to be ignored"

# kill -9 at any moment: each file is whole or not there, the manifest only with all others.
expect 0 "$tiersim" run "$desk" --reps 300 -o reference --no-plots -q
for moment in 01 02 03 04 05 06 07 08 09 10 12 14 16 18 20 25 30; do
    $listening "$tiersim" run "$desk" --reps 300 -o killed --no-plots -q >out 2>err &
    pid=$!
    sleep "0.$moment"
    kill -s KILL "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
    for file in summary.json replications.csv intervals.csv estimates.csv; do
        [ ! -e "killed/$file" ] || cmp -s "killed/$file" "reference/$file" ||
            complain "killed after 0.$moment s: half of $file"
    done
    if [ -e killed/manifest.json ]; then
        for file in summary.json replications.csv intervals.csv estimates.csv; do
            [ -e "killed/$file" ] || complain "a manifest without $file"
        done
    fi
    rm -rf killed
done
finish
