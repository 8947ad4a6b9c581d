#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# ctest: slow
# Goal: compiler and optimisation do not change a bit of the result. Method: build the command with
# gcc and clang, unoptimised to fully, with and without this machine's own instructions, and
# compare the files of a run with those of the build under test.
set -eu
# shellcheck source=tests/support/cli.sh
. "$(dirname "$0")/../support/cli.sh"
! sanitized || skip "builds without sanitizers are compared"

run() { # FOLDER COMMAND
    for name in desk queue swamped precise; do
        expect 0 "$2" run "$scenarios/$name.json" -o "$1/$name" --no-plots -q
    done
}
variant() { # NAME COMPILER FLAGS
    command -v "$2" >/dev/null 2>&1 || {
        echo "$1: no $2, not tried"
        return 0
    }
    if ! { cmake -S "$top" -B "build-$1" -DCMAKE_BUILD_TYPE=None -DCMAKE_C_COMPILER="$2" \
        -DCMAKE_C_FLAGS="$3" -G Ninja && cmake --build "build-$1" --target tiersim; } \
        >"$1.log" 2>&1; then
        tail -n 20 "$1.log"
        complain "$1 does not build"
        return 0
    fi
    run "$1" "build-$1/tiersim"
    for name in desk queue swamped precise; do
        for file in summary.json replications.csv intervals.csv estimates.csv; do
            cmp "tested/$name/$file" "$1/$name/$file" || complain "$1 differs: $name/$file"
        done
    done
    rm -rf "build-$1" "$1"
    echo "$1: compared"
}

run tested "$tiersim"
variant gcc-O0 gcc -O0
variant gcc-O2 gcc -O2
variant gcc-native gcc '-O3 -march=native'
variant clang-O0 clang -O0
variant clang-O3 clang -O3
finish
