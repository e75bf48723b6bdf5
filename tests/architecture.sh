#!/bin/sh
# Usage: architecture.sh [SOURCES [OBJECTS]]     SOURCES: src; OBJECTS: where its objects lie, build/release/src
#        architecture.sh --self-test             plants one fault of each kind in a copy and sees that it is found
# Proves what docs/architecture.md says of the rooms in src, from the #includes and, where there are objects, from who calls whom:
# no arrow upward and no circle, no file name twice, no private state of a method or handle outside its room, nobody asks for an id, pi once.
set -u
export LC_ALL=C

# From the lowest to the highest; rooms on one line do not know each other.
rooms='core
solve
quadrature spline
kernel distribution
regrid calculus mixture
operator
operator/entropic operator/spectral operator/mixture
functional
geometry
distance
flow
study'

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

self_test() {
    missed=0
    plant() { # NAME, FILE, LINE
        rm -rf "$scratch/copy"
        cp -r src "$scratch/copy"
        mkdir -p "$scratch/copy/${2%/*}"
        printf '%s\n' "$3" >>"$scratch/copy/$2"
        if "$0" "$scratch/copy" >/dev/null 2>&1; then
            echo "architecture.sh does not find: $1"
            missed=1
        fi
    }
    plant 'an arrow upward' kernel/kernel.h '#include "operator/operator.h"'
    plant 'an arrow sideways' operator/spectral/spectral.h '#include "operator/entropic/sweep.h"'
    plant 'a circle of headers' core/core.h '#include "core/options.h"'
    plant 'a room without a place' attic/attic.h '#include "core/core.h"'
    plant 'a name twice' geometry/sphere.c '#include "core/core.h"'
    plant 'a question for the method' geometry/metric.c 'int f(grz_operator *op) { return op->method_id == GRZ_METHOD_ENTROPIC; }'
    plant 'a question for the kernel' kernel/kernel.c 'int f(grz_kernel *k) { return k->law->type != GRZ_KERNEL_TYPE_COULOMB; }'
    plant 'an order of schemes' flow/run.c 'int f(grz_flow *flow) { return flow->scheme->id >= GRZ_TIME_SCHEME_PROXIMAL; }'
    plant 'a private state' flow/run.c 'void *f(grz_operator *op) { return op->state; }'
    plant 'the method table' geometry/metric.c 'int f(grz_operator *op) { return op->method->needs_positive_density; }'
    plant 'a second pi' kernel/vhs.c 'static const double pi = 3.141592653589793;'
    [ "$missed" = 0 ] && echo "architecture.sh finds a fault of every kind"
    exit "$missed"
}

[ "${1:-}" = --self-test ] && self_test
sources=${1:-src} objects=${2:-}
failed=0
complain() { # TITLE, FILE of findings
    [ -s "$2" ] || return 0
    echo "architecture: $1:"
    sed 's/^/    /' "$2"
    failed=1
}

echo "$rooms" | awk '{ for (i = 1; i <= NF; i++) print $i, NR }' >"$scratch/levels"
(cd "$sources" && find . -name '*.[ch]' -o -name '*.inc' -o -name '*.def') | sed 's|^\./||' | sort >"$scratch/files"

# FILE INCLUDED, both from SOURCES.
(cd "$sources" && xargs grep -H '^#include "' <"$scratch/files") | sed 's|^\([^:]*\):#include "\([^"]*\)".*|\1 \2|' |
    awk '{ if ($2 !~ /\//) { room = $1; sub(/\/[^\/]*$/, "", room); $2 = room "/" $2 } print }' >"$scratch/includes"

judge='FNR == NR { level[$1] = $2; next }
    { a = $1; b = $2; sub(/\/[^\/]*$/, "", a); sub(/\/[^\/]*$/, "", b)
      if (!(a in level)) print $1 " is in no room";
      else if (!(b in level)) print $1 " uses " $2 ", which is in no room";
      else if (a != b && level[b] >= level[a]) print $1 " uses " $2 }'
awk "$judge" "$scratch/levels" "$scratch/includes" | sort -u >"$scratch/upward"
complain 'an arrow upward or sideways (#include)' "$scratch/upward"

circles() { tsort <"$1" 2>&1 >/dev/null | grep -v 'input contains a loop' | sed 's/^tsort: *//'; }
grep '\.h ' "$scratch/includes" >"$scratch/headers"
circles "$scratch/headers" >"$scratch/circle"
complain 'a circle of headers' "$scratch/circle"

for kind in c h; do
    grep "\.$kind\$" "$scratch/files" | sed 's|.*/||' | sort | uniq -d
done >"$scratch/twice"
complain 'a file name twice' "$scratch/twice"

# Code without comments, one file after the other, each line with its file's name.
while IFS= read -r file; do
    sed -e 's|/\*.*\*/||' -e 's|^ \* .*||' -e "s|^|$file: |" "$sources/$file"
done <"$scratch/files" >"$scratch/code"
grep -E '(==|!=|<=?|>=?) *\(?(int\) *)?GRZ_(METHOD|KERNEL_TYPE|TIME_SCHEME)_|case GRZ_(METHOD|KERNEL_TYPE|TIME_SCHEME)_' "$scratch/code" >"$scratch/ids"
complain 'a question for an id: ask what it offers' "$scratch/ids"
grep -vE '^(operator|spline/|core/)' "$scratch/code" | grep -E '(op|operator)->(state|method|method_id|node_count|workspace)\b' >"$scratch/state"
complain "an operator's state or method outside the room" "$scratch/state"
grep -E 'grz_distribution [a-z_]+ = \{' "$scratch/code" >"$scratch/fakes"
complain 'a distribution on the stack: the moments take grid and values' "$scratch/fakes"
grep -v '^core/core\.h: ' "$scratch/code" | grep -E '3\.14159|1\.5707963|M_PI' >"$scratch/pi"
complain 'pi outside core/core.h' "$scratch/pi"

# Who calls whom: OBJECT CALLED from the symbols, the same rules.
if [ -n "$objects" ] && [ -d "$objects" ]; then
    (cd "$objects" && find . -name '*.o' | sed 's|^\./||' | sort | while IFS= read -r object; do
        [ -e "$OLDPWD/$sources/${object%.o}.c" ] || continue # of a source that is gone
        ${NM:-nm} -P "$object" | awk -v object="$object" '{ print object, $1, $2 }'
    done) >"$scratch/symbols"
    awk '$3 != "U" && $3 ~ /[A-Z]/ { where[$2] = $1 }
         $3 == "U" { used[$1 " " $2] = 1 }
         END { for (pair in used) { split(pair, part, " "); to = where[part[2]]; if (to != "" && to != part[1]) print part[1], to } }' \
        "$scratch/symbols" | sort -u >"$scratch/calls"
    # The handle alone knows its methods, by their tables.
    grep -vE '^operator/handle\.o operator/(entropic/entropic|spectral/spectral)\.o$' "$scratch/calls" >"$scratch/plain"
    awk "$judge" "$scratch/levels" "$scratch/plain" | sort -u >"$scratch/upward"
    complain 'an arrow upward or sideways (call)' "$scratch/upward"
    circles "$scratch/calls" >"$scratch/circle"
    complain 'a circle of calls between files' "$scratch/circle"
fi

[ "$failed" = 0 ] && echo "architecture: $(grep -c . "$scratch/files") files in $(grep -c . "$scratch/levels") rooms, no arrow upward, no circle"
exit "$failed"
