#!/usr/bin/env python3
"""Usage: notebooks.py FOLDER, from the top of the tree with GRAZING_LIBRARY in the environment. Executes the notebooks of
examples/python/notebooks by Jupyter's nbclient and writes them with what they show to FOLDER. A cell that fails, or a notebook that draws
nothing, fails the check.
"""
import os
import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[1]


def execute(path, folder):
    notebook, begin = nbformat.read(path, as_version=4), time.monotonic()
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(folder)}}).execute()
    nbformat.write(notebook, folder / path.name)
    figures = sum("image/png" in output.get("data", {}) for cell in notebook.cells for output in cell.get("outputs", []))
    if not figures:
        raise SystemExit(f"notebooks: {path.name} draws nothing")
    print(f"notebooks: {path.name}, {figures} figures, {time.monotonic() - begin:.0f} s")


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["PYTHONPATH"] = str(ROOT / "examples" / "python")
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    for path in sorted((ROOT / "examples" / "python" / "notebooks").glob("*.ipynb")):
        execute(path, folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
