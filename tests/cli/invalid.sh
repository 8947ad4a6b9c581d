#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Goal: a mistake in a scenario is told exactly, in one pass, with its place and what to do. Method:
# one broken scenario per file of tests/invalid, and beside each what `tiersim validate` prints and
# its exit code, to the letter. With --update the texts are written anew, to be read in the diff.
# Then: --json tells the same problems; every file whose name begins with "typo" or "name" is
# answered with a suggestion, but for at most one in ten.
set -eu
# shellcheck source=tests/support/cli.sh
. "$(dirname "$0")/../support/cli.sh"
work=$PWD
cd "$top/tests/invalid"

typos=0 suggested=0
for file in *.json; do
    code=0
    "$tiersim" validate "$file" >"$work/out" 2>&1 </dev/null || code=$?
    echo "exit $code" >>"$work/out"
    expected=${file%.json}.expect
    if [ "${1:-}" = --update ]; then
        cp "$work/out" "$expected"
        continue
    fi
    diff -u "$expected" "$work/out" || complain "$file: told otherwise"
    case $file in typo* | name-issue* | name-tier* | name-place* | name-trigger*)
        typos=$((typos + 1))
        ! grep -q 'did you mean' "$work/out" || suggested=$((suggested + 1))
        ;;
    esac
    code=0
    "$tiersim" validate --json "$file" >"$work/json" 2>"$work/err" </dev/null || code=$?
    case $code in 3 | 6) ;; *) complain "$file: --json exits $code" ;; esac
    [ ! -s "$work/err" ] || complain "$file: --json prints on standard error"
    told=$(grep -c ': error: ' "$work/out")
    listed=$(grep -c '"message"' "$work/json") || listed=0
    [ "$told" = "$listed" ] || complain "$file: $told errors are told, $listed are in the JSON"
done
for file in *.expect; do
    [ -f "${file%.expect}.json" ] || complain "$file: no scenario beside it"
done
if [ "${1:-}" != --update ]; then
    [ "$typos" -ge 15 ] || complain "only $typos misspelt words"
    [ $((suggested * 10)) -ge $((typos * 9)) ] ||
        complain "$suggested of $typos misspelt words get a suggestion"
fi
cd "$work"
finish
