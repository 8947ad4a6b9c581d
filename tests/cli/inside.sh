#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Goal: a run writes into its results folder and nowhere else, starts gnuplot and nothing else,
# and opens no connection. Method: strace lists every file that it or its children make, change or
# rename, every program they start and every socket.
set -eu
# shellcheck source=tests/support/cli.sh
. "$(dirname "$0")/../support/cli.sh"
command -v strace >/dev/null 2>&1 || skip "needs strace"
! sanitized || skip "sanitizers and strace do not go together"
strace -o probe true 2>/dev/null || skip "strace may not trace here"

calls=openat,open,creat,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,link,linkat
calls=$calls,symlink,symlinkat,truncate,chdir,execve,socket,connect
expect 0 strace -f -qq -o trace -e trace=$calls -e signal=none \
    "$tiersim" run "$scenarios/desk.json" -o results --png --pdf --case-log
[ -s results/manifest.json ] || complain "the traced run wrote nothing"

# Children work in results/plots, where they see bare names.
awk '
/= -1 E/ { next } # did not happen
/ chdir\(/ { split($0, part, "\""); if (part[2] !~ /results\/plots$/) print "changes to " part[2] }
/ (open|openat|creat)\(/ && /O_CREAT|O_TRUNC|O_WRONLY|O_RDWR/ && !/O_TMPFILE/ {
    split($0, part, "\"")
    if (part[2] !~ /^(results\/|\.tiersim-[^\/]*$|\/dev\/null$)/) print "writes " part[2]
}
/ (rename|renameat|renameat2|link|linkat|symlink|symlinkat|mkdir|mkdirat|truncate)\(/ {
    split($0, part, "\"")
    for (i = 2; i <= 4; i += 2)
        if (part[i] != "" && part[i] !~ /^(results(\/|$)|\.tiersim-[^\/]*$)/) print "changes " part[i]
}
/ (unlink|unlinkat)\(/ {
    split($0, part, "\"")
    if (part[2] !~ /^(results\/|\.tiersim-|\/tmp\/)/) print "removes " part[2]
}
/ execve\(/ {
    split($0, part, "\"")
    if (NR > 1 && part[2] !~ /\/(tiersim|gnuplot[^\/]*)$/) print "starts " part[2]
}
/ socket\(/ { print "opens a socket" }' trace >seen
sort -u seen | head -n 10
[ ! -s seen ] || complain "the run did things outside its folder"
finish
