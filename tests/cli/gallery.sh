#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Goal: every scenario of the gallery runs, and loses nobody. Method: ten replications of each
# exit 0 without a word on standard error, the screen has its first line, in the JSON the shares of
# all fates add up to 1, and written out with every default filled in it is a scenario again.
set -eu
# shellcheck source=tests/support/hygiene.sh
. "$(dirname "$0")/../support/hygiene.sh"

[ -x "${TIERSIM:-}" ] || skip "needs the command, TIERSIM"
mkdir -p "$work/folder"
cp -r scenarios/data "$work/folder" # CSV files are looked up beside the scenario
check() {
    for file in scenarios/*.json; do
        name=$(basename "$file" .json)
        [ "$name" != schema ] || continue
        "$TIERSIM" run "$file" --reps 10 --json >"$work/json" 2>"$work/err" || echo "$file: exit code $?"
        sed "s:^:$file\: :" "$work/err"
        "$TIERSIM" run "$file" --reps 2 -o "$work/folder" --no-plots >"$work/screen" 2>&1 ||
            echo "$file: exit code $?"
        "$TIERSIM" validate "$work/folder/scenario.resolved.json" >"$work/out" 2>&1 ||
            { echo "$file: written out with its defaults it is no scenario" && cat "$work/out"; }
        head -n 1 "$work/screen" | grep -q "^$name " || echo "$file: the screen does not begin with $name"
        awk '/^  "fate": / { inside = 1 }
             inside && /"share": \{/ { match($0, /"value": [-+.e0-9]+/)
                                      sum += substr($0, RSTART + 9, RLENGTH - 9) + 0 }
             /^  }/ { inside = 0 }
             END { if (sum < 1 - 1e-9 || sum > 1 + 1e-9) print "shares of fates add up to " sum }
            ' "$work/json" | sed "s:^:$file\: :"
    done
    # Too few agents is what some of these published systems are about: warnings are theirs.
    for file in scenarios/exact/*.json; do
        "$TIERSIM" run "$file" --reps 2 >"$work/screen" 2>"$work/err" || echo "$file: exit code $?"
        head -n 1 "$work/screen" | grep -q "^$(basename "$file" .json) " ||
            echo "$file: the screen does not begin with its name"
    done
    for file in scenarios/studies/*.json; do
        [ "$file" != scenarios/studies/schema.json ] || continue
        "$TIERSIM" validate "$file" >"$work/screen" 2>"$work/err" || echo "$file: exit code $?"
        sed "s:^:$file\: :" "$work/err"
        if grep -q '"sweep": {' "$file"; then
            "$TIERSIM" sweep "$file" --reps 2 >"$work/screen" 2>&1 || echo "$file: exit code $?"
            grep -q '^ONE MORE' "$work/screen" || echo "$file: the screen says nothing"
        fi
    done
}

complaints=$(check)
verdict "$complaints"
