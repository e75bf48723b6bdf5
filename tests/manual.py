"""The manual, judged: usage manual.py LIBRARY_FOLDER SCRATCH [PAGE...], from the top of the tree, with CC in the environment.

Every code block of README.md and docs/*.md is run as far as it can be:
  c        a whole program is compiled with -std=c99 -Wall -Wextra -Wpedantic -Werror, linked with the shared library and run; anything
           else is compiled as the body of a function that has a handle of each kind (FRAGMENT below)
  python   the blocks of a page make one program, run with the module of examples/python
  output   what the program before it prints: words as they stand, numbers within 1e-3, or both at rounding level (below 1e-9)
  sh       parsed by sh -n; the targets of make that it names exist, and so do the files of this tree
  text, cpp, cmake, julia, fortran   not judged here (tests/cpp and tests/julia do)
A block without a language is an error. Relative links lead to files, also to headings; paths in backquotes exist; every program
of examples/ is named on a page, every picture of docs/images shown on one, and docs/README.md names the command that makes it.
"""
import collections
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

LIBRARY, SCRATCH = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
PAGES = [Path(page) for page in sys.argv[3:]] or [Path("README.md"), *sorted(Path("docs").glob("*.md"))]
COMPILER = [*shlex.split(os.environ.get("CC", "cc")), "-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-Iinclude"]
NOT_JUDGED = {"text", "cpp", "c++", "cmake", "julia", "fortran"}
# docs/python.md is run by tests/python.
PYTHON_ELSEWHERE = {"docs/python.md"}
FRAGMENT = """#define _POSIX_C_SOURCE 200809L
#include <grazing.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
int fragment(grz_context *context, grz_grid *grid, grz_kernel *kernel, grz_distribution *distribution, grz_operator *op, double *f, double *Q);
int fragment(grz_context *context, grz_grid *grid, grz_kernel *kernel, grz_distribution *distribution, grz_operator *op, double *f, double *Q)
{
%s
    return context && grid && kernel && distribution && op && f && Q;
}
"""
SECONDS = 120
complaints, counts = [], collections.Counter()


def complain(page, line, text):
    complaints.append(f"{page}:{line}: {text}")


def blocks(text):
    """(language, first line, code) of the fenced blocks, and the text without them."""
    found, rest, code, language, begin = [], [], [], None, 0
    for number, line in enumerate(text.split("\n"), 1):
        fence = re.match(r"```(.*)$", line)
        if fence and language is None:
            language, begin, code = fence[1].strip(), number, []
        elif fence:
            found.append((language, begin, "\n".join(code) + "\n"))
            language = None
        elif language is None:
            rest.append(line)
        else:
            code.append(line)
        if fence or language is not None:
            rest.append("")
    if language is not None:
        raise SystemExit(f"a block that opens in line {begin} does not end")
    return found, "\n".join(rest)


def run(command, folder, environment=None):
    """Exit status, standard output and error of a command, 124 when it takes too long."""
    try:
        result = subprocess.run(command, cwd=folder, env={**os.environ, **(environment or {})}, text=True, timeout=SECONDS,
                                stdin=subprocess.DEVNULL, capture_output=True)
    except subprocess.TimeoutExpired:
        return 124, "", f"stopped after {SECONDS} s\n"
    return result.returncode, result.stdout, result.stderr


def number(word):
    try:
        return float(word.strip(",;:()"))
    except ValueError:
        return None


def same(shown, printed):
    """The first difference between two texts, or None."""
    lines, others = shown.split("\n"), printed.split("\n")
    while others and not others[-1].strip():
        others.pop()
    while lines and not lines[-1].strip():
        lines.pop()
    if len(lines) != len(others):
        return f"{len(lines)} lines shown, {len(others)} printed"
    for line, other in zip(lines, others):
        words, printed_words = line.split(), other.split()
        for a, b in zip(words, printed_words):
            x, y = number(a), number(b)
            close = x is not None and y is not None and (abs(x - y) <= 1e-3 * abs(y) or max(abs(x), abs(y)) < 1e-9)
            if a != b and not close:
                return f"shown '{line.strip()}', printed '{other.strip()}'"
        if len(words) != len(printed_words):
            return f"shown '{line.strip()}', printed '{other.strip()}'"
    return None


def judge_c(page, line, code, name):
    program = re.search(r"\bint main\(", code) is not None
    source = SCRATCH / (name + ".c")
    source.write_text(code if program else FRAGMENT % code)
    options = ["-o", str(SCRATCH / name), f"-L{LIBRARY}", "-lgrazing", f"-Wl,-rpath,{LIBRARY}", "-lm", "-lpthread"] if program else \
        ["-fsyntax-only", "-Wno-unused", "-Wno-unused-parameter"]
    status, _, errors = run([*COMPILER, str(source), *options], ".")
    if status:
        complain(page, line, "does not compile\n" + errors)
        return None
    counts["programs in C" if program else "fragments of C"] += 1
    if not program:
        return None
    status, output, errors = run([str(SCRATCH / name)], SCRATCH)
    if status:
        complain(page, line, f"ends with status {status}\n{output}{errors}")
    return output


def judge_python(page, line, code, name):
    source = SCRATCH / (name + ".py")
    source.write_text(code)
    environment = {"PYTHONPATH": str(Path("examples/python").resolve()), "GRAZING_LIBRARY": str(LIBRARY / "libgrazing.so"),
                   "GRAZING_HEADER": str(Path("include/grazing.h").resolve()), "MPLBACKEND": "Agg"}
    status, output, errors = run([sys.executable, "-B", "-W", "error", str(source)], SCRATCH, environment)
    counts["programs in Python"] += 1
    if status:
        complain(page, line, f"ends with status {status}\n{output}{errors}")
    return output


def judge_commands(page, line, code):
    for target in re.findall(r"(?:^|[;&|(] *| )make((?: +[A-Za-z_]+=(?:\"[^\"]*\"|'[^']*'|\S*)| +-j\d*| +[a-z][a-z-]*)*)", code, re.M):
        for word in shlex.split(target):
            if "=" not in word and not word.startswith("-") and word not in TARGETS:
                complain(page, line, f"make {word} is no target")
    for path in re.findall(r"(?:^|\s)((?:examples|tests|scripts|docs)/[\w./-]+)", code):
        if not Path(path).exists():
            complain(page, line, f"there is no {path}")


def judge_sh(page, line, code):
    parsed = subprocess.run(["sh", "-n"], input=code, text=True, capture_output=True)
    if parsed.returncode:
        complain(page, line, "sh -n: " + parsed.stderr)
    counts["blocks of commands"] += 1
    judge_commands(page, line, code)


def anchors(path):
    """The names that headings have as link targets."""
    _, text = blocks(path.read_text())
    return {re.sub(r"[^\w\- ]", "", title.strip().lower()).replace(" ", "-") for title in re.findall(r"^#+ (.*)$", text, re.M)}


def judge_prose(page, text):
    for n, line in enumerate(text.split("\n"), 1):
        for target in re.findall(r"\]\(([^)\s]+)\)", line):
            if re.match(r"[a-z]+:", target):
                continue
            path, _, heading = target.partition("#")
            file = page.parent / path if path else page
            if not file.exists():
                complain(page, n, f"link to {target}: no such file")
            elif heading and heading not in anchors(file):
                complain(page, n, f"link to {target}: no such heading")
        for path in re.findall(r"`((?:examples|tests|scripts|docs|src|include|lib)/[\w./*-]+)`", line):
            if not any(Path(".").glob(path.rstrip("/"))) and not path.startswith("lib/libgrazing"):
                complain(page, n, f"there is no {path}")
        if line.startswith("    "):
            judge_commands(page, n, re.sub(r" #.*", "", line.strip()) if line.strip().startswith("make") else "")


def judge_page(page):
    try:
        found, rest = blocks(page.read_text())
    except SystemExit as error:
        complain(page, 1, str(error))
        return
    judge_prose(page, rest)
    python = [(line, code) for language, line, code in found if language == "python"]
    printed, python_ran = None, False
    for index, (language, line, code) in enumerate(found):
        name = f"{page.stem}_{index}"
        if language == "c":
            printed = judge_c(page, line, code, name)
        elif language == "python":
            if str(page) in PYTHON_ELSEWHERE:
                printed = None
            elif not python_ran:
                printed, python_ran = judge_python(page, line, "\n".join(code for _, code in python), name), True
        elif language == "sh":
            judge_sh(page, line, code)
            printed = None
        elif language == "output":
            difference = same(code, printed) if printed is not None else "no program of this page printed it"
            counts["outputs compared"] += 1
            if difference:
                complain(page, line, difference)
        elif language not in NOT_JUDGED:
            complain(page, line, f"a block of language '{language}' is not known here")


def judge_pictures():
    shown = "".join(page.read_text() for page in PAGES)
    index = Path("docs/README.md").read_text()
    for picture in sorted(Path("docs/images").iterdir()):
        if f"images/{picture.name})" not in shown:
            complain("docs/images", 0, f"{picture.name} is shown on no page")
        if not re.search(rf"`{re.escape(picture.name)}`.*`(examples|scripts|make)", index):
            complain("docs/README.md", 0, f"does not say what makes {picture.name}")


def judge_examples():
    text = "".join(page.read_text() for page in PAGES)
    for program in sorted(Path("examples").glob("*.c")):
        if f"`{program}`" not in text:
            complain("docs", 0, f"{program} is named on no page")


SCRATCH.mkdir(parents=True, exist_ok=True)
TARGETS = set(re.findall(r"^#: make ([a-z-]+)", Path("Makefile").read_text(), re.M))
for word in re.findall(r"^\.PHONY: ((?:.*\\\n)*.*)$", Path("Makefile").read_text(), re.M):
    TARGETS.update(word.replace("\\\n", " ").split())
for manual_page in PAGES:
    judge_page(manual_page)
if not sys.argv[3:]:
    judge_pictures()
    judge_examples()
for complaint in complaints:
    print(complaint)
print("manual: " + f"{len(PAGES)} pages, " + ", ".join(f"{count} {what}" for what, count in sorted(counts.items())) +
      (f", {len(complaints)} complaints" if complaints else ""))
sys.exit(1 if complaints else 0)
