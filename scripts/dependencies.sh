#!/bin/sh
# Usage: dependencies.sh NEED... | --python | --libraries
# Makes sure that what a make target needs is there, and does nothing (and uses no network) when it is. What is missing is named, with the
# packages of Debian that bring it, and the script fails. With GRZ_INSTALL=1 (which make demo and make check set) these are installed with
# apt-get where there is one, as root or through sudo; GRZ_NO_INSTALL=1 forbids that whatever else is set.
# CC and CXX name the compilers to look for.
set -u

: "${CC:=cc}" "${CXX:=c++}" "${FORTRAN:=gfortran}" "${PKG_CONFIG:=pkg-config}"
: "${BLAS:=openblas}"

have() { command -v "$1" >/dev/null 2>&1; }
have_module() { have "$PKG_CONFIG" && "$PKG_CONFIG" --exists "$1"; }

# compiles BODY LANGUAGE COMPILER OPTION...
compiles() {
    body=$1 language=$2 compiler=$3
    shift 3
    # CC may carry options of its own ("ccache gcc", "clang -m64"), so it is split on purpose.
    # shellcheck disable=SC2086
    printf '%s\n' "$body" | $compiler -x "$language" - -o /dev/null "$@" >/dev/null 2>&1
}

have_any_module() {
    for package in "$@"; do
        have_module "$package" && return 0
    done
    return 1
}

# A Python with what the tests and scripts in Python import: the one named, else python3, else the distribution's own. Used by the Makefile.
find_python() {
    for python in ${PYTHON:-python3 /usr/bin/python3}; do
        "$python" -c 'import importlib.util as u, sys; sys.exit(not all(map(u.find_spec, ("numpy", "scipy", "matplotlib"))))' 2>/dev/null &&
            echo "$python" && return 0
    done
    return 1
}
[ "${1:-}" = --python ] && { find_python; exit; }

# What the library is about to be linked with, in one line. Another BLAS than OpenBLAS is somebody's wish: BLAS names it.
if [ "${1:-}" = --libraries ]; then
    printf 'libgrazing: BLAS %s %s, FFTW %s\n' "$BLAS" "$("$PKG_CONFIG" --modversion "$BLAS" 2>/dev/null)" \
        "$("$PKG_CONFIG" --modversion fftw3 2>/dev/null)"
    case $BLAS in
    *openblas*) ;;
    *) echo "libgrazing: not OpenBLAS; grz_build_configuration() tells which one a program runs with" ;;
    esac
    exit
fi

# Debian package that brings a compiler: gcc-13 and clang-16 are packages of that name.
compiler_package() {
    case ${1##*/} in
    cc) echo gcc ;;
    c++) echo g++ ;;
    clang++*) echo "clang${1##*clang++}" ;;
    *) echo "${1##*/}" ;;
    esac
}

# MPI and HDF5 may be lists.
# shellcheck disable=SC2086
present() {
    case $1 in
    compiler) compiles 'int main(void) { return 0; }' c "$CC" ;;
    openmp) compiles '#include <omp.h>
int main(void) { return omp_get_max_threads() < 1; }' c "$CC" -fopenmp ;;
    c++) compiles 'int main() { return 0; }' c++ "$CXX" ;;
    fortran) have "${FORTRAN%% *}" ;;
    pkg-config) have "$PKG_CONFIG" ;;
    blas) have_module "$BLAS" ;;
    mpi) have mpirun && have_any_module ${MPI:-ompi-c mpich mpi-c} ;;
    hdf5) have_any_module ${HDF5:-hdf5 hdf5-serial} ;;
    sundials) compiles '#include <arkode/arkode_erkstep.h>
int main(void) { return ERKStepCreate == 0; }' c "$CC" -lsundials_arkode -lsundials_nvecserial -lm ;;
    lapacke | fftw3 | check) have_module "$1" ;;
    make | gcc | gnuplot | doxygen | valgrind | clang-format | python3) have "$1" ;;
    scientific-python) find_python >/dev/null ;;
    arm64) have aarch64-linux-gnu-gcc && have qemu-aarch64 ;;
    cmake) have cmake ;;
    debhelper) have dh && have dh_python3 && have dpkg-buildpackage ;;
    debootstrap) have debootstrap ;;
    wheel) find_python >/dev/null && have patchelf && "$(find_python)" -c 'import setuptools, wheel, ensurepip' 2>/dev/null ;;
    notebooks) find_python >/dev/null && "$(find_python)" -c 'import nbclient, ipykernel' 2>/dev/null ;;
    mypy) find_python >/dev/null && "$(find_python)" -c 'import mypy' 2>/dev/null ;;
    mathjax) [ -e "${MATHJAX:-/usr/share/javascript/mathjax}/MathJax.js" ] ;;
    abigail) have abidw && have abidiff ;;
    clang-openmp) compiles '#include <omp.h>
int main(void) { return omp_get_max_threads() < 1; }' c clang -fopenmp -fsanitize=thread ;;
    *) echo "dependencies.sh: unknown need '$1'" >&2 && exit 2 ;;
    esac
}

debian_package() {
    case $1 in
    compiler) echo "$(compiler_package "${CC##* }") libc6-dev" ;;
    openmp) case ${CC##*/} in clang-*) echo "libomp-${CC##*clang-}-dev" ;; clang*) echo libomp-dev ;; *) echo gcc ;; esac ;;
    c++) compiler_package "${CXX##* }" ;;
    fortran) echo gfortran ;;
    blas)
        case $BLAS in
        openblas) echo libopenblas-dev ;;
        flexiblas | blis | mkl*) echo "lib$BLAS-dev" ;;
        *) echo libblas-dev ;;
        esac
        ;;
    lapacke) echo liblapacke-dev ;;
    fftw3) echo libfftw3-dev ;;
    sundials) echo libsundials-dev ;;
    mpi) echo "libopenmpi-dev openmpi-bin" ;;
    hdf5) echo libhdf5-dev ;;
    debhelper) echo debhelper dh-python dpkg-dev ;;
    mathjax) echo libjs-mathjax ;;
    gnuplot) echo gnuplot-nox ;;
    scientific-python) echo python3 python3-numpy python3-scipy python3-matplotlib ;;
    wheel) echo python3-setuptools python3-wheel python3-venv patchelf binutils ;;
    notebooks) echo python3-nbclient python3-ipykernel ;;
    abigail) echo abigail-tools ;;
    arm64) echo gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user ;;
    # The sanitizers' run-time library is a package of its own since LLVM 14 on Debian, part of clang's before.
    clang-openmp) echo "clang libomp-dev $(apt-cache show libclang-rt-dev >/dev/null 2>&1 && echo libclang-rt-dev)" ;;
    *) echo "$1" ;;
    esac
}

elsewhere() {
    case $1 in
    compiler) echo "a C99 compiler: gcc or clang" ;;
    openmp) echo "OpenMP for $CC: libgomp comes with gcc; clang wants libomp (Fedora libomp-devel, Arch openmp)" ;;
    c++) echo "a C++17 compiler (Fedora gcc-c++, Arch gcc)" ;;
    fortran) echo "a Fortran 2018 compiler: gfortran (Fedora gcc-gfortran, Arch gcc-fortran), or name one in FORTRAN" ;;
    pkg-config) echo "pkg-config (pkgconf)" ;;
    blas)
        case $BLAS in
        openblas) echo "OpenBLAS with its pkg-config file (Fedora openblas-devel, Arch openblas), or BLAS=package for another BLAS with the C interface" ;;
        *) echo "a pkg-config file of BLAS=$BLAS" ;;
        esac
        ;;
    lapacke) echo "LAPACKE (Fedora lapack-devel, Arch lapacke)" ;;
    fftw3) echo "FFTW 3 (Fedora fftw-devel, Arch fftw)" ;;
    check) echo "the Check unit test framework (Fedora check-devel, Arch check)" ;;
    sundials) echo "SUNDIALS with ARKODE (Fedora sundials-devel, Arch sundials)" ;;
    mpi) echo "MPI with mpirun and a pkg-config file (Fedora openmpi-devel or mpich-devel, Arch openmpi)" ;;
    hdf5) echo "HDF5 with a pkg-config file (Fedora hdf5-devel, Arch hdf5)" ;;
    mathjax) echo "MathJax 2 (Fedora mathjax, Arch mathjax2), its folder in MATHJAX" ;;
    gnuplot) echo "gnuplot" ;;
    scientific-python) echo "Python 3 with NumPy, SciPy and Matplotlib (PYTHON names it)" ;;
    wheel) echo "setuptools, wheel and venv for that Python, and patchelf" ;;
    notebooks) echo "Jupyter's nbclient and ipykernel for that Python" ;;
    arm64) echo "a cross compiler for arm64 and qemu-user" ;;
    abigail) echo "libabigail's abidw and abidiff (Fedora and Arch libabigail)" ;;
    clang-openmp) echo "clang with its sanitizers and OpenMP (Fedora clang libomp-devel, Arch clang openmp)" ;;
    *) echo "$1" ;;
    esac
}

# "library" is what every build needs; the tools that probe others come first.
expand() {
    for need in "$@"; do
        case $need in
        library) echo compiler pkg-config openmp blas lapacke fftw3 ;;
        *) echo "$need" ;;
        esac
    done
}

find_missing() {
    missing=
    for need in $needs; do
        present "$need" || missing="$missing $need"
    done
}

needs=$(expand "$@")
find_missing
[ -z "$missing" ] && exit 0

list_packages() {
    packages=$(for need in $missing; do debian_package "$need"; done | tr ' ' '\n' | grep . | sort -u | tr '\n' ' ')
}
list_packages

stop() {
    {
        echo "libgrazing: $1. Missing:"
        for need in $missing; do echo "  $(elsewhere "$need")"; done
        echo "On Debian and Ubuntu: apt-get install $packages"
    } >&2
    exit 1
}

is_debian() {
    have apt-get && [ -r /etc/os-release ] && (. /etc/os-release && case " ${ID:-} ${ID_LIKE:-} " in *" debian "* | *" ubuntu "*) ;; *) false ;; esac)
}

[ "${GRZ_NO_INSTALL:-0}" != 0 ] && stop "GRZ_NO_INSTALL is set"
[ "${GRZ_INSTALL:-0}" != 0 ] || stop "install what is missing and run make again, or let make do it: make GRZ_INSTALL=1, make demo, make check"
is_debian || stop "install these with your system's package manager, then run make again"
if [ "$(id -u)" = 0 ]; then
    as_root=
elif have sudo; then
    as_root=sudo
else
    stop "neither root nor sudo, so nothing can be installed"
fi

apt() { $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=600 "$@"; }
# shellcheck disable=SC2086
install() { apt install --no-install-recommends $packages; }

# Package lists may be absent (fresh image) or stale (a version no longer on the mirror): update only then.
[ -n "$(find /var/lib/apt/lists -maxdepth 1 -name '*Packages*' 2>/dev/null | head -n 1)" ] || apt update || stop "apt-get update failed"
list_packages
echo "libgrazing: installing $packages"
if ! install; then
    apt update
    install || stop "apt-get could not install them"
fi
find_missing
[ -z "$missing" ] || stop "still missing after the installation"
