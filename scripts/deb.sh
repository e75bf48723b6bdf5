#!/bin/sh
# Usage: deb.sh VERSION, from the top of the tree. Builds the Debian packages of packaging/debian from the tracked files, in build/deb.
set -eu
version=$1
rm -rf build/deb
mkdir -p "build/deb/libgrazing-$version"
git ls-files -z | tar --null -T - -cf - | tar -xf - -C "build/deb/libgrazing-$version"
cp -r packaging/debian "build/deb/libgrazing-$version/debian"
cd "build/deb/libgrazing-$version"
{
    echo "libgrazing ($version) unstable; urgency=medium"
    echo
    echo "  * Release $version; CHANGELOG.md has what changed."
    echo
    echo " -- The libgrazing authors <libgrazing@localhost>  $(date -R)"
} >debian/changelog
dpkg-buildpackage -us -uc -b
cd ..
ls ./*.deb
