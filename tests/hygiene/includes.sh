#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Goal: rooms depend on each other one way. Method: every #include of src/ and include/ is held
# against the table below; what a line does not name, that room may not include.
set -eu
# shellcheck source=tests/support/hygiene.sh
. "$(dirname "$0")/../support/hygiene.sh"

#      room        rooms                    other headers ("*": any of that folder)
table='
base               -                        tiersim/problem.h
kernel             base                     tiersim/problem.h gsl/*
stats              base                     tiersim/problem.h gsl/*
theory             base                     tiersim/problem.h gsl/*
model              base,kernel,stats        tiersim/*
experiment         base,stats,theory,model  tiersim/*
report             base                     tiersim/*
cli                -                        tiersim/* tiersim.h
public             -                        tiersim/*
'
# Libraries that one file alone may see.
alone='
cjson/cJSON.h src/base/json.c
cJSON.h       src/base/json.c
glpk.h        src/experiment/integer.c
'

# shellcheck disable=SC2046 # no spaces in names of ours
complaints=$(awk -v table="$table" -v alone="$alone" '
BEGIN {
    n = split(table, rows, "\n")
    for (i = 1; i <= n; i++) {
        m = split(rows[i], word, " ")
        if (m < 2) continue
        known[word[1]] = 1
        k = split(word[2], others, ",")
        for (j = 1; j <= k; j++) room_may[word[1], others[j]] = 1
        room_may[word[1], word[1]] = 1
        for (j = 3; j <= m; j++) header_may[word[1], word[j]] = 1
    }
    n = split(alone, rows, "\n")
    for (i = 1; i <= n; i++) {
        split(rows[i], word, " ")
        only[word[1]] = word[2]
    }
}
function complain(what) { printf "%s:%d: %s\n", FILENAME, FNR, what }
FNR == 1 {
    split(FILENAME, part, "/")
    room = part[1] == "include" ? "public" : part[2]
    if (!(room in known)) complain("room " room " is not in the table")
}
/^[ \t]*#[ \t]*include/ {
    name = $0
    sub(/^[^"<]*["<]/, "", name)
    sub(/[">].*/, "", name)
    ours = $0 ~ /include[ \t]*"/
    folder = name
    if (!sub(/\/.*/, "", folder)) folder = ""
    if (name in only) {
        if (FILENAME != only[name]) complain(name " belongs in " only[name] " alone")
    } else if (folder == "tiersim" || folder == "gsl" || name == "tiersim.h") {
        if (!((room, name) in header_may) && !((room, folder "/*") in header_may))
            complain(room " may not include " name)
    } else if (ours) {
        # A header without a folder stands beside its file, which only the tool may use.
        if (folder == "" && room != "cli") complain("name the room: " name)
        else if (folder != "" && !((room, folder) in room_may))
            complain(room " may not include " name)
    } else if (room == "public" && name !~ /^std(bool|def|int|io)\.h$/)
        complain("public headers need plain C only, not " name)
}' $(c_files src include))
verdict "$complaints"
