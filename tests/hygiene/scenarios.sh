#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Goal: every scenario and study of the gallery is one a newcomer can start from. Method: each validates
# without a word of warning, says what it shows (a title), is listed in
# the gallery's table, and is named in lower case.
set -eu
# shellcheck source=tests/support/hygiene.sh
. "$(dirname "$0")/../support/hygiene.sh"

[ -x "${TIERSIM:-}" ] || skip "needs the command, TIERSIM"
found=$(find scenarios -name '*.json' ! -name schema.json | sort)
check() {
    [ -n "$found" ] || echo "scenarios/ has no scenario"
    for file in $found; do
        said=$("$TIERSIM" validate "$file" 2>&1) || echo "$file: $said"
        # Too few agents is what some of the systems with exact answers are about.
        case $file in
            scenarios/exact/*) said=$(echo "$said" | grep -v 'is offered work for') || true ;;
        esac
        ! echo "$said" | grep -iE 'warning[:[]' | sed "s:^:$file\: :" | grep . || true
        grep -qE '^ *"(title|notes|study)" *:' "$file" || echo "$file: no \"title\" that says what it shows"
        grep -qF "](${file#scenarios/})" scenarios/README.md ||
            echo "$file: not in the table of scenarios/README.md"
        basename "$file" | grep -qE '^[a-z0-9-]+\.json$' || echo "$file: name it in-lower-case.json"
    done
}

complaints=$(check)
verdict "$complaints"
