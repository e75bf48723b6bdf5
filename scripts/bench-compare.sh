#!/bin/sh
# Usage: bench-compare.sh BASE [RUNS]
# Builds the commit BASE beside this tree and runs tests/bench/times.c of both in turn, so that whatever else the machine does falls on both.
# Prints the median over RUNS (7) of the ratio of times, this tree over BASE, with its smallest and largest, and BASE's time. Below 1: faster.
# A BASE older than tests/bench/times.c is measured with this tree's, as far as it has the functions. CC and BLAS as for make.
set -u
base=$(git rev-parse --verify --quiet "${1:-}^{commit}") || { echo "bench-compare: '${1:-}' is no commit (make bench-compare BASE=commit)" >&2 && exit 2; }
runs=${2:-7} folder=build/compare
mkdir -p "$folder/logs"
stop() { echo "bench-compare: $*" >&2 && exit 1; }

tree=$folder/$base
if [ ! -e "$tree/lib/libgrazing.so" ]; then
    rm -rf "$tree"
    mkdir -p "$tree" || stop "cannot write $tree"
    git archive "$base" | tar -x -C "$tree" || stop "no tree of $base"
    echo "building $(git log -1 --format='%h %s' "$base")"
    env -u MAKEFLAGS -u MAKELEVEL -u GRAZING_READY make -C "$tree" -j"$(nproc)" CC="${CC:-cc}" >"$folder/logs/base.log" 2>&1 ||
        stop "BASE does not build ($folder/logs/base.log)"
fi

# program TREE OUTPUT: times.c of the tree, or this one's, with the tree's header and library
program() {
    source=$1/tests/bench/times.c
    [ -e "$source" ] || source=tests/bench/times.c
    # shellcheck disable=SC2086
    ${CC:-cc} -O2 -I"$1/include" "$source" -o "$2" -L"$1/lib" -lgrazing -Wl,-rpath,"$(cd "$1/lib" && pwd)" -lm >"$folder/logs/program.log" 2>&1 ||
        stop "$source does not compile with the header of $1 ($folder/logs/program.log)"
}
program "$tree" "$folder/base"
program . "$folder/new"

: >"$folder/times"
for run in $(seq "$runs"); do
    # Which goes first alternates.
    if [ $((run % 2)) = 1 ]; then order="base new"; else order="new base"; fi
    for which in $order; do
        OPENBLAS_NUM_THREADS=1 "$folder/$which" >"$folder/output" || stop "$which fails"
        sed "s/^/$run	$which	/" "$folder/output" >>"$folder/times"
    done
done

awk -F '\t' -v runs="$runs" '
    $2 == "base" { if (!($3 in seen)) { seen[$3] = 1; name[++names] = $3 } base[$1, $3] = $4; if (!least[$3] || $4 < least[$3]) least[$3] = $4 }
    $2 == "new" { new[$1, $3] = $4 }
    END {
        printf "%-40s %8s %17s %12s\n", "", "ratio", "smallest, largest", "BASE"
        for (i = 1; i <= names; i++) {
            n = 0
            for (r = 1; r <= runs; r++) if ((r, name[i]) in new) ratio[++n] = new[r, name[i]] / base[r, name[i]]
            for (a = 2; a <= n; a++) for (b = a; b > 1 && ratio[b] < ratio[b - 1]; b--) { t = ratio[b]; ratio[b] = ratio[b - 1]; ratio[b - 1] = t }
            if (n) printf "%-40s %8.3f %8.3f %8.3f %9.3f ms\n", name[i], n % 2 ? ratio[(n + 1) / 2] : (ratio[n / 2] + ratio[n / 2 + 1]) / 2, ratio[1], ratio[n], 1e3 * least[name[i]]
        }
    }' "$folder/times"
