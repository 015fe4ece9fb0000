from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from tools.bench.databases import prepared
from tools.bench.report import read, tables, write
from tools.run_tests import ROOT

FOLDER = ROOT / "var" / "bench"


def main() -> None:
    parser = argparse.ArgumentParser(prog="tools.bench", description="Measures the portal.")
    parser.add_argument("--agreements", type=int, nargs="+", default=[1_000, 100_000])
    parser.add_argument("--only", nargs="*", default=[], help="rows of the goals, such as S1 S3")
    options = parser.parse_args()
    found = read({size: _measured(size, options.only) for size in options.agreements})
    if options.only:  # a part is for whoever works on it; the page has a whole run
        print(*tables(found), sep="\n")
    else:
        write(found, page=ROOT / "docs" / "speed.md", data=ROOT / "docs" / "speed.json")


def _measured(agreements: int, only: list[str]) -> Path:
    """In a process of its own: settings name one database."""
    print(f"--- {agreements:,} agreements ---", flush=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    file = FOLDER / f"{agreements}.json"
    command = [sys.executable, "-m", "tools.bench.measure", str(file), *only]
    subprocess.run(command, cwd=ROOT, env=prepared(agreements), check=True)
    return file


main()
