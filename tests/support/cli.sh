# shellcheck shell=sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Read by the scripts of tests/cli. They need TIERSIM, the path of the command, and run by hand in
# any empty folder: TIERSIM=…/tiersim sh …/tests/cli/usage.sh
#
#   expect CODE WORD…   runs the words, keeps what they said in the files out and err, and complains
#                       when they end with another code
#   says FILE PATTERN   complains unless a line of the file has the pattern (grep -E)
#   complain TEXT       something is wrong; the script goes on
#   finish              ends the script: 1 when there was a complaint
# shellcheck disable=SC2034 # for the scripts
top=${TSIM_SOURCE_DIR:-$(cd "$(dirname "$0")/../.." && pwd)}
here=$top/tests/cli
# shellcheck disable=SC2034
scenarios=$here/scenarios
complaints=0

skip() {
    echo "skipped: $1"
    exit 77
}
[ -x "${TIERSIM:-}" ] || skip "needs the command, TIERSIM"
# shellcheck disable=SC2034
tiersim=$TIERSIM

complain() {
    echo "$*"
    complaints=$((complaints + 1))
}

expect() {
    wanted=$1
    shift
    got=0
    "$@" >out 2>err </dev/null || got=$?
    if [ "$got" != "$wanted" ]; then
        complain "exit code $got instead of $wanted: $*"
        tail -n 5 out err
    fi
}

says() {
    grep -qE -e "$2" "$1" || {
        complain "nothing in $1 looks like: $2"
        head -n 5 "$1"
    }
}

finish() {
    if [ "$complaints" = 0 ]; then
        echo "nothing to complain about"
        exit 0
    fi
    echo "$complaints complaints"
    exit 1
}

# Whether the command was built with a sanitizer: it then takes memory beyond any limit.
sanitized() {
    grep -qs '^TSIM_SANITIZE:.*=.' "${TSIM_BUILD_DIR:-.}/CMakeCache.txt"
}

# Before a command that is started in the background: signals at their defaults, for a shell lets
# such a command ignore Ctrl-C. (No function, which would run in a shell between.)
# shellcheck disable=SC2034
listening='env --default-signal=INT,TERM,HUP'

# Waits until a process has really begun to simulate: it then has threads.
await_threads() {
    tries=0
    while [ "$(find "/proc/$1/task" -maxdepth 1 2>/dev/null | wc -l)" -lt 3 ]; do
        tries=$((tries + 1))
        [ "$tries" -lt 100 ] || return 0
        sleep 0.05
    done
}
