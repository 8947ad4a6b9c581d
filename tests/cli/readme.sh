#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Goal: what the README tells a newcomer to type works. Method: every fenced block that follows
# the line "<!-- tested -->" runs in a copy of scenarios, headers and examples and must exit 0; with
# "<!-- tested: exit N -->" its last command must exit N. The screen it shows is the one the
# flagship prints. Every file that a link of a page names is there.
set -eu
# shellcheck source=tests/support/hygiene.sh
. "$(dirname "$0")/../support/hygiene.sh"

[ -x "${TIERSIM:-}" ] || skip "needs the command, TIERSIM"
top=$PWD
mkdir "$work/bin" "$work/desk"
ln -s "$TIERSIM" "$work/bin/tiersim"
mkdir "$work/desk/docs"
cp -R scenarios include "$work/desk"
cp -R docs/examples "$work/desk/docs"

# Writes block N to $work/N.sh, and the exit code it must have to $work/N.exit.
awk -v work="$work" '
/^<!-- tested/ { want = 0; if (match($0, /exit [0-9]+/)) want = substr($0, RSTART + 5, RLENGTH - 5); next_is = 1; next }
/^```/ && inside { inside = 0; close(file); next }
/^```/ && next_is { inside = 1; next_is = 0; n++; file = work "/" n ".sh"; print want > (work "/" n ".exit"); next }
inside { print > file }
NF { next_is = 0 }' README.md

screen() {
    awk '/^<!-- screen -->$/ { getline; inside = 1; next } inside && /^```$/ { exit } inside' README.md >"$work/shown"
    LC_ALL=C.UTF-8 "$TIERSIM" run scenarios/it-service-desk.json --width 80 >"$work/screen" || echo "exit code $?"
    head -n "$(wc -l <"$work/shown")" "$work/screen" >"$work/printed"
    [ -s "$work/shown" ] || echo "README.md shows no screen"
    diff "$work/shown" "$work/printed" || echo "run scripts/docs.sh to renew the screen in README.md"
}

check() {
    screen
    n=1
    while [ -e "$work/$n.sh" ]; do
        want=$(cat "$work/$n.exit")
        got=0
        (cd "$work/desk" && PATH="$work/bin:$PATH" sh -eu "$work/$n.sh") >"$work/out" 2>&1 || got=$?
        if [ "$got" != "$want" ]; then
            echo "README block $n exits $got, not $want:"
            cat "$work/$n.sh" "$work/out"
        fi
        n=$((n + 1))
    done
    [ "$n" -gt 4 ] || echo "README.md has only $((n - 1)) tested blocks"
    for page in README.md scenarios/README.md src/README.md docs/*.md; do
        grep -o '](\([^)#]*\)' "$page" | sed 's/^](//' | while read -r target; do
            case $target in http* | '') continue ;; esac
            [ -e "$top/$(dirname "$page")/$target" ] || echo "$page: there is no $target"
        done
    done
}

complaints=$(check)
verdict "$complaints"
