#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Goal: every header stands alone, and the public ones are plain C17 that C++ programs can use.
# Method: compile a file that includes only it, twice; the public ones also as C++17, with the
# include folder that users have and nothing else.
set -eu
# shellcheck source=tests/support/hygiene.sh
. "$(dirname "$0")/../support/hygiene.sh"

: "${CC:=cc}"
warnings='-Wall -Wextra -Wpedantic -Wconversion -Wundef -Werror'
try() { # COMMAND…: complains with the compiler's words when it fails
    "$@" >"$work/said" 2>&1 || {
        echo "$*"
        cat "$work/said"
    }
}

check() {
    for header in $(c_files include | sed 's:^include/::'); do
        printf '#include <%s>\n#include <%s>\nint main(void) { return 0; }\n' "$header" "$header" \
            >"$work/alone.c"
        cp "$work/alone.c" "$work/alone.cc"
        # shellcheck disable=SC2086
        {
            try "$CC" -std=c17 $warnings -Wstrict-prototypes -Iinclude -fsyntax-only "$work/alone.c"
            ! command -v c++ >/dev/null 2>&1 ||
                try c++ -std=c++17 $warnings -Iinclude -fsyntax-only "$work/alone.cc"
        }
    done
    for header in $(c_files src | sed -n 's:^src/\(.*\.h\)$:\1:p'); do
        printf '#include "%s"\n#include "%s"\nextern int nothing;\n' "$header" "$header" \
            >"$work/alone.c"
        # shellcheck disable=SC2046,SC2086
        # What a header defines for the file that includes it is not used here.
        try "$CC" -std=c17 -D_POSIX_C_SOURCE=200809L $warnings -Wno-unused-function -Iinclude -Isrc \
            $(pkg-config --cflags gsl libcjson zlib) -fsyntax-only "$work/alone.c"
    done
}

complaints=$(check)
verdict "$complaints"
