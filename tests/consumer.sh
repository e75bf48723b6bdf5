#!/bin/sh
# Usage: consumer.sh SCRATCH VERSION SONAME, from the top of the tree with MAKE, CC, CXX, PKG_CONFIG in the environment.
# Installs as a package builder would (DESTDIR, then the files move to PREFIX), compiles a program against the result through pkg-config,
# with the shared and with the static library, and examples/cpp by CMake in each way; runs them, uninstalls, and expects nothing to be left.
set -eu

# make -n comes here too, since the recipe names a sub-make.
flags=${MAKEFLAGS:-}
case ${flags%% *} in -*) ;; *n*) exit 0 ;; esac

rm -rf "$1"
mkdir -p "$1"
scratch=$(cd "$1" && pwd) version=$2 soname=$3
prefix=$scratch/prefix

complain() {
    echo "consumer: $*" >&2
    exit 1
}

$MAKE -s install DESTDIR="$scratch/stage" PREFIX="$prefix"
[ -e "$prefix" ] && complain "install wrote outside DESTDIR"
mv "$scratch/stage$prefix" "$prefix"

found=$(cd "$prefix" && find . ! -type d | LC_ALL=C sort)
{
    echo "./include/grazing.h ./lib/libgrazing.a ./lib/libgrazing.so ./lib/$soname ./lib/libgrazing.so.$version ./lib/pkgconfig/grazing.pc"
    echo "./lib/cmake/grazing/grazing-config-version.cmake ./lib/cmake/grazing/grazing-config.cmake"
    echo "./include/grazing/grazing.f90 ./include/grazing/grazing_c.f90"
    command -v "${FORTRAN:-gfortran}" >/dev/null && echo "./include/grazing/gfortran/grazing.mod ./include/grazing/gfortran/grazing_c.mod"
    for header in examples/cpp/*.hpp; do echo "./include/${header##*/}"; done
    python=$(scripts/python-folder.sh .)
    for module in examples/python/grazing/*.py; do echo "$python/grazing/${module##*/}"; done
    for marker in examples/python/grazing/py.typed; do [ ! -e "$marker" ] || echo "$python/grazing/py.typed"; done
} | tr ' ' '\n' | LC_ALL=C sort >"$scratch/expected"
[ "$found" = "$(cat "$scratch/expected")" ] || complain "installed: $(echo "$found" | diff - "$scratch/expected")"
readelf -d "$prefix/lib/libgrazing.so" | grep -q "SONAME.*\[$soname\]" || complain "the soname is not $soname"

PKG_CONFIG_PATH=$prefix/lib/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}
export PKG_CONFIG_PATH
[ "$($PKG_CONFIG --modversion grazing)" = "$version" ] || complain "grazing.pc does not give version $version"

build() {
    output=$1
    shift
    # Flags of pkg-config are lists.
    # shellcheck disable=SC2046,SC2086
    $CC -std=c99 -Wall -Wextra -Wpedantic -Werror "-DEXPECTED_VERSION=\"$version\"" ${CONSUMER_CFLAGS:-} -o "$scratch/$output" \
        tests/consumer.c $($PKG_CONFIG --cflags grazing) $($PKG_CONFIG "$@" --libs grazing)
}

build shared
LD_LIBRARY_PATH=$prefix/lib "$scratch/shared"
readelf -d "$scratch/shared" | grep -q "NEEDED.*\[$soname\]" || complain "the shared program does not ask for $soname"

# A host that unloads the library after a call on two threads: OpenMP's other thread is still in it.
cat >"$scratch/unload.c" <<'END'
#include <dlfcn.h>
#include <grazing.h>
#include <stdlib.h>
#include <unistd.h>
#define CALL(name) (*(void **)&(name) = dlsym(library, "grz_" #name))
int main(int argc, char **argv)
{
    void *library = dlopen(argv[argc - 1], RTLD_NOW | RTLD_LOCAL);
    grz_status (*context_create)(grz_context **), (*context_set_threads)(grz_context *, int32_t);
    grz_status (*grid_create)(grz_context *, int32_t, double, const double *, grz_grid **);
    grz_status (*kernel_create_power_law)(grz_context *, double, double, double, grz_kernel **);
    grz_status (*operator_create)(grz_context *, const grz_grid *, const grz_kernel *, grz_equation, grz_method, grz_operator **);
    grz_status (*operator_apply)(grz_operator *, const double *, double *);
    grz_context *context;
    grz_grid *grid;
    grz_kernel *kernel;
    grz_operator *op;
    double f[512], Q[512];
    if (!library || !CALL(context_create) || !CALL(context_set_threads) || !CALL(grid_create) || !CALL(kernel_create_power_law) ||
        !CALL(operator_create) || !CALL(operator_apply))
        return 1;
    for (int i = 0; i < 512; i++) f[i] = 1 + i % 8;
    if (context_create(&context) || context_set_threads(context, 2) || grid_create(context, 8, 4, NULL, &grid) ||
        kernel_create_power_law(context, 0, 1, 0, &kernel) || operator_create(context, grid, kernel, GRZ_EQUATION_LANDAU, GRZ_METHOD_SPECTRAL, &op) ||
        operator_apply(op, f, Q) || dlclose(library))
        return 2;
    usleep(300000);
    return 0;
}
END
$CC -w -I"$prefix/include" -o "$scratch/unload" "$scratch/unload.c" -ldl
OMP_WAIT_POLICY=active "$scratch/unload" "$prefix/lib/libgrazing.so" || complain "a host that unloads the library ends with status $?"

mv "$prefix/lib/libgrazing.so" "$scratch/aside"
build static --static
mv "$scratch/aside" "$prefix/lib/libgrazing.so"
readelf -d "$scratch/static" | grep -q libgrazing && complain "the static program asks for the shared library"
"$scratch/static" >/dev/null

for way in config static pkg-config; do
    project=$scratch/cmake-$way
    CXX=$CXX CXXFLAGS=-O1 cmake -S examples/cpp -B "$project" -DGRAZING_WITH="$way" -DCMAKE_PREFIX_PATH="$prefix" >"$scratch/cmake.log" 2>&1 &&
        cmake --build "$project" >>"$scratch/cmake.log" 2>&1 && "$project/relaxation" >>"$scratch/cmake.log" || {
        cat "$scratch/cmake.log"
        complain "examples/cpp fails with CMake by $way"
    }
    case $way:$(readelf -d "$project/relaxation" | grep -c "NEEDED.*\[$soname\]") in
    static:0 | config:1 | pkg-config:1) ;;
    *) complain "by $way CMake links the wrong library" ;;
    esac
done

# Which versions find_package accepts.
for wanted in 0 0.2 "$version" 0.1 0.3 1 9.9; do
    mkdir -p "$scratch/version"
    printf 'cmake_minimum_required(VERSION 3.16)\nproject(version NONE)\nfind_package(grazing %s REQUIRED)\n' "$wanted" >"$scratch/version/CMakeLists.txt"
    if cmake -S "$scratch/version" -B "$scratch/version/build" -DCMAKE_PREFIX_PATH="$prefix" >/dev/null 2>&1; then accepted=yes; else accepted=no; fi
    case $wanted:$accepted in
    0:yes | 0.2:yes | "$version":yes | 0.1:no | 0.3:no | 1:no | 9.9:no) ;;
    *) complain "find_package(grazing $wanted) accepts version $version: $accepted" ;;
    esac
    rm -rf "$scratch/version"
done

# A prefix with a space, one that is relative, and one that moves with its grazing.pc.
for place in "with a space" relative; do
    (cd "$scratch" && mkdir -p "$place")
    case $place in relative) given=${scratch#"$PWD"/}/relative ;; *) given="$scratch/$place" ;; esac
    $MAKE -s install PREFIX="$given"
    printed=$(PKG_CONFIG_PATH="$scratch/$place/lib/pkgconfig" $PKG_CONFIG --variable=libdir grazing)
    [ "$printed" = "$scratch/$place/lib" ] || complain "in '$place' grazing.pc has libdir=$printed"
    # shellcheck disable=SC2046
    eval "$CC -w -o '$scratch/placed' tests/consumer.c '-DEXPECTED_VERSION=\"$version\"' $(PKG_CONFIG_PATH="$scratch/$place/lib/pkgconfig" $PKG_CONFIG --cflags --libs grazing)" ||
        complain "a program does not build against '$place'"
done
mv "$scratch/relative" "$scratch/moved"
printed=$(PKG_CONFIG_PATH="$scratch/moved/lib/pkgconfig" $PKG_CONFIG --define-prefix --variable=includedir grazing)
[ "$printed" = "$scratch/moved/include" ] || complain "with --define-prefix grazing.pc has includedir=$printed"

$MAKE -s uninstall PREFIX="$prefix"
left=$(find "$prefix" -mindepth 1)
[ -z "$left" ] || complain "uninstall leaves $left"
rm -rf "$scratch"
