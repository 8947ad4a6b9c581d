#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Goal: everything fits on a screen or a desk. Method: files have at most 700 lines, lines at most
# 100 columns (characters, not bytes), functions at most 70 lines from brace to brace (tests, with
# their tables, 100). A function that is one flat dispatch may be longer under a comment that says
# "long function:" and why.
set -eu
# shellcheck source=tests/support/hygiene.sh
. "$(dirname "$0")/../support/hygiene.sh"

# shellcheck disable=SC2046
complaints=$(awk '
function done_with_file() {
    if (file != "" && lines > 700) printf "%s: %d lines, more than 700\n", file, lines
}
FNR == 1 { done_with_file(); file = FILENAME; start = 0; excused = 0 }
{
    lines = FNR
    text = $0
    gsub(/[\200-\277]/, "", text) # the later bytes of a UTF-8 character
    if (length(text) > 100) printf "%s:%d: %d columns, more than 100\n", file, FNR, length(text)
}
/long function: [a-z]/ { excused = 1 }
/^\{/ { start = FNR }
/^\}/ && start {
    most = file ~ /^tests\// ? 100 : 70
    if (FNR - start + 1 > most && !excused)
        printf "%s:%d: a function of %d lines, more than %d\n", file, start, FNR - start + 1, most
    start = 0
    excused = 0
}
END { done_with_file() }' $(c_files src include tests))
verdict "$complaints"
