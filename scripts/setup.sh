#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# setup.sh run|test: installs what is missing to build and run tiersim, or to test it as well.
# Where nothing is missing it says nothing and takes a moment. On systems without apt it looks
# for the same things and names those that are not there.
set -eu
PATH=$PATH:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin
export PATH LC_ALL=C

purpose=${1:-run}
case $purpose in
run | test) ;;
*)
    echo "usage: setup.sh run|test" >&2
    exit 2
    ;;
esac

# need: without it nothing works. want: what needs it is left out, and says so.
# Then the Debian package, and how to tell that it is there without one: a command, a library
# that pkg-config knows, a header of C, a module of python3, or libFuzzer.
list='need build-essential command cc
need cmake command cmake
need ninja-build command ninja
need pkg-config command pkg-config
need libgsl-dev library gsl
need libcjson-dev library libcjson
need zlib1g-dev library zlib
need libglpk-dev header glpk.h
want gnuplot-nox command gnuplot'
[ "$purpose" = run ] || list="$list
need libcriterion-dev library criterion
want clang command clang
want libclang-rt-14-dev libfuzzer -
want shellcheck command shellcheck
want libxml2-utils command xmllint
want strace command strace
want mandoc command mandoc
want python3-jsonschema python jsonschema"

present() { # HOW NAME
    case $1 in
    command) command -v "$2" >/dev/null 2>&1 ;;
    library) pkg-config --exists "$2" 2>/dev/null ;;
    header) echo "#include <$2>" | cc -E - >/dev/null 2>&1 ;;
    python) python3 -c "import $2" 2>/dev/null ;;
    libfuzzer)
        command -v clang >/dev/null 2>&1 &&
            [ -n "$(find "$(clang -print-resource-dir)" -name 'libclang_rt.fuzzer*' 2>/dev/null)" ]
        ;;
    esac
}

missing() { # need|want: the packages of the list that are not there
    echo "$list" | while read -r grade package how name; do
        [ "$grade" = "$1" ] || continue
        echo "$installed" | grep -qx "$package installed" || present "$how" "$name" ||
            echo "$package"
    done
}

installed=
if command -v dpkg-query >/dev/null 2>&1; then
    # shellcheck disable=SC2046 # one word a package
    installed=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' \
        $(echo "$list" | cut -d ' ' -f 2) 2>/dev/null) || true
fi
needed=$(missing need | tr '\n' ' ')
wanted=$(missing want | tr '\n' ' ')
[ -n "$needed$wanted" ] || exit 0

give_up() {
    echo "setup: missing: $needed" >&2
    echo "setup: $1" >&2
    exit 1
}

if ! command -v apt-get >/dev/null 2>&1; then
    if [ -n "$needed" ]; then
        give_up "install these (the names are Debian's), then run the same command again"
    fi
    echo "setup: going on without $wanted(names as in Debian)"
    exit 0
fi

as_root=
if [ "$(id -u)" != 0 ]; then
    if command -v sudo >/dev/null 2>&1; then
        as_root=sudo
    elif [ -n "$needed" ]; then
        give_up "run as root:  apt-get install --no-install-recommends $needed$wanted"
    else
        echo "setup: going on without $wanted"
        exit 0
    fi
fi

updated=
install() { # PACKAGE…
    $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -q --no-install-recommends "$@" </dev/null && return
    [ -z "$updated" ] || return
    updated=yes
    $as_root apt-get update -q </dev/null
    $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -q --no-install-recommends "$@" </dev/null
}

log=$(mktemp)
trap 'rm -f "$log"' EXIT
echo "setup: installing $needed$wanted"
# shellcheck disable=SC2086 # one word a package
if install $needed $wanted >"$log" 2>&1; then
    exit 0
fi
# One name that this release does not have spoils the whole; try what is needed, then each of
# what is wanted.
# shellcheck disable=SC2086
if [ -n "$needed" ] && ! install $needed >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    give_up "try:  apt-get update && apt-get install --no-install-recommends $needed"
fi
for package in $wanted; do
    install "$package" >"$log" 2>&1 || echo "setup: going on without $package"
done
