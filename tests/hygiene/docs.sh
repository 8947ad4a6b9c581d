#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Goal: the pages generated from the program agree with the program. Method: print them again and
# compare; scripts/docs.sh brings them in step.
set -eu
# shellcheck source=tests/support/hygiene.sh
. "$(dirname "$0")/../support/hygiene.sh"

[ -x "${TIERSIM:-}" ] || skip "needs the command, TIERSIM"
same() { # FILE COMMAND…
    page=$1
    shift
    "$@" >"$work/now" || echo "$*: exit code $?"
    diff -u "$page" "$work/now" | head -n 20 | grep . && echo "run scripts/docs.sh to renew $page"
    return 0
}
check() {
    same scenarios/schema.json "$TIERSIM" schema
    same scenarios/studies/schema.json "$TIERSIM" schema study
    same docs/reference.md "$TIERSIM" explain --reference
}

complaints=$(check 2>&1)
verdict "$complaints"
