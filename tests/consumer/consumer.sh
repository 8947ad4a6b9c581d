#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Goal: an installed tiersim can be used by other programs, wherever it lies. Method: install it,
# move the installation to another folder, then build main.c by find_package and by pkg-config,
# each with the shared and with the static library, and run a scenario of the installed gallery
# with all four and with the installed command: the same answer every time. The examples of the
# installation build and show what they are to show.
set -eu
work=$(pwd) # our own empty folder
here=$TSIM_SOURCE_DIR/tests/consumer
moved=$work/moved

trap '[ $? = 0 ] || tail -n 15 ./*.log' EXIT
cmake --install "$TSIM_BUILD_DIR" --prefix "$work/first" >install.log
mv "$work/first" "$moved"

pc=$(find "$moved" -name tiersim.pc)
libraries=$(dirname "$(dirname "$pc")")
export PKG_CONFIG_PATH="$libraries/pkgconfig" LD_LIBRARY_PATH="$libraries"
scenario=$moved/share/tiersim/scenarios/it-service-desk.json

cmake -S "$here" -B cmake -DCMAKE_PREFIX_PATH="$moved" -DCMAKE_C_COMPILER="$CC" >cmake.log
cmake --build cmake >>cmake.log
# shellcheck disable=SC2046 # one word a flag
"$CC" -std=c17 "$here/main.c" -o pc_shared $(pkg-config --cflags --libs tiersim)
# shellcheck disable=SC2046
"$CC" -std=c17 "$here/main.c" -o pc_static \
    $(pkg-config --static --cflags --libs tiersim | sed 's/-ltiersim/-l:libtiersim.a/')
if readelf -d pc_static | grep 'NEEDED.*libtiersim'; then
    echo "pc_static needs the shared library"
    exit 1
fi

for program in cmake/with_shared cmake/with_static ./pc_shared ./pc_static; do
    "$program" "$scenario" >>answers
    echo "$program: $(tail -n 1 answers)"
done
if [ "$(sort -u answers | wc -l)" != 1 ]; then
    echo "the answers differ"
    exit 1
fi
readelf -d pc_shared | grep -q 'NEEDED.*libtiersim\.so\.' || {
    echo "pc_shared does not ask for the shared library by its version"
    exit 1
}

# The examples, as somebody who has only the installation would build them.
examples=$(find "$moved" -type d -name examples)
# shellcheck disable=SC2046
"$CC" -std=c17 -Wall -Wextra -Werror "$examples/study.c" -o study $(pkg-config --cflags --libs tiersim)
./study "$moved/share/tiersim/scenarios/three-tiers.json" >study.csv
awk -F, 'NR > 1 && !($3 < $2 && $2 < $4) { exit 1 } # the mean within its interval
    NR > 2 && !($2 < wait && $5 > cost) { exit 1 }  # one more agent: they wait less, it costs more
    { wait = $2; cost = $5 }
    END { exit NR != 5 }' study.csv || {
    echo "study.c does not show what an agent does:"
    cat study.csv
    exit 1
}
for policy in reserve least_slack overflow; do
    # shellcheck disable=SC2046
    "$CC" -std=c17 -Wall -Wextra -Werror -shared -fPIC $(pkg-config --cflags tiersim) \
        "$examples/$policy.c" -o "$policy.so"
done
cp "$examples/reserve.json" .
"$moved/bin/tiersim" run reserve.json --allow-plugins --check --quiet || {
    echo "reserve.json does not keep its promises with its policy"
    exit 1
}
! "$moved/bin/tiersim" run reserve.json --quiet 2>refused || {
    echo "a policy was loaded unasked"
    exit 1
}
grep -q 'reserve.json:[0-9]*:[0-9]*: error: .*not run unasked' refused

version=$(pkg-config --modversion tiersim)
[ "$("$moved/bin/tiersim" --version | grep -cF "$version")" -ge 1 ] || {
    echo "the command and tiersim.pc do not agree on the version"
    exit 1
}
"$moved/bin/tiersim" validate "$scenario"
"$moved/bin/tiersim" help --man | cmp - "$moved/share/man/man1/tiersim.1"
"$moved/bin/tiersim" help --completion bash |
    cmp - "$moved/share/bash-completion/completions/tiersim"
! grep -rlF "$work/first" "$moved" || {
    echo "these files remember where they were installed first"
    exit 1
}
