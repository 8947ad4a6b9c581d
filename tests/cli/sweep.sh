#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Goal: a sweep that is killed again and again ends with the same files, byte for byte, as one that
# was left alone; Ctrl-C keeps what is done and says so; the threads do not matter; its study.json
# is the same study; names from outside do nothing in a picture; what is wrong with a folder or a
# study is told.
# Method: kill -9 at moments from a seeded generator (spread over the length of the sweep), until a
# run comes to its end; cmp of every file but the manifest, which tells how long it took.
set -eu
# shellcheck source=tests/support/cli.sh
. "$(dirname "$0")/../support/cli.sh"

cat >study.json <<'END'
{
  "study": "killed",
  "scenario": {
    "name": "desk", "run": { "length": "40 h" },
    "streams": [ { "name": "s", "arrivals": { "kind": "poisson", "rate": "600 /h" } } ],
    "tiers": [ { "name": "L1", "handling": { "kind": "lognormal", "mean": "3 min", "cv": 1.2 },
                 "answer_within": "20 s",
                 "pools": [ { "name": "front", "agents": 32, "wage": 20 } ] } ],
    "promises": [ { "measure": "service_level", "tier": "L1", "at_least": "80 %" } ]
  },
  "replications": 8,
  "measures": ["tier.L1.wait_mean"],
  "sweep": {
    "factors": [
      { "name": "agents", "set": "tiers[0].pools[0].agents", "values": [31, 33, 35, 37] },
      { "name": "load", "set": "streams[0].arrivals.rate *= ?", "values": [0.9, 1, 1.1] }
    ]
  }
}
END
files='study.json sweep.json points.csv responses.csv replications.csv sweep.journal'
same() { # FOLDER: every file is that of the sweep that was left alone
    for file in $files; do
        cmp "whole/$file" "$1/$file" || complain "$1/$file differs"
    done
}

expect 0 "$tiersim" sweep study.json -o whole --no-plots --threads 1
says out '^killed'
says out '1 more of "agents" buys [0-9.]+ points'
says whole/manifest.json '"complete": true'
[ "$(wc -l <whole/points.csv)" = 13 ] || complain "points.csv has not a row for each of 12 points"
[ "$(wc -l <whole/responses.csv)" = 37 ] || complain "responses.csv is not 12 times 3 rows long"
[ "$(wc -l <whole/replications.csv)" = 97 ] || complain "replications.csv is not 96 rows long"
[ ! -x "${TSIM_STRICT_JSON:-}" ] || expect 0 "$TSIM_STRICT_JSON" whole/sweep.json
expect 0 "$tiersim" sweep study.json -o two --no-plots --threads 2 -q
same two

# Killed at random. A run that is killed at once does nothing, so the moments grow.
killed=0 rounds=0 dice=4711 done=no
while [ "$done" = no ]; do
    dice=$(((dice * 1103515245 + 12345) % 2147483648))
    threads=$((1 + killed % 2))
    "$tiersim" sweep study.json -o parts --no-plots --threads "$threads" -q >out 2>err &
    pid=$!
    sleep "$(awk "BEGIN { print 0.01 + (0.12 + $killed * 0.004) * $dice / 2147483648 }")"
    kill -s KILL "$pid" 2>/dev/null || :
    got=0
    wait "$pid" 2>/dev/null || got=$?
    case $got in
    0)
        # On a busy machine it may be done before anybody gets to kill it: then once more.
        if [ "$killed" -gt 2 ] || [ "$rounds" -ge 200 ]; then
            done=yes
        else
            same parts
            rm -rf parts
            rounds=$((rounds + 1))
        fi
        ;;
    137) killed=$((killed + 1)) ;;
    *) complain "exit code $got after $killed kills" && cat err && done=yes ;;
    esac
    [ "$killed" -lt 1000 ] || { complain "it never comes to its end" && done=yes; }
done
[ "$killed" -gt 2 ] || complain "only $killed kills: the test shows little"
same parts

# Ctrl-C: what is done is kept, and that is said; then it goes on.
sed 's/"length": "40 h"/"length": "4000 h"/' study.json >long.json
$listening "$tiersim" sweep long.json -o long --no-plots >out 2>err &
pid=$!
await_threads "$pid"
sleep 0.5
kill -s INT "$pid"
got=0
wait "$pid" 2>/dev/null || got=$?
[ "$got" = 130 ] || complain "Ctrl-C: exit code $got, not 130"
says err 'stopped after [0-9]+ of 96 replications; they are kept'
head -c 1500 whole/sweep.journal >begun
mkdir again
cp begun again/sweep.journal
expect 0 "$tiersim" sweep study.json -o again --no-plots
says err '[0-9]+ of 96 replications were done before'
same again
expect 0 "$tiersim" sweep study.json -o again --no-plots
says err '96 of 96 replications were done before'
same again

# Stopped, it shows what every point has; that folder ends with the same bytes, too.
sed 's/"replications": 8/"replications": 4000/; s/"length": "40 h"/"length": "2 h"/' study.json >many.json
expect 6 "$tiersim" sweep many.json -o many --no-plots --time-limit 2s
says err 'time is up after [0-9]+ of 48000 replications; they are kept'
says out 'PARTIAL: stopped early; every number below rests on [0-9]+ of 4,?000 replications'
says out '1 more of "agents" buys [0-9.]+ points'
says many/sweep.json '"complete": false'
says many/manifest.json '"complete": false'

# The study in the folder is the whole study: another sweep of it has the same digest.
expect 0 "$tiersim" sweep whole/study.json -o rerun --no-plots -q
cmp whole/sweep.json rerun/sweep.json || complain "study.json is another study"

# Names of factors are only names, in pictures and tables too.
if command -v gnuplot >/dev/null 2>&1; then
    sed "s/\"agents\", \"set\"/\"'; system 'touch pwned' #\`touch pwned\`\", \"set\"/
         s/\"load\", \"set\"/\"=cmd|x <b> % \\\\n\", \"set\"/" study.json >names.json
    grep -q 'touch pwned' names.json || complain "the names are not in the study"
    expect 0 "$tiersim" sweep names.json -o names --reps 2 -q
    if [ -e pwned ] || [ -e names/plots/pwned ]; then
        complain "a name was run"
    fi
    for picture in front effects effects_2 effects_3; do
        says "names/plots/$picture.svg" '</svg>'
    done
    sed 's/"factors"/"design": "one_at_a_time", "factors"/; s/"values": \[31/"base": 33, &/
         s/rate \*= ?"/rate *= ?", "base": 1/' study.json >alone.json
    expect 0 "$tiersim" sweep alone.json -o alone --reps 2 -q
    says alone/plots/tornado.svg '</svg>'
    expect 0 "$tiersim" sweep alone.json -o alone --reps 2 -q --no-plots
    [ ! -e alone/plots ] || complain "--no-plots left plots of a former sweep"
fi

# What cannot be.
expect 4 "$tiersim" sweep long.json -o whole --no-plots
says err 'belongs to another study'
expect 4 "$tiersim" sweep study.json -o whole --no-plots --seed 3
printf 'not a journal, but somebody else'"'"'s file\n' >again/sweep.journal
expect 4 "$tiersim" sweep study.json -o again --no-plots
says err 'not a journal'
says again/sweep.journal 'somebody'
expect 2 "$tiersim" sweep
expect 2 "$tiersim" sweep "$scenarios/desk.json"
says err 'is no study'
expect 2 "$tiersim" compare study.json
sed 's/"values": \[31, 33, 35, 37\]/"values": [31, -33]/' study.json >wrong.json
expect 3 "$tiersim" sweep wrong.json
says err 'agents'
finish
