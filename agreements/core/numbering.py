"""How clauses and versions are numbered, on pages and in print alike."""

from __future__ import annotations

from collections.abc import Iterable

from agreements.models import ClauseKind, Version


def numbers(kinds: Iterable[str]) -> list[str]:
    """The number of each clause, from the clauses' kinds in order.

    Sections are 1, 2, 3; clauses under them 1.1, 1.2; clauses before any section stand on the
    sections' own level.
    """
    top, under, in_section, given = 0, 0, False, []
    for kind in kinds:
        if kind == ClauseKind.SECTION or not in_section:
            top, under = top + 1, 0
            in_section = in_section or kind == ClauseKind.SECTION
            given.append(str(top))
        else:
            under += 1
            given.append(f"{top}.{under}")
    return given


def next_label(version: Version) -> str:
    """The label that freezing this draft gives it: 0.1, then 0.2, and so on."""
    given = version.agreement.versions.exclude(label="").count()
    return f"0.{given + 1}"
