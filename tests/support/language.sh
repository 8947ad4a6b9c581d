# shellcheck shell=sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Read by tests/cli/in_*.sh, after cli.sh.
#
#   in_language NAME COMMAND…   runs the block of docs/results.md that follows the line
#                               "<!-- tested: NAME -->" in a folder with the results that the page
#                               names, and complains unless it prints what those results say

value() { # SCOPE ENTRY MEASURE
    awk -F, -v scope="$1" -v entry="$2" -v measure="$3" \
        '$1 == scope && $2 == entry && $4 == measure { print $6 }' results/desk/estimates.csv
}

# shellcheck disable=SC2154 # cli.sh sets tiersim and top
in_language() {
    language=$1
    shift
    expect 0 "$tiersim" run "$top/scenarios/three-tiers.json" --reps 40 --no-plots -q \
        -o results/desk
    wait=$(value tier L1 wait_mean | awk '{ printf "%.1f", $1 }')
    cost=$(value desk desk cost_per_day | awk '{ printf "%d", $1 }')
    [ -n "$wait$cost" ] || complain "estimates.csv lacks what the page reads"
    awk -v mark="<!-- tested: $language -->" '
    $0 == mark { next_is = 1; next }
    /^```/ && inside { exit }
    /^```/ && next_is { inside = 1; next }
    inside' "$top/docs/results.md" >program
    [ -s program ] || complain "docs/results.md has no tested block in $language"
    expect 0 "$@" program
    says out "^L1 waits $wait s \(.* to .*\)$"
    says out '^40 replications, median [0-9.]+ s$'
    says out "$cost"
}
