#!/bin/sh
# Usage: deb-check.sh, as root, after make deb. Makes a Debian of its own by debootstrap in build/debian-root, installs the packages there with
# apt-get, and lets programs in C (pkg-config and CMake), Fortran and Python run against them; then purges them and expects nothing left.
set -eu
root=build/debian-root # kept between runs
[ "$(id -u)" = 0 ] || { echo "deb-check: needs root" >&2 && exit 77; }
command -v debootstrap >/dev/null || { echo "deb-check: needs debootstrap" >&2 && exit 77; }
# shellcheck source=/dev/null
release=$(. /etc/os-release && echo "$VERSION_CODENAME")
mirror=$(sed -n 's/^URIs: *//p' /etc/apt/sources.list.d/debian.sources 2>/dev/null | head -n 1)
[ -n "$mirror" ] || mirror=$(awk '$1 == "deb" { print $2 ~ /^\[/ ? $3 : $2; exit }' /etc/apt/sources.list)
[ -e "$root/etc/debian_version" ] || debootstrap --variant=minbase "$release" "$root" "$mirror" >build/deb/debootstrap.log
cp /etc/resolv.conf "$root/etc/" 2>/dev/null || true
cp -r /etc/apt/apt.conf.d/. "$root/etc/apt/apt.conf.d/"
cp build/deb/*.deb tests/consumer.c examples/fortran/cells.f90 "$root/tmp/"
version=$(sed -n 's/^Version: \(.*\)/\1/p' build/deb/*.changes | head -n 1)
cat >"$root/tmp/check.sh" <<END
set -eux
export DEBIAN_FRONTEND=noninteractive OMP_NUM_THREADS=1
apt-get -q update
apt-get -q -y install --no-install-recommends /tmp/*.deb gcc libc6-dev gfortran pkg-config cmake make
cd /tmp
gcc -Werror '-DEXPECTED_VERSION="$version"' consumer.c \$(pkg-config --cflags --libs grazing) -o consumer && ./consumer
mkdir -p project && cd project
cat >CMakeLists.txt <<'EOT'
cmake_minimum_required(VERSION 3.16)
project(consumer LANGUAGES C)
find_package(grazing REQUIRED)
add_executable(consumer ../consumer.c)
target_compile_definitions(consumer PRIVATE EXPECTED_VERSION="$version")
target_link_libraries(consumer PRIVATE grazing::grazing)
EOT
cmake . && make && ./consumer
cd ..
folder=\$(pkg-config --variable=fortrandir grazing)
gfortran \$folder/grazing_c.f90 \$folder/grazing.f90 cells.f90 \$(pkg-config --libs grazing) -o cells && ./cells
python3 -c 'import grazing; context = grazing.Context(); print(grazing.Distribution.bkw(grazing.Grid(context, n=16, half_width=5), K=0.75).moments())'
apt-get -q -y purge libgrazing1 libgrazing-dev python3-grazing
! find /usr -name '*grazing*' | grep .
END
chroot "$root" sh /tmp/check.sh
echo "deb-check: installed, used from C, CMake, Fortran and Python, purged"
