#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# coverage.sh: runs the tests with every line and branch of src/ counted, prints the table by file
# and writes build/coverage/report/index.html, which marks the lines that no test reached.
set -eu
PATH=$PATH:/usr/local/bin:/usr/bin:/bin
export PATH LC_ALL=C

cd "$(dirname "$0")/.."
scripts/setup.sh test
if ! command -v gcovr >/dev/null 2>&1; then
    echo "coverage.sh: needs gcovr (package gcovr)" >&2
    exit 1
fi
cmake --preset coverage
cmake --build --preset coverage
find build/coverage -name '*.gcda' -delete
ctest --preset coverage || echo "coverage.sh: some tests failed; the counts are of what ran" >&2
mkdir -p build/coverage/report
gcovr --root . --filter 'src/' --exclude-unreachable-branches --print-summary \
    --html-details build/coverage/report/index.html --txt - build/coverage
