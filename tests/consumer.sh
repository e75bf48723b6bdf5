#!/bin/sh
# Usage: consumer.sh SCRATCH VERSION SONAME, from the top of the tree with MAKE, CC, PKG_CONFIG in the environment.
# Installs as a package builder would (DESTDIR, then the files move to PREFIX), compiles a program against the result through pkg-config, with
# the shared and with the static library, runs it, uninstalls, and expects nothing to be left.
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

found=$(cd "$prefix" && find . ! -type d | LC_ALL=C sort | tr '\n' ' ')
expected="./include/grazing.h ./lib/libgrazing.a ./lib/libgrazing.so ./lib/$soname ./lib/libgrazing.so.$version ./lib/pkgconfig/grazing.pc "
[ "$found" = "$expected" ] || complain "installed '$found' instead of '$expected'"
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

mv "$prefix/lib/libgrazing.so" "$scratch/aside"
build static --static
mv "$scratch/aside" "$prefix/lib/libgrazing.so"
readelf -d "$scratch/static" | grep -q libgrazing && complain "the static program asks for the shared library"
"$scratch/static" >/dev/null

$MAKE -s uninstall PREFIX="$prefix"
left=$(find "$prefix" ! -type d)
[ -z "$left" ] || complain "uninstall leaves $left"
rm -rf "$scratch"
