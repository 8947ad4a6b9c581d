#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# test.sh [--sanitize] [--clang] [--fuzz SECONDS]: installs what is missing, builds, runs every
# test, then gives each fuzz target 15 seconds (--fuzz: as many; 0: none). --sanitize also runs
# the tests under AddressSanitizer and UndefinedBehaviorSanitizer (those that are not slow) and
# the threaded ones under ThreadSanitizer; --clang also builds everything with clang, warnings
# being errors, and runs the tests that are not slow with that build.
# The last line counts: "N passed, M failed, K skipped". Anything failed, or nothing run, exits 1.
set -eu
PATH=$PATH:/usr/local/bin:/usr/bin:/bin
export PATH LC_ALL=C

usage() {
    echo "usage: test.sh [--sanitize] [--clang] [--fuzz SECONDS]" >&2
    exit 2
}

sanitize='' clang='' fuzz_s=15
while [ $# -gt 0 ]; do
    case $1 in
    --sanitize) sanitize=yes ;;
    --clang) clang=yes ;;
    --fuzz)
        [ $# -gt 1 ] || usage
        shift
        case $1 in '' | *[!0-9]*) usage ;; esac
        fuzz_s=$1
        ;;
    *) usage ;;
    esac
    shift
done

cd "$(dirname "$0")/.."
top=$PWD
scripts/setup.sh test

passed=0 failed=0 skipped=0
seconds() { date +%s; }
began=$(seconds)
stage() { printf '\n== %s (after %d s)\n' "$1" $(($(seconds) - began)); }

# One thing that is no ctest test: passed, failed or skipped, with its name.
count() {
    printf '%-8s %s\n' "$1" "$2"
    case $1 in
    passed) passed=$((passed + 1)) ;;
    failed) failed=$((failed + 1)) ;;
    skipped) skipped=$((skipped + 1)) ;;
    esac
}

# Configures and builds a preset; shows the end of the log when that fails.
build() {
    mkdir -p build
    if ! { cmake --preset "$1" && cmake --build --preset "$1"; } >"build/$1.log" 2>&1; then
        grep -vE '^(\[[0-9]+/|-- |Preset|  [A-Z_]+="|$)' "build/$1.log" | tail -n 60
        count failed "building $1 (build/$1.log)"
        return 1
    fi
}

# Builds a preset, runs its tests (ARGS go to ctest) and adds its counts to ours.
run_tests() {
    preset=$1
    shift
    start=$(seconds)
    build "$preset" || return 0
    echo "built in $(($(seconds) - start)) s"
    report=$top/build/$preset-tests.xml
    rm -f "$report"
    status=0
    ctest --preset "$preset" --output-junit "$report" "$@" || status=$?
    # <testsuite … tests="41" failures="0" disabled="0" skipped="1" …
    number() { sed -n 's/.*[[:space:]]'"$1"'="\([0-9]*\)".*/\1/p' "$report" | head -n 1; }
    if [ ! -s "$report" ] || [ "$(number tests)" = 0 ]; then
        count failed "$preset: no test was run"
        return 0
    fi
    tests=$(number tests) failures=$(number failures)
    left_out=$(($(number skipped) + $(number disabled)))
    passed=$((passed + tests - failures - left_out))
    failed=$((failed + failures))
    skipped=$((skipped + left_out))
    # ctest may fail without a failed test: an unreadable list, a crash of its own.
    [ "$status" = 0 ] || [ "$failures" -gt 0 ] || count failed "$preset: ctest exited $status"
}

has_libfuzzer() {
    command -v clang >/dev/null 2>&1 &&
        [ -n "$(find "$(clang -print-resource-dir)" -name 'libclang_rt.fuzzer*' 2>/dev/null)" ]
}

# The same start every time for the short run, so that it fails for the change, not by luck; a
# longer one starts anywhere and goes on from what it found before.
run_fuzz() {
    seed=1
    [ "$fuzz_s" = 15 ] || seed=0
    if ! has_libfuzzer; then
        count skipped "fuzzing: needs clang with libFuzzer (libclang-rt-14-dev)"
        return 0
    fi
    build fuzz || return 0
    for target in tests/fuzz/*.c; do
        [ -e "$target" ] || break
        name=$(basename "$target" .c)
        name=${name#fuzz_}
        found=$top/build/fuzz/found/$name
        [ "$seed" = 0 ] || rm -rf "$found"
        mkdir -p "$found"
        if "build/fuzz/tests/fuzz/$name" -seed=$seed -max_total_time="$fuzz_s" -timeout=10 \
            -max_len=65536 -rss_limit_mb=2048 -artifact_prefix="$found-crash-" \
            "$found" tests/fuzz/corpus scenarios </dev/null >"build/fuzz/$name.log" 2>&1; then
            count passed "fuzz $name: $(grep '^Done ' "build/fuzz/$name.log" || echo "done")"
        else
            tail -n 40 "build/fuzz/$name.log"
            count failed "fuzz $name (the input: $found-crash-…)"
        fi
    done
}

stage "tests"
run_tests test
if [ "$fuzz_s" != 0 ]; then
    stage "fuzzing, $fuzz_s s a target"
    run_fuzz
fi
if [ -n "$sanitize" ]; then
    stage "tests under AddressSanitizer and UndefinedBehaviorSanitizer"
    run_tests asan
    stage "threads under ThreadSanitizer"
    run_tests tsan
fi
if [ -n "$clang" ]; then
    stage "tests of the build with clang"
    if command -v clang >/dev/null 2>&1; then
        run_tests clang -LE 'slow|hygiene|consumer'
    else
        count skipped "the build with clang, which is not there"
    fi
fi

stage "done"
printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
