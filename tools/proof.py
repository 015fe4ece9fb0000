"""Proves in full size what docs/proof.toml promises, and writes docs/proof.md: `make proof`.

    .venv/bin/python -m tools.proof [--seed 7] [F1 C1 …]

Each part is a pytest call on PostgreSQL and Redis; what differs on SQLite runs there too. What a
run of some promises finds replaces their lines and leaves the others, each with its own commit.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tools.bench.report import machine
from tools.run_tests import POSTGRES, REDIS, ROOT

REGISTER = ROOT / "docs" / "proof.toml"
DATA, PAGE = ROOT / "docs" / "proof.json", ROOT / "docs" / "proof.md"
REPORTS = ROOT / "var" / "proof"
PARTS = {
    "PostgreSQL": ("proof", {"DATABASE_URL": POSTGRES, "CELERY_BROKER_URL": REDIS}),
    "SQLite": ("proof and sqlite and not postgres", {}),
}
INTRODUCTION = """\
# What is proved

`make proof` runs every promise below in full size and writes this page; the same figures stand in
[proof.json](proof.json), the promises in [proof.toml](proof.toml). `make proof PROMISES="F1 C1"`
proves some of them and replaces their lines. The proofs are tests with the mark `proof`, beside
what they are about; the suite runs the same tests small. What chance decides comes from the seed
that is named. A figure that is not reached stands here as **not reached**.
"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="tools.proof", description="Proves what is promised.")
    parser.add_argument("promises", nargs="*", help="such as F1 C1; all where none is named")
    parser.add_argument("--seed", type=int, default=int(date.today().strftime("%Y%m%d")))  # noqa: DTZ011
    options = parser.parse_args()
    if unknown := set(options.promises) - set(promises()):
        sys.exit(f"docs/proof.toml has no {', '.join(sorted(unknown))}.")
    wanted = options.promises or list(promises())
    found = [each for part in PARTS for each in proved(part, wanted, options.seed)]
    kept = json.loads(DATA.read_text()) if DATA.exists() else []
    write(replaced(kept, found))
    sys.exit(any(not each["reached"] for each in found))


def promises() -> dict[str, list[str]]:
    """ID -> the promise and the figure that it has to reach."""
    sections = sections_of_register()
    return {name: texts for section in sections.values() for name, texts in section.items()}


def sections_of_register() -> dict[str, dict[str, list[str]]]:
    sections: dict[str, dict[str, list[str]]] = tomllib.loads(REGISTER.read_text())
    return sections


def tests_of(wanted: Sequence[str]) -> list[str]:
    """The test files that name one of these promises in a mark."""
    named = re.compile(rf'mark\.proof\([^)]*"(?:{"|".join(wanted)})"')
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    return [str(file.relative_to(ROOT)) for file in files if named.search(file.read_text())]


def proved(part: str, wanted: Sequence[str], seed: int) -> list[dict[str, Any]]:
    """What one database's pytest call found, one for each figure; progress is printed meanwhile."""
    print(f"\n--- {part} ---", flush=True)
    marks, environment = PARTS[part]
    REPORTS.mkdir(parents=True, exist_ok=True)
    report = REPORTS / f"{part.lower()}.xml"
    report.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", "-v", "-m", marks, "--in-full"]
    command += [f"--promises={','.join(wanted)}", f"--proof-seed={seed}"]
    command += [f"--junitxml={report}", *tests_of(wanted)]
    subprocess.run(command, cwd=ROOT, env=os.environ | {"MODE": "test"} | environment, check=False)
    return list(read(report, on=part)) if report.exists() else []


def read(report: Path, *, on: str) -> Iterator[dict[str, Any]]:
    """The figures in a JUnit report; a test that ended without one is a promise not kept."""
    about = {"on": on, "day": date.today().isoformat(), "commit": commit(), "machine": machine()}  # noqa: DTZ011
    for case in ET.parse(report).iter("testcase"):  # noqa: S314 - pytest wrote it just now
        if case.find("skipped") is not None:
            continue
        named = [(each.get("name"), each.get("value", "")) for each in case.iter("property")]
        shown = [json.loads(value) for name, value in named if name == "proof"]
        if not shown:
            promise = next(value for name, value in named if name == "promise")
            shown = [{"id": promise, "found": "ended without a figure", "reached": False}]
        test = f"{case.get('classname')}::{case.get('name')}"
        yield from ({**each, "test": test, **about} for each in shown)


def replaced(kept: list[dict[str, Any]], found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What was kept, with all lines of a test that ran again in their new form."""
    again = {(each["test"], each["on"]) for each in found}
    others = [each for each in kept if (each["test"], each["on"]) not in again]
    order = list(promises())
    return sorted(others + found, key=lambda each: (order.index(each["id"]), each["on"]))


def commit() -> str:
    """The commit that ran, with "changed" where files differed from it; the pages that this writes
    are none of them."""
    named = _git("describe", "--always", "--abbrev=10")
    changed = _git("status", "--porcelain", "--untracked-files=no", "--", ".", ":!docs")
    return f"{named or 'unknown'}{', changed' if changed else ''}"


def _git(*command: str) -> str:
    done = subprocess.run(["git", *command], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip()


def write(found: list[dict[str, Any]]) -> None:
    lines = ",\n".join(json.dumps(each, ensure_ascii=False) for each in found)
    DATA.write_text(f"[\n{lines}\n]\n")
    PAGE.write_text("\n".join(page(found)) + "\n")


def page(found: list[dict[str, Any]]) -> Iterator[str]:
    yield INTRODUCTION
    for section, texts in sections_of_register().items():
        yield f"## {section}\n"
        yield "| promise | has to reach | found | day, commit, seed |\n|---|---|---|---|"
        for name, (promise, limit) in texts.items():
            rows = [each for each in found if each["id"] == name]
            yield f"| **{name}** {promise} | {limit} | {_found(rows)} | {_when(rows)} |"
        yield ""
    yield from sorted({f"{each['machine']}." for each in found})


def _found(rows: list[dict[str, Any]]) -> str:
    if not rows:
        return "*not proved yet*"
    return "<br>".join(
        ("" if each["reached"] else "**not reached:** ") + f"{each['on']}: {each['found']}"
        for each in rows
    )


def _when(rows: list[dict[str, Any]]) -> str:
    return "<br>".join(
        dict.fromkeys(f"{each['day']}, {each['commit']}, {each.get('seed', '')}" for each in rows)
    )


if __name__ == "__main__":
    main()
