#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# format.sh [--apply] FILE…: shows what clang-format would change in the files, or changes them.
# Advice, not law: it cannot keep tables and comments aligned by hand; look before you apply.
set -eu
apply=
if [ "${1:-}" = --apply ]; then
    apply=yes
    shift
fi
if [ $# -eq 0 ]; then
    echo "usage: format.sh [--apply] FILE…" >&2
    exit 2
fi
if ! command -v clang-format >/dev/null 2>&1; then
    echo "format.sh: needs clang-format (package clang-format)" >&2
    exit 1
fi
for file in "$@"; do
    if [ -n "$apply" ]; then
        clang-format -i "$file"
    else
        clang-format "$file" | diff -u --label "$file" --label "$file (formatted)" "$file" - || true
    fi
done
