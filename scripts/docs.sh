#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# docs.sh [TIERSIM]: writes what the program itself knows best: the schema for editors, the
# reference of everything a scenario may say, and the screen that the README shows. Tests fail
# while they are out of step.
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
tiersim=${1:-$top/build/release/tiersim}
"$tiersim" schema >"$top/scenarios/schema.json"
mkdir -p "$top/scenarios/studies"
"$tiersim" schema study >"$top/scenarios/studies/schema.json"
"$tiersim" explain --reference >"$top/docs/reference.md"

cd "$top"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
LC_ALL=C.UTF-8 "$tiersim" run scenarios/it-service-desk.json --width 80 >"$work/all"
# Up to "Next:", without the empty lines before it.
awk '/^Next:/ { exit } NF { while (empty-- > 0) print ""; empty = 0; print } !NF { empty++ }' \
    "$work/all" >"$work/screen"
awk -v screen="$work/screen" '
/^<!-- screen -->$/ {
    print; getline; print; skip = 1
    while ((getline line < screen) > 0) print line
}
skip && /^```$/ && in_block++ { skip = 0 }
!skip' README.md >"$work/README.md"
cat "$work/README.md" >README.md
