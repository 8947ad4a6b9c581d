#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Goal: what happens in a simulated day does not depend on a maths library, whose last bits differ
# between machines, nor on a clock, an environment or a shared generator, and takes no memory while
# it runs. Method: the calls between functions are read from the object files; from everything in
# the model and from every function of the kernel that draws, sets up a draw, or keeps the events,
# no path of direct calls leads to a name below. (Calls through a pointer are not followed: what
# they reach starts a path of its own.) sqrt, floor and their like are exact and allowed.
set -eu
# shellcheck source=tests/support/hygiene.sh
. "$(dirname "$0")/../support/hygiene.sh"

objects=$(find "${TSIM_BUILD_DIR:-build/release}/CMakeFiles" -name '*.o' 2>/dev/null |
    grep -E '/tsim_(base|kernel|stats|model)\.dir/' | sort) || true
[ -n "$objects" ] || skip "needs the object files of a build, TSIM_BUILD_DIR"
command -v objdump >/dev/null 2>&1 || skip "needs objdump"

inexact='log|log2|log10|log1p|exp|exp2|exp10|expm1|pow|sin|cos|tan|sincos|asin|acos|atan|atan2'
inexact="$inexact|sinh|cosh|tanh|cbrt|hypot|erf|erfc|lgamma|lgamma_r|tgamma|fma|gsl_.*"
outside='rand|random|[dejlmn]rand48|s?rand(om|48)?|time|clock|clock_gettime|gettimeofday|getenv'
memory='malloc|calloc|realloc|free|aligned_alloc|posix_memalign|mmap|strdup|strndup|open_memstream'

calls() {
    for object in $objects; do
        echo "object ${object#*/CMakeFiles/}"
        objdump -dr --no-show-raw-insn "$object"
    done
}

complaints=$(
    calls | awk -v inexact="^($inexact)\$" -v outside="^($outside)\$" -v memory="^($memory)\$" '
    function edge(to) {
        sub(/[-+]0x[0-9a-f]+$/, "", to)
        sub(/\.(cold|part|constprop|isra|lto_priv).*/, "", to)
        if (to != "" && to !~ /^\./) calls[node] = calls[node] " " to
    }
    function settle() { if (held != "") edge(held); held = "" }
    # Follows calls from a function; returns the path to a forbidden name, or nothing.
    function follow(from,    to, i, n, path, target) {
        if (seen[from]) return ""
        seen[from] = 1
        n = split(calls[from], to, " ")
        for (i = 1; i <= n; i++) {
            if (((objects_of[from]) SUBSEP to[i]) in local) target = objects_of[from] SUBSEP to[i]
            else if (to[i] in defined) target = defined[to[i]]
            else {
                if (to[i] ~ inexact || to[i] ~ outside) return name_of[from] " calls " to[i]
                continue
            }
            path = follow(target)
            if (path != "") return name_of[from] " -> " path
        }
        return ""
    }
    /^object / { object = $2; next }
    /^[0-9a-f]+ <.*>:$/ {
        settle()
        name = $2
        gsub(/[<>:]/, "", name)
        sub(/\.(cold|part|constprop|isra|lto_priv).*/, "", name)
        node = object SUBSEP name
        objects_of[node] = object
        name_of[node] = name
        file = object
        sub(/^.*\.dir\//, "", file)
        file_of[node] = file
        local[object, name] = 1
        defined[name] = node
        if (!(node in order_of)) { order[++nodes] = node; order_of[node] = nodes }
        next
    }
    /R_[A-Z0-9_]+/ { held = ""; edge($NF); next }
    { settle() }
    /[ \t](call|jmp|bl|b)[ \t].*<[^+>]+>$/ { held = $NF; gsub(/[<>]/, "", held) }
    END {
        settle()
        for (i = 1; i <= nodes; i++) {
            node = order[i]
            file = file_of[node]
            name = name_of[node]
            if (file ~ /^src\/(model|kernel\/(exact|rng|evq))/ ||
                (file ~ /^src\/kernel\// && name ~ /(draw|make|quantile)/)) {
                path = follow(node)
                if (path != "") print file ": " path
                roots++
            }
            if (file ~ /^src\/(kernel\/(exact|rng|evq)|model\/(replication|world))/) {
                n = split(calls[node], to, " ")
                for (k = 1; k <= n; k++)
                    if (to[k] ~ memory) print file ": " name " calls " to[k] " while it runs"
            }
        }
        if (roots < 20) print "only " roots " functions were looked at: is the build complete?"
    }'
)
verdict "$complaints"
