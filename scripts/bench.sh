#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# bench.sh [NAME [ARGUMENT…]]: builds the benchmarks and runs all of tests/bench, or the one named.
# They print ratios measured in one run: absolute speeds belong to one machine, ratios travel.
# Close other programs first.
#
# bench.sh --instructions: counts instructions and mispredicted branches of a contact and of an
# event of W2 under valgrind. That is the same on a busy machine, so it tells a small step forward
# from noise; but a machine does not take the same time for every instruction.
#
# bench.sh --instructions features: instructions of a contact of W2 with each feature added.
set -eu
PATH=$PATH:/usr/local/bin:/usr/bin:/bin
export PATH LC_ALL=C

cd "$(dirname "$0")/.."
scripts/setup.sh run
mkdir -p build
if ! { cmake --preset bench && cmake --build --preset bench; } >build/bench.log 2>&1; then
    tail -n 40 build/bench.log >&2
    echo "bench.sh: building failed; the whole log is in build/bench.log" >&2
    exit 1
fi
programs=$PWD/build/bench/tests/bench

# counts REPLICATIONS: contacts, events, instructions and mispredictions of a whole run, one line.
counts() {
    run="build/bench/tiersim run $work/w2.json --threads 1 --reps $1"
    $run --json 2>/dev/null >"$work/json"
    # shellcheck disable=SC2086 # no spaces in it
    valgrind --tool=callgrind --branch-sim=yes --callgrind-out-file="$work/profile.$1" \
        $run --quiet 2>"$work/valgrind" || { cat "$work/valgrind" >&2 && exit 1; }
    sed -n 's/.*"contacts": \([0-9]*\), "events": \([0-9]*\).*/\1 \2/p' "$work/json" |
        tr '\n' ' '
    sed -n 's/.*Collected : \([0-9]*\) [0-9]* \([0-9]*\) [0-9]* \([0-9]*\).*/\1 \2 \3/p' \
        "$work/valgrind"
}

# One replication, and two: what the second one adds holds no start and no reading of the scenario.
instructions() {
    sed 's/"length": "[^"]*"/"length": "2000 h"/' tests/bench/w2.json >"$work/w2.json"
    one=$(counts 1)
    two=$(counts 2)
    echo "$one $two" | awk '{
        contacts = $6 - $1; events = $7 - $2
        instructions = $8 - $3; missed = $9 + $10 - $4 - $5
        printf "W2, a second replication of %d contacts, %d events\n", contacts, events
        printf "  %-28s %9s %9s\n", "", "a contact", "an event"
        printf "  %-28s %9.1f %9.1f\n", "instructions", instructions / contacts,
               instructions / events
        printf "  %-28s %9.2f %9.2f\n", "mispredictions (simulated)", missed / contacts,
               missed / events
        printf "  %-28s %9.2f\n", "start, million instructions", ($3 * 2 - $8) / 1e6
    }'
    if command -v callgrind_annotate >/dev/null 2>&1; then
        echo "where, by function (what is inlined counts for its caller):"
        callgrind_annotate --threshold=97 "$work/profile.2" 2>/dev/null |
            sed -n 's/^ *[0-9,]* (\( *[0-9.]*%\)).*???:\([^ ]*\).*/  \1  \2/p' | head -n 16
    fi
}

# collected FEATURE REPLICATIONS: contacts and instructions of a run with a feature, and its name.
collected() {
    valgrind --tool=callgrind --callgrind-out-file="$work/profile" "$programs/engine" \
        --feature "$1" "$2" >"$work/out" 2>"$work/valgrind" || return 1
    sed -n "s/.*Collected : \([0-9]*\).*/\1 $(cat "$work/out")/p" "$work/valgrind"
}

# As above: what a second replication adds.
features() {
    cd "$work"
    feature=0
    printf 'instructions of a contact that people are offered, and the ratio\n'
    while one=$(collected "$feature" 1) && two=$(collected "$feature" 2); do
        echo "$one $two"
        feature=$((feature + 1))
    done | awk '{
        half = NF / 2
        each = ($(half + 1) - $1) / ($(half + 2) - $2)
        if (NR == 1) plain = each
        name = $3
        for (i = 4; i <= half; i++) name = name " " $i
        printf "  %-56s %6.0f %6.2f\n", name, each, each / plain
        fflush()
    }'
}

if [ "${1:-}" = --instructions ]; then
    if ! command -v valgrind >/dev/null 2>&1; then
        echo "bench.sh: instructions are counted by valgrind, which is not installed" >&2
        exit 1
    fi
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    "${2:-instructions}"
    exit
fi
if [ $# -gt 0 ]; then
    name=$1
    shift
    exec "$programs/$name" "$@"
fi
for program in "$programs"/*; do
    [ -x "$program" ] || continue
    printf '\n== %s\n' "$(basename "$program")"
    "$program"
done
