#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Goal: the library is a good guest: it writes only where it is told to, does not end the process,
# asks neither environment nor locale nor wall clock, starts no shell and fills no buffer without
# a bound. Method: after comments and quotes are removed, no file of the library rooms has one of
# the names below as a call; base/assert.c may print and abort. The tool may print and exit.
set -eu
# shellcheck source=tests/support/hygiene.sh
. "$(dirname "$0")/../support/hygiene.sh"

shell='system|popen'
unbounded='strcpy|strcat|stpcpy|sprintf|vsprintf|gets|strtok|scanf|fscanf|alloca'
noisy='printf|vprintf|puts|putchar|perror|psignal'
final='exit|_exit|_Exit|quick_exit|atexit|abort|raise'
around='getenv|secure_getenv|setenv|putenv|setlocale|newlocale|uselocale|time|localtime|rand|srand'
around="$around|random|drand48|signal|chdir|umask"
gsl='gsl_set_error_handler|gsl_set_error_handler_off|gsl_rng_env_setup|gsl_rng_alloc'

calls() { # NAMES FILE: calls of one of the names
    bare_c "$2" | awk -v names="$1" -v file="$2" '
    {
        while (match($0, "(^|[^A-Za-z0-9_.>])(" names ")[ \t]*\\(")) {
            printf "%s:%d: %s\n", file, NR, substr($0, RSTART, RLENGTH)
            $0 = substr($0, RSTART + RLENGTH)
        }
    }'
}
streams() { # FILE: the process-wide streams
    bare_c "$1" | awk -v file="$1" '
    match($0, /(^|[^A-Za-z0-9_])(stdin|stdout|stderr)([^A-Za-z0-9_]|$)/) {
        printf "%s:%d: %s\n", file, NR, substr($0, RSTART, RLENGTH)
    }'
}

check() {
    for file in $(c_files src); do
        case $file in
        src/cli/*) calls "$shell|$unbounded" "$file" ;;
        src/base/assert.c) calls "$shell|$unbounded|$around|$gsl" "$file" ;;
        *)
            calls "$shell|$unbounded|$noisy|$final|$around|$gsl" "$file"
            streams "$file"
            ;;
        esac
    done
}

complaints=$(check)
verdict "$complaints"
