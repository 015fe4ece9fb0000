"""Which duties the tests have shown: written by a test run, read by `manage.py duties`.

Figures are honest only of a whole run of the very files that are there: whoever asks after any
other is told what is wrong with it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from mou_portal.environment import ROOT

REGISTER = ROOT / "docs" / "duties.toml"
# Always beside the tree that was tested, wherever its data may be.
SHOWN = ROOT / "var" / "duties"
# What tools make, and a person's own settings. Git leaves them out by itself.
MADE = {".git", ".venv", ".hypothesis", "node_modules", "var", "built", "__pycache__", ".env"}


class DoesNotCount(Exception):
    """The last test run shows nothing of the files as they are; the sentence says why."""


@dataclass(frozen=True)
class Run:
    """What one part of a test run has shown of one tree.

    `parts` are those of a whole run on that machine. `whole` is false where the part was cut short
    or left tests out. The trees differ where somebody wrote while it ran.
    """

    part: str
    parts: Sequence[str]
    whole: bool
    tree: str
    tree_after: str
    shown: Sequence[str]
    failed: Sequence[str]

    def flaw(self, current: str) -> str:
        """What is wrong with it as a witness of the current tree; empty if nothing is."""
        if not self.whole:
            return "ran only some of its tests"
        if self.tree != self.tree_after:
            return "ran while files changed"
        return "ran before files changed" if self.tree != current else ""


def register() -> dict[str, dict[str, str]]:
    """Section -> ID -> short name."""
    sections: dict[str, dict[str, str]] = tomllib.loads(REGISTER.read_text())
    return sections


def known() -> set[str]:
    return {duty for section in register().values() for duty in section}


def tests_of(duty: str) -> Iterator[str]:
    """The tests that are marked with a duty, "tests/agreements/test_reviews.py::test_…"."""
    mark = re.compile(rf"duty\(.{duty}.\)\n(?:@.*\n)*(?:async )?def (\w+)")
    for file in sorted(ROOT.glob("tests/**/test_*.py")):
        for name in mark.findall(file.read_text()):
            yield f"{file.relative_to(ROOT)}::{name}"


def write(run: Run) -> None:
    """Keeps the last run of each part."""
    SHOWN.mkdir(parents=True, exist_ok=True)
    (SHOWN / f"{run.part}.json").write_text(json.dumps(asdict(run)))


def last_run() -> list[Run]:
    """The parts of the last whole run, which was of this very tree. Raises DoesNotCount."""
    runs = [_read(file) for file in sorted(SHOWN.glob("*.json"))]
    if not runs:
        raise DoesNotCount("No tests have run here")
    current = tree()
    flaws = [f"{run.part} {flaw}" for run in runs if (flaw := run.flaw(current))]
    absent = {part for run in runs for part in run.parts} - {run.part for run in runs}
    flaws += [f"{part} did not run" for part in sorted(absent)]
    if flaws:
        raise DoesNotCount("The last test run does not count: " + ", ".join(flaws))
    return runs


def _read(file: Path) -> Run:
    try:
        return Run(**json.loads(file.read_text()))
    except (TypeError, ValueError) as error:
        raise DoesNotCount(f"What {file.stem} has shown was noted by other code") from error


def shown(runs: Iterable[Run]) -> set[str]:
    """A duty with a test that failed in any part is not shown."""
    parts = list(runs)
    failed = {duty for run in parts for duty in run.failed}
    return {duty for run in parts for duty in run.shown} - failed


def tree() -> str:
    """A sum over every file that git tracks, or would if it were asked to."""
    total = hashlib.sha256()
    for file in sorted(_files()):
        if file.is_file():
            total.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return total.hexdigest()


def _files() -> Iterator[Path]:
    git = shutil.which("git")
    if git and (ROOT / ".git").exists():
        command = [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if listed.returncode == 0:
            return (ROOT / name for name in set(listed.stdout.split("\0")) if name)
    return _files_without_git()


def _files_without_git() -> Iterator[Path]:
    for folder, below, names in os.walk(ROOT):
        below[:] = [name for name in below if name not in MADE and not name.endswith("_cache")]
        yield from (Path(folder, name) for name in names if name not in MADE)
