#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Goal: every file of a results folder can be read by the next program. Method: JSON passes our
# own strict scanner, tables have a full row everywhere, no number is a word, pictures are well
# formed and of the kind their names say, the manifest lists exactly what is there; the resolved
# scenario gives the same result; nothing of an older run stays behind.
set -eu
# shellcheck source=tests/support/cli.sh
. "$(dirname "$0")/../support/cli.sh"
# Set by ctest; by hand the JSON is not checked.
strict=${TSIM_STRICT_JSON:-true}

rectangular() { # FILE: each row of a CSV file has as many cells as the first
    awk -v file="$1" '
    {
        sub(/\r$/, "")
        line = $0
        while (match(line, /"[^"]*"/)) # no cell of ours has a line break
            line = substr(line, 1, RSTART - 1) substr(line, RSTART + RLENGTH)
        cells = gsub(/,/, ",", line) + 1
        if (NR == 1) first = cells
        else if (cells != first) { print file ":" NR ": " cells " cells, not " first; exit }
    }
    END { if (NR < 2) print file ": no row" }' "$1"
}

numbers() { # FILE…: words that are no numbers
    grep -niE '(^|[^a-z])[-+]?(nan|inf|infinity|1\.#)([^a-z]|$)' "$@" /dev/null | head -n 3 || true
}

check_folder() { # FOLDER
    find "$1" -name '*tmp*' | grep . && complain "a temporary file is left in $1"
    "$strict" "$1"/*.json || complain "not strict JSON in $1"
    tables=$(find "$1" -name '*.csv')
    for table in $tables; do
        said=$(rectangular "$table")
        [ -z "$said" ] || complain "$said"
    done
    # shellcheck disable=SC2086
    said=$(numbers "$1"/*.json $tables)
    [ -z "$said" ] || complain "no numbers: $said"
    for picture in "$1"/plots/*; do
        case $picture in
        *.svg)
            tail -c 20 "$picture" | grep -q '</svg>' || complain "$picture has no end"
            ! command -v xmllint >/dev/null 2>&1 || xmllint --noout --nonet "$picture" ||
                complain "$picture is not well formed"
            ;;
        *.png) head -c 4 "$picture" | grep -q PNG || complain "$picture is no PNG" ;;
        *.pdf) head -c 5 "$picture" | grep -q '%PDF-' || complain "$picture is no PDF" ;;
        esac
    done
    (cd "$1" && find . -type f ! -name manifest.json | sed 's:^\./::' | sort) >there
    sed -n 's/^    {"name": "\([^"]*\)".*/\1/p' "$1/manifest.json" | sort >listed
    diff there listed || complain "the manifest of $1 lists other files than there are"
}

for name in desk queue swamped precise; do
    expect 0 "$tiersim" run "$scenarios/$name.json" -o "$name" --case-log --png --pdf
    check_folder "$name"
    [ "$(wc -l <"$name/replications.csv")" = "$(($(sed -n \
        's/.*"done": \([0-9]*\).*/\1/p' "$name/manifest.json") + 1))" ] ||
        complain "$name: not a row for each replication"
    says "$name/manifest.json" '"complete": true'
    expect 0 "$tiersim" validate "$name/scenario.resolved.json"
    expect 0 "$tiersim" run "$name/scenario.resolved.json" -o resolved -q --no-plots
    for table in replications.csv intervals.csv estimates.csv; do
        cmp -s "$name/$table" "resolved/$table" ||
            complain "the resolved scenario of $name gives another $table"
    done
done
if command -v gnuplot >/dev/null 2>&1; then
    for kind in svg png pdf csv gp; do
        ls desk/plots/*.$kind >/dev/null 2>&1 || complain "no plot as $kind"
    done
fi

# The case log accounts for every contact that the result counts.
counted=$(awk -F , 'NR > 1 && $NF ~ /true/' desk/cases.csv | wc -l)
contacts=$(sed -n 's/.*"contacts": \([0-9]*\).*/\1/p' desk/summary.json | head -n 1)
[ "$counted" = "$contacts" ] || complain "cases.csv has $counted cases, the summary $contacts"

# The event log has a story for every one of them.
told=$(cut -d , -f 1 desk/events.csv | sort -u | wc -l)
[ "$told" = "$(wc -l <desk/cases.csv)" ] || complain "events.csv tells of $told contacts"

# Another run into the same folder leaves nothing of the first.
expect 0 "$tiersim" run "$scenarios/queue.json" -o desk --no-plots
mkdir -p desk/plots # it was removed
check_folder desk
for log in cases events; do
    [ ! -e desk/$log.csv ] || complain "$log.csv of another run is still there"
done
! ls desk/plots/* >/dev/null 2>&1 || complain "plots of another run are still there"

# Two runs into one folder do not mix: the second is told.
if command -v flock >/dev/null 2>&1; then
    expect 4 flock desk "$tiersim" run "$scenarios/queue.json" -o desk -q
    says err 'another run is writing to desk'
    check_folder desk
fi

# A run of one replication has no intervals, and that is no reason for words in tables.
expect 0 "$tiersim" run "$scenarios/desk.json" --reps 1 -o one
check_folder one
# The command line of the manifest can be typed again.
cp "$scenarios/queue.json" "it's a desk.json"
expect 0 "$tiersim" run "it's a desk.json" -o 'a folder' -q --no-plots
again=$(sed -n 's/^  "command_line": "\(.*\)",$/\1/p' 'a folder/manifest.json' | sed 's/\\\\/\\/g')
rm -r 'a folder'
sh -c "$again" 2>err || complain "cannot be typed again: $again"
[ -s 'a folder/summary.json' ] || complain "typed again, it wrote elsewhere: $again"
finish
