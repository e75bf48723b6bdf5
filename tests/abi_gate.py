"""The ABI gate itself: scripts/abi.sh must find every kind of change. Usage: abi_gate.py CC SCRATCH, from the top of the tree.

In a copy of the tree's header, map and script, a library of empty functions is made from the header's prototypes, which has the same types
and constants; its baseline is written; unchanged it passes. Then every change, made on the copy, must fail the gate and say so."""
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

CC, SCRATCH = sys.argv[1], Path(sys.argv[2]).resolve()
HEADER = Path("include/grazing.h").read_text(encoding="utf-8")


def compile_copy(header):
    """The library that is shipped and the one with types, both of empty functions."""
    (SCRATCH / "include" / "grazing.h").write_text(header, encoding="utf-8")
    flat = subprocess.run([*CC.split(), "-E", "-P", "-Iinclude", "-x", "c", "include/grazing.h"], cwd=SCRATCH, check=True, capture_output=True, text=True).stdout
    flat = re.sub(r"__attribute__\s*\(\(.*?\)\)", "", flat)
    stubs = []
    for result, name, arguments in re.findall(r"((?:const\s+)?\b\w+[\s*]+)(grz_\w+)\s*\(([^()]*)\)\s*;", flat):
        if "typedef" not in result:
            stubs.append(f"{result} {name}({arguments}) {{ {'return;' if result.split() == ['void'] else f'static {result} nothing_; return nothing_;' if '*' not in result else 'return 0;'} }}".replace("static const char", "static char"))
    (SCRATCH / "stubs.c").write_text('#include <grazing.h>\n' + "\n".join(stubs) + "\n", encoding="utf-8")
    for name in ("shipped.so", "debug.so"):
        subprocess.run(["gcc", "-g", "-shared", "-fPIC", "-Iinclude", "-fvisibility=hidden", "-Wl,-soname,libgrazing.so.test", "-Wl,--version-script=lib/grazing.map",
                        "-o", name, "stubs.c"], cwd=SCRATCH, check=True)


def gate(mode):
    return subprocess.run(["scripts/abi.sh", mode, "shipped.so", "debug.so"], cwd=SCRATCH, env={**os.environ, "CC": CC}, capture_output=True, text=True)


def replaced(pattern, by, count=1):
    changed, made = re.subn(pattern, by, HEADER, count=count, flags=re.S)
    if not made or changed == HEADER:
        sys.exit(f"abi gate: no place for the change {pattern!r}")
    return changed


def exchanged(a, b):
    """Values of two enumerators, one for the other."""
    values = {name: re.search(rf"\b{name} = (-?\d+)", HEADER).group(1) for name in (a, b)}
    swap = {a: values[b], b: values[a]}
    return re.sub(rf"\b({a}|{b}) = -?\d+", lambda match: f"{match.group(1)} = {swap[match.group(1)]}", HEADER)


CHANGES = {
    "a function removed": replaced(r"GRZ_API int32_t grz_abi_version\(void\);", ""),
    "a function added": replaced(r"(GRZ_API int32_t grz_abi_version\(void\);)", r"\1\nGRZ_API int32_t grz_new_thing(void);"),
    "a function renamed": replaced(r"grz_abi_version\(void\)", "grz_abi_number(void)"),
    "an argument's type": replaced(r"(grz_context_set_threads\(grz_context \*context,\s*)int32_t", r"\1int64_t"),
    "an argument less": replaced(r"(grz_context_set_threads\(grz_context \*context),\s*int32_t threads", r"\1"),
    "a result's type": replaced(r"GRZ_API int32_t (grz_context_threads)", r"GRZ_API int64_t \1"),
    "const taken from an argument": replaced(r"(grz_context_threads\()const ", r"\1"),
    "a callback's type": replaced(r"(typedef int \(\*grz_progress_fn\)\(const char \*stage, )double", r"\1float"),
    "enumerators exchanged that a signature has": exchanged("GRZ_EQUATION_BOLTZMANN", "GRZ_EQUATION_LANDAU"),
    "enumerators of GRZ_KERNEL_CLASS_ exchanged": exchanged("GRZ_KERNEL_CLASS_HARD", "GRZ_KERNEL_CLASS_MAXWELL"),
    "enumerators of GRZ_KERNEL_TYPE_ exchanged": exchanged("GRZ_KERNEL_TYPE_COULOMB", "GRZ_KERNEL_TYPE_VHS"),
    "enumerators of GRZ_SPECTRAL_SCHEME_ exchanged": exchanged("GRZ_SPECTRAL_SCHEME_SPHERE_RULE", "GRZ_SPECTRAL_SCHEME_SEPARABLE"),
    "a constant renumbered": replaced(r"GRZ_SPECTRAL_SCHEME_SEPARABLE = \d+", "GRZ_SPECTRAL_SCHEME_SEPARABLE = 9"),
    "a constant renamed": replaced(r"GRZ_KERNEL_CLASS_HARD\b", "GRZ_KERNEL_CLASS_RIGID", 0),
    "a constant added": replaced(r"(GRZ_KERNEL_CLASS_HARD = 0,)", r"\1 GRZ_KERNEL_CLASS_NEW = 77,"),
    "the ABI's number": replaced(r"(#define GRZ_ABI_VERSION) +(\d+)", r"\1 1\2"),
}


def main():
    shutil.rmtree(SCRATCH, ignore_errors=True)
    for folder in ("include", "lib", "scripts"):
        (SCRATCH / folder).mkdir(parents=True)
    shutil.copy("lib/grazing.map", SCRATCH / "lib")
    shutil.copy("scripts/abi.sh", SCRATCH / "scripts")
    compile_copy(HEADER)
    if (made := gate("update")).returncode or (made := gate("check")).returncode:
        sys.exit("abi gate: the unchanged copy fails\n" + made.stdout + made.stderr)
    for name, header in CHANGES.items():
        compile_copy(header)
        found = gate("check")
        if found.returncode == 0 or "differ" not in found.stdout:
            sys.exit(f"abi gate: {name}: not found\n{found.stdout}{found.stderr}")
    print(f"abi gate: {len(CHANGES)} kinds of change, all found")
    shutil.rmtree(SCRATCH)


main()
