#!/bin/sh
# Usage: ilp64.sh CC SCRATCH, from the top of the tree. What a BLAS or LAPACKE with 64-bit integers declares does not compile, what one with
# 32-bit integers declares does.
set -eu
mkdir -p "$2"

compiles() { # blas integer, lapack integer
    printf 'enum CBLAS_ORDER { CblasRowMajor = 101 };\nvoid cblas_dscal(const %s N, const double alpha, double *X, const %s incX);\n' "$1" "$1" >"$2/cblas.h"
    printf '#define lapack_int %s\n' "$3" >"$2/lapacke.h"
    echo '#include "solve/lapack.h"' | $4 -std=gnu99 -I"$2" -Iinclude -Isrc -fsyntax-only -x c - 2>"$2/log"
}

if ! compiles int "$2" int "$1"; then
    cat "$2/log" >&2
    echo "ilp64: 32-bit integers are refused" >&2
    exit 1
fi
for types in 'long int' 'int long' 'long long'; do
    if compiles "${types% *}" "$2" "${types#* }" "$1"; then
        echo "ilp64: accepted integers $types" >&2
        exit 1
    fi
    grep -q '64-bit integers' "$2/log" || { cat "$2/log" >&2; exit 1; }
done
