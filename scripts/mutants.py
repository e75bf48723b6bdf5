#!/usr/bin/env python3
"""Do the tests notice a wrong line? make mutants, or scripts/mutants.py [--list FILE] [--jobs N] [WORD ...].

tests/mutants.list holds one change of one line each: file | old text | new text | suites. The file is named by its base name, the old text
occurs once in it (\\n: a new line). Every change is made alone in a scratch copy below build/mutants, the suites named are built and run
in fast mode until one fails. A change that no suite notices survives: it is listed, and the exit status is 1. Where the suites begin with
the word every, each of them must fail: plants of a NaN in an output, which every suite that judges the output has to see. With WORDs only
changes whose line contains one of them are tried. A change whose old text is gone, or no longer alone, is named as one that does not
apply: status 2."""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
SCRATCH = ROOT / "build" / "mutants"
COPIED = ("Makefile", "include", "lib/grazing.map", "scripts", "src", "tests")
SUITE_SECONDS = 300


def read_list(path, words):
    entries = []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if not line.strip() or line.startswith("#") or (words and not any(word in line for word in words)):
            continue
        fields = [field.strip().replace("\\n", "\n") for field in line.split(" | ")]
        if len(fields) != 4:
            sys.exit(f"{path}:{number}: not 'file | old text | new text | suites'")
        entries.append((number, *fields))
    return entries


def refresh():
    """The scratch copy follows the tree; files that are the same keep their times, so that little is built again."""
    SCRATCH.mkdir(parents=True, exist_ok=True)
    kept = set()
    for top in COPIED:
        for source in sorted((ROOT / top).rglob("*")) if (ROOT / top).is_dir() else [ROOT / top]:
            if source.is_file() and "__pycache__" not in source.parts:
                copy = SCRATCH / source.relative_to(ROOT)
                kept.add(copy)
                if not copy.exists() or copy.read_bytes() != source.read_bytes():
                    copy.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(source, copy)
                    shutil.copymode(source, copy)
    for top in ("include", "src", "tests"):
        for copy in (SCRATCH / top).rglob("*"):
            if copy.is_file() and copy not in kept:
                copy.unlink()


def make(jobs, suites):
    programs = [f"build/release/tests/{suite}" for suite in suites]
    command = ["make", "-s", f"-j{jobs}", "GRAZING_READY=1", *(f"{name}={os.environ[name]}" for name in ("CC", "BLAS") if name in os.environ)]
    return subprocess.run(command + programs, cwd=SCRATCH, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def passes(suite):
    environment = dict(os.environ, GRZ_TEST_FAST="1", CK_VERBOSITY="silent", OPENBLAS_NUM_THREADS="1", CK_DEFAULT_TIMEOUT=str(SUITE_SECONDS))
    environment.setdefault("OMP_NUM_THREADS", "2")
    environment.setdefault("OMP_WAIT_POLICY", "passive")
    try:
        run = subprocess.run([SCRATCH / "build/release/tests" / suite], cwd=SCRATCH, env=environment, stdin=subprocess.DEVNULL,
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=SUITE_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return False
    return run.returncode == 0


def judge(entry, jobs, dry):
    """The verdict and what to say of it."""
    _, name, old, new, suites = entry
    every = suites.split()[0] == "every"
    suites = [suite if suite.startswith("test_") else "test_" + suite for suite in suites.split() if suite != "every"]
    places = [path for path in (SCRATCH / "src").rglob(name) if path.is_file()]
    if len(places) != 1:
        return "does not apply", f"{len(places)} files are called {name}"
    text = places[0].read_text()
    if text.count(old) != 1:
        return "does not apply", f"the old text occurs {text.count(old)} times"
    missing = [suite for suite in suites if not (SCRATCH / "tests" / f"{suite}.c").exists()]
    if missing:
        return "does not apply", "no suite " + ", ".join(missing)
    if dry:
        return "noticed", "not tried"
    try:
        places[0].write_text(text.replace(old, new))
        built = make(jobs, suites)
        if built.returncode != 0:
            return "does not apply", "does not compile: " + next((line for line in built.stdout.splitlines() if "error" in line.lower()), built.stdout[-200:])
        blind = []
        for suite in suites:
            if passes(suite):
                blind.append(suite)
            elif not every:
                return "noticed", suite
        if every and not blind:
            return "noticed", "every one"
        return "SURVIVES", " ".join(blind)
    finally:
        places[0].write_text(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", type=pathlib.Path, default=ROOT / "tests" / "mutants.list")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("words", nargs="*")
    parser.add_argument("--dry", action="store_true", help="only tell which changes do not apply")
    arguments = parser.parse_args()
    entries = read_list(arguments.list, arguments.words)
    refresh()
    counts = {"noticed": 0, "SURVIVES": 0, "does not apply": 0}
    for entry in entries:
        begin = time.monotonic()
        verdict, why = judge(entry, arguments.jobs, arguments.dry)
        counts[verdict] += 1
        print(f"{entry[0]:4d} {verdict:9s} {time.monotonic() - begin:5.0f} s  {entry[1]}: {entry[2]!r} -> {entry[3]!r}  ({why})", flush=True)
    print(f"mutants: {len(entries)} changes, {counts['noticed']} noticed, {counts['SURVIVES']} survive, {counts['does not apply']} do not apply")
    return 2 if counts["does not apply"] else 1 if counts["SURVIVES"] else 0


if __name__ == "__main__":
    sys.exit(main())
