# shellcheck shell=sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Read by the scripts of tests/hygiene: where the tree is, a folder to work in, and how a check
# ends. Each script also runs by hand: sh tests/hygiene/sizes.sh
LC_ALL=C
export LC_ALL
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "${TSIM_SOURCE_DIR:-$(dirname "$0")/../..}" || exit 1

# C sources and headers of the folders named, one a line.
c_files() {
    find "$@" -name '*.[ch]' 2>/dev/null | sort
}

# The C text of FILE without comments and without what stands in quotes; lines keep their numbers.
bare_c() {
    awk '
    function strip(line,    out, c, two) {
        out = ""
        while (line != "") {
            two = substr(line, 1, 2); c = substr(line, 1, 1)
            if (comment) {
                if (two == "*/") { comment = 0; line = substr(line, 3) }
                else line = substr(line, 2)
            } else if (two == "/*") { comment = 1; line = substr(line, 3); out = out " " }
            else if (two == "//") break
            else if (c == "\"" || c == "\047") {
                line = substr(line, 2)
                while (line != "" && substr(line, 1, 1) != c)
                    line = substr(line, substr(line, 1, 1) == "\\" ? 3 : 2)
                line = substr(line, 2); out = out c c
            } else { out = out c; line = substr(line, 2) }
        }
        return out
    }
    { print strip($0) }' "$1"
}

# Ends a check: COMPLAINTS is what it found. Scripts collect them by complaints=$(…), not by a
# pipe, so that a check that breaks down half-way fails too.
verdict() {
    if [ -n "$1" ]; then
        printf '%s\n' "$1"
        exit 1
    fi
    echo "nothing to complain about"
}

skip() {
    echo "skipped: $1"
    exit 77
}
