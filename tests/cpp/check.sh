#!/bin/sh
# Usage: check.sh SCRATCH LIBRARY_FOLDER COMPILER..., from the top of the tree. Compiles and runs the tests of the C++ wrapper, examples/cpp and every
# program of docs/cpp.md (blocks marked ```cpp), without a warning.
set -eu

scratch=$1 folder=$2
shift 2
rm -rf "$scratch"
mkdir -p "$scratch"
: "${OMP_NUM_THREADS:=1}" "${OPENBLAS_NUM_THREADS:=1}"
export OMP_NUM_THREADS OPENBLAS_NUM_THREADS

awk -v folder="$scratch" '/^```cpp/ { file = folder "/page" ++count ".cpp"; next } /^```/ { file = "" } file { print >file }' docs/cpp.md
[ -e "$scratch/page1.cpp" ] || { echo "docs/cpp.md has no program" && exit 1; }

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
    if echo 'int main() {}' | compile "$compiler" c++20 -x c++ -fsyntax-only - 2>/dev/null; then
        compile "$compiler" c++20 -fsyntax-only tests/cpp/wrapper.cpp
    fi
done
