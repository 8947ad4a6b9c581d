#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Goal: what every file of the tree owes its reader. Method: each C file starts with the licence;
# headers have a guard and somebody includes them; nothing is left unfinished; no tabs or trailing
# spaces; no folder of somebody's machine; no flag that lets the compiler change arithmetic.
set -eu
# shellcheck source=tests/support/hygiene.sh
. "$(dirname "$0")/../support/hygiene.sh"

c=$(c_files src include tests)
texts=$(find CMakeLists.txt CMakePresets.json README.md .ci src include scenarios scripts tests docs \
    -type f ! -path '*/corpus/*' 2>/dev/null | sort)
scripts=$(find scripts tests .ci \( -name '*.sh' -o -name run -o -name CMakeLists.txt \) -type f)
here=$(pwd)

check() {
    for file in $c; do
        head -n 1 "$file" | grep -q '^/\* SPDX-License-Identifier: GPL-3.0-or-later \*/$' ||
            echo "$file:1: the first line must be the SPDX line"
    done
    for file in $scripts; do
        head -n 3 "$file" | grep -q 'SPDX-License-Identifier: GPL-3.0-or-later' ||
            echo "$file: no SPDX line among the first three"
    done

    for header in $(c_files src include tests | grep '\.h$'); do
        guard=$(sed -n 's/^#ifndef \([A-Z][A-Z0-9_]*_H\)$/\1/p' "$header" | head -n 1)
        if [ -z "$guard" ] || ! grep -q "^#define $guard\$" "$header"; then
            echo "$header: no include guard"
        fi
        name=${header#*/}
        # shellcheck disable=SC2086
        grep -qE "^# *include [<\"]($name|$(basename "$header"))[>\"]" $c ||
            [ "$name" = tiersim.h ] || echo "$header: nobody includes it"
    done

    # Written so that this file does not find itself.
    # shellcheck disable=SC2086
    {
        grep -nE 'TO''DO|FIX''ME|XX''X\b' $texts | sed 's/$/   <- unfinished/' || true
        grep -nF -e "$here/" $texts | sed 's/$/   <- a path of this machine/' || true
        grep -nE '(^|[^[:alnum:]_.])/(home|root|Users)/[[:alnum:]]' $texts |
            sed 's/$/   <- a path of some machine/' || true
        grep -nE -e '-f''fast-math|-O''fast|-march''=native|-fp-contract''=fast' \
            CMakeLists.txt CMakePresets.json tests/CMakeLists.txt |
            sed 's/$/   <- changes arithmetic/' || true
        grep -nE "[[:space:]]\$|$(printf '\t')" $c $scripts |
            sed 's/$/   <- a tab or a trailing space/' || true
    }
}

complaints=$(check)
verdict "$complaints"
