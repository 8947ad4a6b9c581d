#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Goal: the other checks of this folder can fail. Method: a small tree in which everything is
# wrong; each check must find what was planted for it.
set -eu
# shellcheck source=tests/support/hygiene.sh
. "$(dirname "$0")/../support/hygiene.sh"

here=$(pwd)/tests/hygiene
: "${CC:=cc}"
cd "$work"
mkdir -p bad/src/model bad/src/kernel bad/src/base bad/src/cli bad/include/tiersim bad/tests \
    bad/scripts bad/.ci bad/scenarios bad/docs bad/build/CMakeFiles/tsim_model.dir/src/model
cd bad

expect() { # CHECK TEXT…: the check fails and says each of the texts
    check=$1
    shift
    if TSIM_SOURCE_DIR=$work/bad TSIM_BUILD_DIR=$work/bad/build TIERSIM=$work/bad/tiersim \
        TSIM_LIBRARY=$work/bad/libtiersim.so sh "$here/$check.sh" >"$work/said" 2>&1; then
        echo "$check.sh has no complaint about the bad tree"
        exit 1
    fi
    for text in "$@"; do
        grep -qF -e "$text" "$work/said" || {
            echo "$check.sh does not say: $text"
            cat "$work/said"
            exit 1
        }
    done
    echo "$check.sh: $# of $# found"
}

forbid() { # PATTERN: the check just run has not said that
    if grep -E "$1" "$work/said"; then
        echo "$check.sh complains without reason"
        exit 1
    fi
}

# includes: against the table, a library in the wrong file, a room without a name
cat >src/kernel/evq.c <<'C'
#include "model/plan.h"
#include "stats/moments.h"
#include "evq.h"
#include <cjson/cJSON.h>
C
echo '#include <gsl/gsl_math.h>' >src/model/plan.c
echo '#include "base/text.h"' >src/cli/main.c
echo '#include <pthread.h>' >include/tiersim/run.h
expect includes 'evq.c:1: kernel may not include model/plan.h' 'evq.c:2: kernel may not' \
    'evq.c:3: name the room' 'evq.c:4: cjson/cJSON.h belongs in' \
    'plan.c:1: model may not include gsl/gsl_math.h' 'cli may not include base/text.h' 'plain C only'

# loops: what hangs on facts that no line gives to a loop, or to another one
cat >src/model/loop.h <<'C'
    if (USES(world->plan->rare) && x)
    if (USES(!plan->known) || USES_CLASSIC(plan->common))
C
printf 'LOOP(WHOLE, plan->known)\nLOOP(WHOLE, plan->common)\n' >src/model/loops.list
expect loops 'USES(plan->rare) is not here as LOOP(WHOLE, plan->rare)' \
    'USES_CLASSIC(plan->common) is not here as LOOP(CLASSIC, plan->common)'
forbid 'plan->known'
rm src/model/loop.h

# sizes: a long file, line and function; a reason excuses only the function it stands in
awk 'BEGIN {
    printf "/* %098d */\n", 0
    print "/* long function: one flat dispatch */"
    for (f = 1; f <= 2; f++) {
        print "int f" f "(void)\n{"
        for (i = 0; i < 70; i++) print "    ;"
        print "}"
    }
    for (i = 0; i < 700; i++) print "/* more */"
}' >src/base/long.c
expect sizes 'long.c: 8' 'long.c:1: 104 columns' 'long.c:77: a function of 72 lines'
forbid 'long.c:4:'

# text: no licence, no guard, nobody includes it, unfinished, tabs, a path, a flag
printf 'int x;\t\n/* TO%s later */\n/* see /ho%s/somebody/x */\n' DO me >src/base/alone.h
printf 'add_compile_options(-f%s)\n' fast-math >CMakeLists.txt
expect text 'alone.h:1: the first line must be' 'alone.h: no include guard' \
    'alone.h: nobody includes it' '<- unfinished' '<- a tab' '<- a path of some machine' \
    '<- changes arithmetic'

# quiet: each family of names; not in comments, in texts, in longer names or behind a dot
cat >src/model/loud.c <<'C'
/* exit( abort( */ const char *s = "printf(\" system(";
int a = text_time(3) + view.time (4) + p->time(5);
int b = system ("ls"), c = sprintf(x, "y"), d = time(0);
void f(void) { fputs("x", stderr); exit(1); }
int e = getenv("HOME"), g = gsl_rng_env_setup();
C
expect quiet 'loud.c:3:  system (' 'loud.c:3:  sprintf(' 'loud.c:4:  stderr' \
    'loud.c:4:  exit(' 'loud.c:5:  getenv('
forbid 'loud.c:[12]:'

# shell
# shellcheck disable=SC2016 # meant as it stands
printf '#!/bin/sh\nrm -rf $1/*\n' >scripts/bad.sh
if command -v shellcheck >/dev/null 2>&1; then
    expect shell 'SC2086'
fi

# headers: one that needs another first
echo 'size_t f(void);' >include/tiersim/needy.h
expect headers 'needy.h' 'size_t'

# exact: a name of libm two calls away, a clock, memory in the event loop
cat >replication.c <<'C'
#include <math.h>
#include <stdlib.h>
#include <time.h>
double helper(double x);
__attribute__((noinline)) double helper(double x) { return log(x); }
double step(double x);
double step(double x) { return helper(x) + 1; }
void *grow(size_t n);
void *grow(size_t n) { return malloc(n); }
long now(void);
long now(void) { return time(NULL); }
C
"$CC" -O2 -fPIC -c replication.c -o build/CMakeFiles/tsim_model.dir/src/model/replication.c.o
expect exact 'helper calls log' 'now calls time' 'grow calls malloc' 'is the build complete?'

# symbols: one name too many, one too few, no version
echo 'TSIM_API int tsim_promised(int x);' >include/tiersim/needy.h
echo 'int inner(int x); int inner(int x) { char b[64]; b[x] = 1; return b[0]; }' >library.c
"$CC" -fPIC -shared -fno-stack-protector library.c -o libtiersim.so
expect symbols 'inner is exported' 'tsim_promised is declared' 'no SONAME'

# hardening: a program at a fixed address, bound lazily
echo 'int main(void) { return 0; }' >main.c
"$CC" -no-pie -Wl,-z,lazy,-z,norelro main.c -o tiersim
echo 'CMAKE_BUILD_TYPE:STRING=Release' >build/CMakeCache.txt
expect hardening 'fixed address' 'no RELRO' 'binds lazily' 'never calls __stack_chk_fail'

# scenarios and docs: a command that warns and disagrees with its page
printf '#!/bin/sh\necho "warning: nothing is right"\necho other\n' >tiersim
chmod +x tiersim
echo '{}' >scenarios/Bad_Name.json
mkdir scenarios/studies
echo '{}' >scenarios/schema.json
echo '{}' >scenarios/studies/schema.json
echo '# page' >docs/reference.md
expect scenarios 'Bad_Name.json: warning' 'no "title"' 'name it in-lower-case.json'
expect docs '+other' 'run scripts/docs.sh'
