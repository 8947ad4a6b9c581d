#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Goal: exit codes say what happened, streams are kept apart, and trouble with files is told in a
# line that names the file. Method: bring every code about, by full and read-only folders, closed
# streams, limits of memory and time, broken promises and broken scenarios.
set -eu
# shellcheck source=tests/support/cli.sh
. "$(dirname "$0")/../support/cli.sh"
desk=$scenarios/desk.json
trap 'umount full 2>/dev/null || true' EXIT

# 0: the screen on stdout; nothing, or warnings, on stderr.
expect 0 "$tiersim" run "$scenarios/queue.json"
says out '^queue '
[ ! -s err ] || complain "a good run says something on stderr"
expect 0 "$tiersim" run "$desk"
says err 'desk[.]json:[0-9]+:[0-9]+: warning: L3'
! grep -q warning: out || complain "warnings are on stdout"
expect 0 "$tiersim" run -q "$desk"
[ ! -s out ] || complain "--quiet prints"
expect 0 "$tiersim" run --json "$desk" -o folder
head -c 1 out | grep -q '{' || complain "--json prints something else first"
cmp -s out folder/summary.json || complain "--json is not summary.json"
expect 0 "$tiersim" validate "$desk" "$scenarios/queue.json"
[ "$(grep -c 'is a valid scenario' out)" = 2 ] || complain "validate does not say what is valid"

# Standard input.
"$tiersim" run - --json <"$desk" >piped 2>/dev/null || complain "no scenario from a pipe"
cmp -s piped folder/summary.json || complain "a scenario from a pipe gives another result"
"$tiersim" validate - <"$desk" >out 2>err || complain "validate does not read a pipe"
echo '{' | "$tiersim" run - >out 2>err && complain "half a scenario ran"
says err '^<stdin>:2:1: error: '

# 3: the scenario.
echo '{ "name": "x", "tiers": 3, "agnets": [] }' >bad.json
expect 3 "$tiersim" run bad.json
says err '^bad\.json:1:[0-9]+: error: '
says err 'errors'
expect 3 "$tiersim" validate bad.json
expect 3 "$tiersim" validate bad.json "$desk"
says out 'is a valid scenario'
expect 3 "$tiersim" validate --json bad.json
says out '"line": 1'
[ ! -s err ] || complain "validate --json also writes to stderr"
expect 3 "$tiersim" run bad.json -o never
[ ! -e never ] || complain "an invalid scenario made a results folder"
echo '[1, 2' >broken.json
expect 3 "$tiersim" run broken.json

# 4: files.
expect 4 "$tiersim" run none.json
says err '^none\.json: error: .*No such file'
expect 4 "$tiersim" run .
expect 4 "$tiersim" sweep none.json
says err "No such file"
expect 4 "$tiersim" run "$desk" -o bad.json
says err 'bad\.json.*(Not a directory|not a folder)'
expect 4 "$tiersim" run "$desk" -o bad.json/x
expect 4 "$tiersim" run "$desk" -o /proc/nowhere/x
long=$(printf '%05000d' 0)
expect 4 "$tiersim" run "$desk" -o "$long"
expect 0 "$tiersim" run "$desk" -o deep/er/folder/ --no-plots -q
[ -s deep/er/folder/summary.json ] || complain "parents of the folder are not made"
got=0
"$tiersim" run "$desk" >/dev/full 2>err || got=$?
[ "$got" = 4 ] || complain "a full stdout exits $got"
says err 'standard output cannot be written: No space left'
got=0
"$tiersim" run "$desk" >&- 2>err || got=$?
[ "$got" = 4 ] || complain "a closed stdout exits $got"
"$tiersim" run "$desk" -o closed --no-plots -q >&- 2>&- <&- || true
says closed/manifest.json '^}$'
says closed/summary.json '^}$'
! grep -rq 'warning: ' closed || complain "words for stderr landed in a file"
if [ "$(id -u)" = 0 ]; then
    mkdir full
    if mount -t tmpfs -o size=64k tmpfs full 2>/dev/null; then
        echo old >full/summary.json
        expect 4 "$tiersim" run "$desk" -o full --no-plots --reps 400
        says err 'full/[a-z.]*(csv|json).*No space left'
        ! grep -q 'Wrote' out || complain "the screen says that a failed folder was written"
        find full -name '*tmp*' | grep . && complain "a temporary file is left on a full disk"
        head -c 1 full/summary.json | grep -qE '[{o]' || complain "half a summary on a full disk"
        mount -o remount,ro full
        expect 4 "$tiersim" run "$desk" -o full
        says err 'Read-only'
        umount full
    fi
else
    mkdir locked
    chmod 555 locked
    expect 4 "$tiersim" run "$desk" -o locked
fi
(
    ulimit -f 20
    expect 4 "$tiersim" run "$desk" -o small --no-plots --reps 400
    find small -name '*tmp*' | grep . && complain "a temporary file is left at a file size limit"
    [ "$complaints" = 0 ]
) || complain "a limit of file sizes"

# 5: promises, with --check only.
expect 0 "$tiersim" run "$scenarios/swamped.json"
expect 5 "$tiersim" run --check "$scenarios/swamped.json"
expect 5 "$tiersim" run --check -q "$scenarios/swamped.json"
says err 'broken promise: front answered'
expect 0 "$tiersim" run --check "$scenarios/queue.json"
says err 'makes no promises'

# 6: limits of events, contacts, time and memory.
expect 6 "$tiersim" run "$desk" --max-events 1000
says err '--max-events'
sed 's/"rate": "30 \/h"/"rate": "3000 \/h"/' "$scenarios/queue.json" >flood.json
expect 6 "$tiersim" run flood.json --max-contacts 1000
says err 'without bound.*--max-contacts|--max-contacts'
expect 6 "$tiersim" run "$desk" --reps 1000000 --time-limit 0.2s -o late --no-plots
says out 'PARTIAL'
says late/manifest.json '"complete": false'
expect 6 "$tiersim" run "$desk" --reps 1000000 --time-limit 0.2s -q
says err '^tiersim: time is up: [0-9]+ of 1000000 replications'
if ! sanitized && command -v prlimit >/dev/null 2>&1; then
    expect 0 prlimit --as=300000000 "$tiersim" run "$desk" -q
    for bytes in 9 12 15 20 30 50; do
        got=0
        prlimit --as=${bytes}000000 "$tiersim" run "$desk" --reps 3000 --threads 2 -o tight \
            >out 2>err || got=$?
        case $got in
        0 | 4 | 6) ;;
        127) continue ;; # not even the libraries fit
        *) complain "exit $got with $bytes MB: $(tail -n 1 err)" ;;
        esac
        [ "$got" = 0 ] || says err 'error: |memory is out'
    done
    expect 6 prlimit --cpu=1:9 "$tiersim" run "$desk" --reps 1000000 -q
    says err 'stopped: [0-9]+ of'
fi

# Sizing: found, written and confirmed; impossible; not in time.
line=$TSIM_SOURCE_DIR/scenarios/erlang-c.json
expect 0 "$tiersim" size "$line" --set 'tiers[0].pools[0].agents = 3' --reps 10 --apply staffed.json
says out 'team +agents +3 +14 +14 '
expect 0 "$tiersim" run staffed.json --check -q
expect 5 "$tiersim" size "$line" --reps 4 -q \
    --set 'promises[0] = { "measure": "resolution", "within": "1 min", "at_least": 0.9 }'
expect 4 "$tiersim" size "$line" --reps 4 -q --apply no/such/folder.json
says err '^tiersim: no/such/folder.json cannot be written'
expect 6 "$tiersim" size "$line" --reps 5000 -q --time-limit 0.05s
expect 0 "$tiersim" size "$line" --reps 10 --lever 'tiers[0].answer_within = 20 s, 2 min' \
    --apply chosen.json
says out 'answer_within = 2 min'
expect 0 "$tiersim" run chosen.json --check -q
expect 3 "$tiersim" size "$line" --reps 4 --lever 'no.such = 1, 2'
expect 0 "$tiersim" size "$line" --reps 10 --lever 'tiers[0].answer_within = 20 s, 2 min' --csv \
    --no-plots -o levers
[ -s levers/staffed.json ] || complain "no folder of the best combination"
expect 0 "$tiersim" size "$line" --reps 10 -q --no-plots -o sized
for file in sizing.json staffing.csv staffed.json manifest.json staffed/summary.json; do
    [ -s "sized/$file" ] || complain "no $file in the folder of a sizing"
done
expect 0 "$tiersim" run sized/staffed.json --check -q
expect 2 "$tiersim" size
expect 3 "$tiersim" size "$line" --set 'promises = []'
says err 'without promises'

# A schedule: written without a word, and confirmed.
shifts=$TSIM_SOURCE_DIR/scenarios/studies/shifts-of-a-week.json
expect 0 "$tiersim" schedule "$shifts" -q --apply scheduled.json
[ ! -s err ] || complain "applying a schedule says: $(head -c 200 err)"
expect 0 "$tiersim" run scheduled.json --check -q
expect 4 "$tiersim" schedule "$scenarios/schedule.json" -q --apply no/such/folder.json

# A pipe that somebody closes ends the program without a word.
"$tiersim" explain --reference 2>err | head -n 1 >out
[ ! -s err ] || complain "a closed pipe: $(cat err)"
(
    trap '' PIPE
    "$tiersim" explain --reference 2>err | head -n 1 >out
)
[ ! -s err ] || complain "a closed pipe, its signal ignored: $(cat err)"
finish
