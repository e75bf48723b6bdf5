#!/bin/sh
# Usage: arm64.sh [SUITE]...
# Builds the library and suites for arm64 with Debian's cross compiler and runs the suites under qemu-user: whether NEON code computes what
# it should, not how fast. FFTW, BLAS and the test framework come from Debian's arm64 packages, unpacked into build/arm64-packages; nothing of the
# system changes but for the packages of the compiler and qemu. Status 77: these or those cannot be had here. On one thread and without forks:
# two threads of libgomp, in any program, do not end under qemu 7.2.
set -u
suites=${*:-test_spectral_contraction test_tiled}
folder=build/arm64 packages=build/arm64-packages
root=$PWD/$packages/root
triplet=aarch64-linux-gnu
skip() { echo "arm64: $*" && exit 77; }

command -v apt-get >/dev/null 2>&1 || skip "no apt-get"
if ! command -v $triplet-gcc >/dev/null 2>&1 || ! command -v qemu-aarch64 >/dev/null 2>&1; then
    scripts/dependencies.sh arm64 || skip "no cross compiler or no qemu-user"
fi

if [ ! -e "$packages/complete" ]; then
    state=$PWD/$packages/apt
    rm -rf "$root" "$state"
    mkdir -p "$root" "$state/lists/partial" "$state/archives/partial" || exit 1
    : >"$state/status"
    # apt-get with a state of its own, in which nothing is installed.
    arm() {
        apt-get -q -y -o APT::Architecture=arm64 -o APT::Architectures=arm64 -o Dir::State="$state" -o Dir::State::status="$state/status" \
            -o Dir::State::lists="$state/lists" -o Dir::Cache="$state" -o APT::Sandbox::User=root --no-install-recommends "$@"
    }
    arm update >"$packages/apt.log" 2>&1 || skip "no package lists ($packages/apt.log)"
    arm --download-only install libfftw3-dev libopenblas-dev liblapacke-dev check >>"$packages/apt.log" 2>&1 || skip "no packages ($packages/apt.log)"
    for package in "$state"/archives/*.deb; do
        dpkg -x "$package" "$root" || exit 1
    done
    touch "$packages/complete"
fi

lib=$root/usr/lib/$triplet
export PKG_CONFIG_SYSROOT_DIR="$root" PKG_CONFIG_LIBDIR="$lib/pkgconfig:$lib/openblas-pthread/pkgconfig"
paths=$lib:$lib/openblas-pthread:$root/lib/$triplet
build() {
    make --no-print-directory -j"${CI_JOBS:-2}" GRAZING_READY=1 FLAVOUR=arm64 OPENMP= CC=$triplet-gcc AR=$triplet-ar \
        CPPFLAGS="-I$root/usr/include -I$root/usr/include/$triplet -I$root/usr/include/$triplet/openblas-pthread" LDFLAGS="-Wl,-rpath-link,$paths" "$@"
}
programs=$(for suite in $suites; do echo "$folder/tests/$suite"; done)
# shellcheck disable=SC2086
build -k CHECK_LIBS="-L$lib -lcheck -lsubunit -lrt" $programs || exit 1
export CK_FORK=no GRZ_TEST_FAST=1 GRZ_EMULATED_PROCESSOR=1 JOBS="${CI_JOBS:-2}"
WRAPPER="qemu-aarch64 -E LD_LIBRARY_PATH=$paths -L /usr/$triplet"
export WRAPPER
# shellcheck disable=SC2086
tests/run.sh "$folder/logs" $programs
