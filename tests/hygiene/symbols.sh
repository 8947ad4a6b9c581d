#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Goal: the shared library offers its public functions and not one name more. Method: what it
# defines for others (nm -D) is exactly what the public headers declare with TSIM_API; it names
# its version as a program's loader will ask for it.
set -eu
# shellcheck source=tests/support/hygiene.sh
. "$(dirname "$0")/../support/hygiene.sh"

[ -e "${TSIM_LIBRARY:-}" ] || skip "needs the shared library, TSIM_LIBRARY"
offered=$(nm -D --defined-only "$TSIM_LIBRARY" | awk '{ print $3 }' | sort)
declared=$(for header in include/tiersim/*.h; do bare_c "$header"; done | tr '\n' ' ' |
    grep -oE 'TSIM_API[^;(]*\(' | grep -oE 'tsim_[a-z0-9_]+ *\($' | tr -d ' (' | sort)

check() {
    for name in $offered; do
        echo "$declared" | grep -qx "$name" || echo "$name is exported, but in no public header"
    done
    for name in $declared; do
        echo "$offered" | grep -qx "$name" || echo "$name is declared, but not in the library"
    done
    readelf -d "$TSIM_LIBRARY" | grep -qE 'SONAME.*\[libtiersim\.so\.[0-9]+\]' ||
        echo "the library has no SONAME with its version"
}

complaints=$(check)
verdict "$complaints"
