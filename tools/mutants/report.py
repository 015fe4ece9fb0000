"""What became of the faults: `docs/mutants.json` for the next run, `docs/mutants.md` for people."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from tools.proof import commit

FOUND = Path("mutants/found.json")
DATA, PAGE = Path("docs/mutants.json"), Path("docs/mutants.md")
BEGIN, END = "<!-- found -->\n", "<!-- end of what was found -->\n"
# A fault that ends nothing in time is seen too.
SEEN = ("killed", "timeout", "segfault", "caught by type check")


def found() -> dict[str, Any]:
    """What the run of one area left."""
    of: dict[str, Any] = json.loads(FOUND.read_text())
    return of


def write(area: str, of: Mapping[str, Any]) -> None:
    """Puts the area's figures into the data and, with those of all others, onto the page."""
    known = _known()
    known[area] = {**of, "commit": commit(), "on": date.today().isoformat()}  # noqa: DTZ011
    DATA.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n")
    before, _, rest = PAGE.read_text().partition(BEGIN)
    table = "\n".join(_table(known))
    PAGE.write_text(f"{before}{BEGIN}\n{table}\n\n{END}{rest.partition(END)[2]}")


def in_a_line(area: str) -> str:
    of = _known()[area]
    return f"{area}: {_seen(of)} of {_tried(of)} seen, {len(of['survived'])} survived"


def _table(known: Mapping[str, Any]) -> Iterator[str]:
    yield "| Area | Faults | Tried | Seen | Survived | | Seed | Commit | On |"
    yield "|---|---:|---:|---:|---:|---:|---:|---|---|"
    for area, of in known.items():
        tried, survived = _tried(of), len(of["survived"])
        yield (
            f"| {area} | {of['of']} | {tried} | {_seen(of)} | {survived} | "
            f"{100 * survived / max(tried, 1):.0f} % | {of['seed']} | {of['commit']} | {of['on']} |"
        )


def _known() -> dict[str, Any]:
    return json.loads(DATA.read_text()) if DATA.exists() else {}


def _tried(of: Mapping[str, Any]) -> int:
    return sum(of["became"].values())


def _seen(of: Mapping[str, Any]) -> int:
    return sum(of["became"].get(status, 0) for status in SEEN)
