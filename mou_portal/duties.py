"""Which duties the tests have shown: written by a test run, read by `manage.py duties`."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable
from pathlib import Path

from mou_portal.environment import ROOT

REGISTER = ROOT / "docs" / "duties.toml"
# Always beside the tree that was tested, wherever its data may be.
SHOWN = ROOT / "var" / "duties"
CODE = ["*.py", "*.jinja", "*.html", "*.toml", "*.css", "*.scss", "*.js", "*.txt"]
LEFT_OUT = {".venv", "node_modules", "var", "built", ".git", "__pycache__"}


def register() -> dict[str, dict[str, str]]:
    """Section -> ID -> short name."""
    sections: dict[str, dict[str, str]] = tomllib.loads(REGISTER.read_text())
    return sections


def known() -> set[str]:
    return {duty for section in register().values() for duty in section}


def write_shown(part: str, duties: Iterable[str], failed: Iterable[str]) -> None:
    """Keeps what one part of a test run (SQLite, browser, PostgreSQL) has shown of this tree."""
    SHOWN.mkdir(parents=True, exist_ok=True)
    found = {"tree": tree(), "shown": sorted(set(duties)), "failed": sorted(set(failed))}
    (SHOWN / f"{part}.json").write_text(json.dumps(found))


def shown() -> set[str] | None:
    """The duties shown by the last run of this very tree; None when there was no such run.

    A duty with a test that failed in any part is not shown.
    """
    runs = [json.loads(file.read_text()) for file in sorted(SHOWN.glob("*.json"))]
    current = tree()
    of_this_tree = [run for run in runs if run["tree"] == current]
    if not of_this_tree:
        return None
    failed = {duty for run in of_this_tree for duty in run["failed"]}
    return {duty for run in of_this_tree for duty in run["shown"]} - failed


def tree() -> str:
    """A sum over every file of code, so that a run of other code does not count."""
    total = hashlib.sha256()
    for file in sorted(_files()):
        total.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return total.hexdigest()


def _files() -> Iterable[Path]:
    for folder in ROOT.iterdir():
        if folder.is_dir() and folder.name not in LEFT_OUT and not folder.name.startswith("."):
            for pattern in CODE:
                yield from (
                    file
                    for file in folder.rglob(pattern)
                    if not LEFT_OUT.intersection(file.relative_to(ROOT).parts)
                )
