#!/bin/sh
# Usage: check.sh SCRATCH LIBRARY-FOLDER FC PYTHON, from the top of the tree. Compiles the modules of examples/fortran as a user would, and runs the
# comparison of all declarations, the tests, the example, and the program of docs/fortran.md.
set -eu
rm -rf "$1"
mkdir -p "$1"
scratch=$(cd "$1" && pwd) folder=$2 fc=$3 python=$4 tree=$PWD
strict="-std=f2018 -O1 -Wall -Wextra -Werror -Wno-function-elimination -Wno-compare-reals"

"$python" -B tests/fortran/declarations.py "$scratch/declarations.f90"
sed -n '/^```fortran$/,/^```$/p' docs/fortran.md | sed '/^```/d' >"$scratch/manual.f90"
cd "$scratch"
for program in declarations.f90 "$tree/tests/fortran/test_grazing.f90" "$tree/examples/fortran/cells.f90" manual.f90; do
    name=$(basename "$program" .f90)
    # shellcheck disable=SC2086
    $fc $strict -o "$name" "$tree/examples/fortran/grazing_c.f90" "$tree/examples/fortran/grazing.f90" "$program" \
        "-L$folder" -lgrazing "-Wl,-rpath,$folder"
    OMP_NUM_THREADS="${OMP_NUM_THREADS:-2}" ./"$name" >"$name.log" || { cat "$name.log"; echo "fortran: $name fails" >&2; exit 1; }
    grep '^fortran: ' "$name.log" || true
done
# The example keeps what it must: three changes below 1e-12, and a fluctuation that has decayed.
awk '/^relative/ { for (i = NF - 2; i <= NF; i++) if (!($i < 1e-12)) exit 1; kept = 1 } /^fluctuation/ { if (!($NF < 0.7 * $(NF - 2))) exit 1; decayed = 1 }
    END { exit !(kept && decayed) }' cells.log || { cat cells.log; echo "fortran: the example does not conserve or decay" >&2; exit 1; }
