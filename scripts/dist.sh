#!/bin/sh
# Usage: dist.sh FOLDER VERSION [TARGET...]
# Makes FOLDER/libgrazing-VERSION.tar.gz of the commit that is checked out, with its SHA-256 beside it, unpacks it in a folder of its own and
# makes the targets there (without any: the library, the examples, and a few suites). The tarball is the same, byte for byte, whoever makes it.
set -eu
folder=$1 version=$2
shift 2
name=libgrazing-$version

git rev-parse --git-dir >/dev/null 2>&1 || { echo "dist: this is not a clone" >&2 && exit 1; }
[ -z "$(git status --porcelain)" ] || { echo "dist: there are changes that are not committed" >&2 && exit 1; }
grep -q "^## $version" CHANGELOG.md || { echo "dist: CHANGELOG.md has no section $version" >&2 && exit 1; }
grep -q "^version: $version\$" CITATION.cff || { echo "dist: CITATION.cff is of another version" >&2 && exit 1; }
tag=$(git tag --points-at HEAD 2>/dev/null | grep "^v" || true)
case $tag in
"" | "v$version") ;;
*) echo "dist: the tag $tag is not v$version" >&2 && exit 1 ;;
esac

mkdir -p "$folder"
git archive --format=tar --prefix="$name/" HEAD | gzip -9n >"$folder/$name.tar.gz"
(cd "$folder" && sha256sum "$name.tar.gz" | tee "$name.tar.gz.sha256")

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
tar -xzf "$folder/$name.tar.gz" -C "$scratch"
cd "$scratch/$name"
# The tree that the tarball gives is the one that is checked, not the clone: no git, nothing of build/ or lib/.
unset MAKEFLAGS MAKELEVEL GRAZING_READY
if [ $# = 0 ]; then
    ${MAKE:-make} WERROR=1 all examples header-check symbol-check
    GRZ_TEST_FAST=1 ${MAKE:-make} WERROR=1 suites SUITES="test_context test_grid test_operator_api test_queries test_version"
else
    ${MAKE:-make} WERROR=1 "$@"
fi
echo "dist: $folder/$name.tar.gz builds${*:+ and passes $*}"
