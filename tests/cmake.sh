#!/bin/sh
# Usage: cmake.sh SCRATCH LIBRARY VERSION, from the top of the tree with MAKE and NM in the environment; LIBRARY is make's libgrazing.so.
# Builds, tests and installs the library by CMake and compares with what make builds and installs: exported symbols, soname, the .pc and
# CMake package files. Then takes it into another project by find_package, add_subdirectory and FetchContent, in a folder with a space.
set -eu

rm -rf "$1"
mkdir -p "$1/a folder"
scratch=$(cd "$1" && pwd) library=$2 version=$3 jobs=${JOBS:-2} tree=$PWD
log=$scratch/log

complain() {
    [ -s "$log" ] && tail -n 60 "$log" >&2
    echo "cmake: $*" >&2
    exit 1
}

exported() { "${NM:-nm}" -D --defined-only "$1" | awk '$2 != "A" { print $3 }' | sed 's/@.*//' | LC_ALL=C sort; }
soname() { readelf -d "$1" | sed -n 's/.*SONAME.*\[\(.*\)\]/\1/p'; }

# The main project, with a suite run by ctest; not optimised, to be quick.
cmake -S . -B "$scratch/build" -DCMAKE_BUILD_TYPE=Debug -DCMAKE_INSTALL_PREFIX="$scratch/prefix" -DCMAKE_INSTALL_LIBDIR=lib >"$log" 2>&1 || complain "cannot configure"
cmake --build "$scratch/build" -j "$jobs" --target grazing grazing-static test_version test_grid >"$log" 2>&1 || complain "cannot build"
(cd "$scratch/build" && ctest -R '^test_(version|grid)$' --no-tests=error) >"$log" 2>&1 || complain "ctest fails"
cmake --install "$scratch/build" >"$log" 2>&1 || complain "cannot install"
$MAKE -s install DESTDIR="$scratch/stage" PREFIX="$scratch/prefix" >"$log" 2>&1 || complain "make install fails"

installed=$scratch/prefix/lib/libgrazing.so made=$scratch/stage$scratch/prefix
exported "$installed" >"$scratch/by-cmake"
exported "$library" >"$scratch/by-make"
cmp -s "$scratch/by-cmake" "$scratch/by-make" || complain "other symbols: $(diff "$scratch/by-cmake" "$scratch/by-make" | head -n 5)"
[ "$(soname "$installed")" = "$(soname "$library")" ] || complain "soname $(soname "$installed"), make's is $(soname "$library")"
for file in include/grazing.h lib/pkgconfig/grazing.pc lib/cmake/grazing/grazing-config.cmake lib/cmake/grazing/grazing-config-version.cmake; do
    diff "$scratch/prefix/$file" "$made/$file" >"$log" || complain "$file differs from make's"
done
for file in libgrazing.a libgrazing.so "$(soname "$library")"; do
    [ -e "$scratch/prefix/lib/$file" ] || complain "$file is not installed"
done

# Other projects. A build inside is not optimised, to be quick; the archive of FetchContent is what a release would be.
tar -cf "$scratch/grazing.tar" --exclude=./build --exclude=./lib/*.so* --exclude=./lib/*.a --exclude=./.git -C "$tree" .
consumer() {
    name=$1 folder=$scratch/a\ folder/$1
    shift
    mkdir -p "$folder"
    {
        echo 'cmake_minimum_required(VERSION 3.16)'
        echo 'project(consumer LANGUAGES C)'
        cat
        echo "add_executable(consumer \"$tree/tests/consumer.c\")"
        echo 'target_link_libraries(consumer PRIVATE grazing::grazing)'
        echo "target_compile_definitions(consumer PRIVATE EXPECTED_VERSION=\"$version\")"
    } >"$folder/CMakeLists.txt"
    cmake -S "$folder" -B "$folder/build" -DCMAKE_BUILD_TYPE=Debug "$@" >"$log" 2>&1 || complain "$name: cannot configure"
    cmake --build "$folder/build" -j "$jobs" --target consumer >"$log" 2>&1 || complain "$name: cannot build"
    "$folder/build/consumer" >"$log" 2>&1 || complain "$name: the program fails"
    echo "cmake: $name works"
}
echo 'find_package(grazing REQUIRED)' | consumer find_package -DCMAKE_PREFIX_PATH="$scratch/prefix"
printf 'add_subdirectory("%s" grazing)\n' "$tree" | consumer add_subdirectory -DGRAZING_STATIC=OFF
printf 'include(FetchContent)\nFetchContent_Declare(grazing URL "file://%s")\nFetchContent_MakeAvailable(grazing)\n' "$scratch/grazing.tar" |
    consumer FetchContent -DGRAZING_STATIC=OFF
rm -rf "$scratch"
echo "cmake: symbols, soname and package files are make's"
