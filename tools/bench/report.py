"""What was measured, as a table for people and as JSON for the next comparison."""

from __future__ import annotations

import json
import os
import platform
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from tools.bench.figures import Figure, figure_from, in_short

_NUMBER = re.compile(r" \([\d,]+\)")
Found = Mapping[int, list[Figure]]
BEGIN, END = "<!-- measured -->\n", "<!-- end of what was measured -->\n"
MOST_LINES = 40
MAIN_PAGES = ("home,", "agreements:list,", "agreements:agreement,")
TITLES = {
    "S1": "Pages: processor time and size",
    "S2": "Requests a second, two workers",
    "S3": "The first page of what is visible",
    "S4": "Queries",
    "S5": "The sweep of reminders",
    "S6": "E-mails",
    "S7": "PDFs",
    "S8": "Signing",
    "S11": "The tests",
}


def read(files: Mapping[int, Path]) -> Found:
    return {
        size: [figure_from(each) for each in json.loads(file.read_text())]
        for size, file in files.items()
    }


def write(found: Found, *, page: Path, data: Path) -> None:
    """Puts the tables between the marks of the page, and the figures beside it."""
    before, _, rest = page.read_text().partition(BEGIN)
    after = rest.partition(END)[2]
    page.write_text(before + BEGIN + "\n" + "\n".join(tables(found)) + "\n" + END + after)
    data.write_text("\n".join(_as_lines(found)) + "\n")


def _as_lines(found: Found) -> Iterator[str]:
    """As JSON: the machine, then each figure on a line of its own."""
    yield f'{{"machine": {json.dumps(machine())}, "measured": {{'
    for place, (size, figures) in enumerate(found.items(), start=1):
        yield f'"{size}": ['
        yield ",\n".join(json.dumps(figure.as_data()) for figure in figures)
        yield "]," if place < len(found) else "]"
    yield "}}"


def machine() -> str:
    """In general words: processors and memory, and the day."""
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return (
        f"{os.cpu_count()} processors ({platform.machine()}), {pages * size / 2**30:.0f} GB of "
        f"memory, PostgreSQL on the same machine; {date.today():%-d %B %Y}"  # noqa: DTZ011
    )


def tables(found: Found) -> Iterator[str]:
    """One for each row of the goals: of the largest database, and how it grew from the smallest."""
    largest = max(found)
    yield f"{largest:,} agreements; {machine()}."
    by_row = defaultdict(list)
    for figure in [*found[largest], *_growth(found)]:
        by_row[figure.row].append(figure)
    for row, title in TITLES.items():
        if figures := by_row.get(row):
            yield from _table(f"{row}. {title}", figures)


def _growth(found: Found) -> Iterator[Figure]:
    """What costs more with more agreements, as a factor, where that has a goal."""
    smallest, largest = min(found), max(found)
    if smallest == largest:
        return
    small, large = (list(_growing(found[size])) for size in (smallest, largest))
    before = {_key(figure): figure for figure in small}
    for figure in large:
        if was := before.get(_key(figure)):
            yield replace(
                figure,
                what=f"{figure.what}, of that at {smallest:,}",
                value=figure.value / was.value,
                unit="times",
                goal=figure.over_growth,
                limit=was.value,
                beside=f"ms CPU at {smallest:,}",
                times=None,
            )


def _growing(figures: Iterable[Figure]) -> Iterator[Figure]:
    return (figure for figure in figures if figure.over_growth is not None)


def _key(figure: Figure) -> str:
    """Without numbers: how many agreements somebody sees differs with how many there are."""
    return _NUMBER.sub("", figure.what)


def _table(title: str, figures: list[Figure]) -> Iterator[str]:
    yield f"\n### {title}\n"
    yield "| what | measured | limit | goal | |"
    yield "|---|---|---|---|---|"
    shown = [figure for figure in figures if len(figures) <= MOST_LINES or _matters(figure)]
    for figure in shown:
        reached = {True: "reached", False: "**not reached**", None: ""}[figure.reached]
        yield (
            f"| {figure.what} | {in_short(figure.value)} {figure.unit} | {_limit(figure)} "
            f"| {_goal(figure)} | {reached} |"
        )

    if left := len(figures) - len(shown):
        yield f"\nThe other {left} are reached; they stand in [speed.json](speed.json)."


def _matters(figure: Figure) -> bool:
    """Of many lines: what is not reached, what has no goal, and the pages that all open first."""
    return not figure.reached or figure.what.startswith(MAIN_PAGES)


def _limit(figure: Figure) -> str:
    return "" if figure.limit is None else f"{in_short(figure.limit)} {figure.beside}"


def _goal(figure: Figure) -> str:
    if figure.bound is None:
        return ""
    factor = (
        f" ({figure.times:.3g} times the limit)" if figure.times and figure.goal is None else ""
    )
    return f"{'≥' if figure.more else '≤'} {in_short(figure.bound)}{factor}"
