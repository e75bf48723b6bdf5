#!/bin/sh
# Usage: blas.sh LIBRARY_FOLDER SCRATCH
# grz_build_configuration names the BLAS that the program really runs with: libraries of the known names, each with the functions that it has
# for saying who it is, are put before the one that libgrazing was linked with; and the reference BLAS itself where this system has it.
set -u
lib=$(cd "$1" && pwd) scratch=$2
rm -rf "$scratch"
mkdir -p "$scratch"
fail() { echo "blas: $*" && exit 1; }

printf '%s\n' '#include <grazing.h>' '#include <stdio.h>' 'int main(void) { return puts(grz_build_configuration()) < 0; }' >"$scratch/name.c"
# CC may carry options.
# shellcheck disable=SC2086
${CC:-cc} -Iinclude "$scratch/name.c" -o "$scratch/name" -L"$lib" -lgrazing -Wl,-rpath,"$lib" || fail "cannot build the program"

# expect NAME LIBRARY...
expect() {
    name=$1
    shift
    said=$(LD_PRELOAD="$*" "$scratch/name") || fail "the program failed with $*"
    case $said in *"; $name"*) count=$((count + 1)) ;; *) fail "no '$name' with $*: $said" ;; esac
}

# fake FILE BODY: a library with a product and what BODY defines
fake() {
    printf '%s\n' "void dgemm_(void) {}" "$2" >"$scratch/fake.c"
    # shellcheck disable=SC2086
    ${CC:-cc} -shared -fPIC -Wno-stringop-truncation -include string.h "$scratch/fake.c" -o "$scratch/$1" || fail "cannot build $1"
}

count=0
fake libflexiblas.so.3 'int flexiblas_current_backend(char *name, size_t size) { strncpy(name, "NETLIB", size); return 6; }'
fake libmkl_rt.so.2 'void MKL_Get_Version_String(char *text, int size) { strncpy(text, "Intel(R) oneAPI Math Kernel Library 2024   ", size); }'
fake libblis.so.4 'const char *bli_info_get_version_str(void) { return "0.9.0"; }'
fake libarmpl_lp64.so ''
fake libunknown.so ''
fake libnetlib.so 'void lsame_(void) {} void dcabs1_(void) {}'
expect 'FlexiBLAS with NETLIB' "$scratch/libflexiblas.so.3"
expect 'Intel(R) oneAPI Math Kernel Library 2024' "$scratch/libmkl_rt.so.2"
expect 'BLIS 0.9.0' "$scratch/libblis.so.4"
expect 'Arm Performance Libraries (' "$scratch/libarmpl_lp64.so"
expect 'BLAS (' "$scratch/libunknown.so"
expect 'reference BLAS (' "$scratch/libnetlib.so"
for netlib in /usr/lib/*/blas/libblas.so.3; do
    [ -e "$netlib" ] && expect "reference BLAS ($(realpath "$netlib"))" "$netlib"
done
echo "blas: $count libraries named"
