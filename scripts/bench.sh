#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# bench.sh [NAME [ARGUMENT…]]: builds the benchmarks and runs all of tests/bench, or the one named.
# They print ratios measured in one run: absolute speeds belong to one machine, ratios travel.
# Close other programs first.
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

programs=build/bench/tests/bench
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
