#!/bin/sh
# Usage: check.sh SCRATCH LIBRARY_FOLDER COMPILER..., from the top of the tree. Compiles and runs the tests of the C++ wrapper, examples/cpp
# and every program of docs/cpp.md, without a warning. Blocks of that page marked ```cpp are programs if they have a main, else the body of
# a function that has a context, a grid, a kernel, an operator op, densities f and g and their values; that is compiled and run as well.
set -eu

scratch=$1 folder=$2
shift 2
rm -rf "$scratch"
mkdir -p "$scratch"
: "${OMP_NUM_THREADS:=1}" "${OPENBLAS_NUM_THREADS:=1}"
export OMP_NUM_THREADS OPENBLAS_NUM_THREADS

awk -v folder="$scratch" '/^```(cpp|c\+\+)/ { file = folder "/page" ++count ".cpp"; next } /^```/ { file = "" } file { print >file }' docs/cpp.md
[ -e "$scratch/page1.cpp" ] || { echo "docs/cpp.md has no program" && exit 1; }
for page in "$scratch"/page*.cpp; do
    grep -q '^int main' "$page" && continue
    sed 's/^/    /' "$page" >"$scratch/body"
    cat - "$scratch/body" >"$page" <<'END'
#include "grazing_geometry.hpp"
#include <cstdio>
#include <cstdlib>

int main()
{
    grazing::context context(1);
    grazing::grid grid(context, 10, 4);
    auto kernel = grazing::kernel::power_law(context, 0, 0.5);
    grazing::collision op(grid, kernel, GRZ_EQUATION_BOLTZMANN, GRZ_METHOD_ENTROPIC);
    op.set(GRZ_OPERATOR_OPTION_RADIAL_NODES, 4).set(GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 7);
    auto f = grazing::distribution::bimaxwellian(grid, 1, {}, {0.7, 0.8, 0.9}), g = f.equilibrium();
END
    echo '}' >>"$page"
done

# compile COMPILER STANDARD OPTION...
compile() {
    command=$1 standard=$2 && shift 2
    # shellcheck disable=SC2086
    $command "-std=$standard" -Wall -Wextra -Wpedantic -Wconversion -Werror -Iinclude -Iexamples/cpp "$@"
}

for compiler in "$@"; do
    for source in tests/cpp/wrapper.cpp examples/cpp/relaxation.cpp "$scratch"/page*.cpp; do
        compile "$compiler" c++17 -o "$scratch/program" "$source" "-L$folder" -lgrazing "-Wl,-rpath,$folder" -lpthread
        "$scratch/program" >"$scratch/output" || { cat "$scratch/output" && echo "$source fails" && exit 1; }
        grep '^cpp: ' "$scratch/output" || true
    done
    echo '#include <grazing_geometry.hpp>' >"$scratch/old.cpp"
    if compile "$compiler" c++14 -fsyntax-only "$scratch/old.cpp" 2>"$scratch/old"; then echo "C++14 is taken" && exit 1; fi
    grep -q 'grazing.hpp needs C++17' "$scratch/old" && [ "$(grep -c error "$scratch/old")" -le 3 ] || { cat "$scratch/old" && exit 1; }
    if echo 'int main() {}' | compile "$compiler" c++20 -x c++ -fsyntax-only - 2>/dev/null; then
        compile "$compiler" c++20 -fsyntax-only tests/cpp/wrapper.cpp
    fi
done
