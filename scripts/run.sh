#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# run.sh [SCENARIO [OPTION…]]: installs what is missing, builds tiersim, runs a scenario (the IT
# service desk when none is named) and says where the results are. Options go to `tiersim run`.
set -eu
PATH=$PATH:/usr/local/bin:/usr/bin:/bin
export PATH

top=$(cd "$(dirname "$0")/.." && pwd)
scenario=${1:-$top/scenarios/it-service-desk.json}
[ $# -eq 0 ] || shift
name=$(basename "$scenario" .json)

"$top/scripts/setup.sh" run

log=$top/build/release.log
mkdir -p "$top/build"
[ -x "$top/build/release/tiersim" ] || echo "Building tiersim; the first time takes a minute …"
if ! (cd "$top" && cmake --preset release && cmake --build --preset release) >"$log" 2>&1; then
    tail -n 40 "$log" >&2
    echo "run.sh: building failed; the whole log is in $log" >&2
    exit 1
fi

# From the top of the tree, so that the screen names short paths.
tiersim=$top/build/release/tiersim
case $scenario in
"$top"/*)
    cd "$top"
    tiersim=build/release/tiersim scenario=${scenario#"$top"/} folder=results/$name
    ;;
*) folder=$top/results/$name ;;
esac
status=0
"$tiersim" run "$scenario" -o "$folder" "$@" || status=$?
[ $status -ne 0 ] || echo "The results are in $top/results/$name"
exit $status
