#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Goal: release builds are hardened. Method: readelf sees a position-independent program, all
# addresses of other libraries fixed before main and then read-only, no executable stack and no
# text relocations; the checked forms of library calls and the stack guard are used.
set -eu
# shellcheck source=tests/support/hygiene.sh
. "$(dirname "$0")/../support/hygiene.sh"

[ -e "${TIERSIM:-}" ] || skip "needs the command, TIERSIM"
[ -e "${TSIM_LIBRARY:-}" ] || skip "needs the shared library, TSIM_LIBRARY"
grep -q '^CMAKE_BUILD_TYPE:.*=Rel' "${TSIM_BUILD_DIR:-.}/CMakeCache.txt" ||
    skip "this is no release build"

check() {
    readelf -h "$TIERSIM" | grep -q 'Type:.*DYN' || echo "the command is at a fixed address"
    for file in "$TIERSIM" "$TSIM_LIBRARY"; do
        readelf -lW "$file" | grep -q GNU_RELRO || echo "$file: no RELRO"
        readelf -dW "$file" | grep -qE 'BIND_NOW|FLAGS.*NOW' || echo "$file: binds lazily"
        readelf -lW "$file" | grep GNU_STACK | grep -qv RWE || echo "$file: executable stack"
        ! readelf -dW "$file" | grep -q TEXTREL || echo "$file: text relocations"
        ! readelf -dW "$file" | grep -qE 'R(UN)?PATH' || echo "$file: has a search path"
        for name in __stack_chk_fail '__[a-z]+_chk'; do
            readelf -sW --dyn-syms "$file" | grep -qE "UND $name(@|\$)" ||
                echo "$file: never calls $name"
        done
    done
}

complaints=$(check)
verdict "$complaints"
