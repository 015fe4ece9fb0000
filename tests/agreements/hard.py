"""A hard text: sixty clauses as people paste them, with wide tables, long words, many scripts."""

from __future__ import annotations

from collections.abc import Iterator

from agreements.drafting.services.editing import add_clause
from agreements.models import Version
from tests.cast import Cast, acting

LONG = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
# ruff: noqa: RUF001 - letters of other scripts
NAMES = "শর্মিলা রহমান\nفاطمہ چوہدری\nप्रिया शर्मा\n陳大文\nதமிழ்ச்செல்வி"
HEADS = "Practice\tCode\tList size\tBudget\tSpent\tLeft\tLead\tTelephone"
WIDE = "\n".join(
    f"Practice of Saint Swithun {n}\tY{n:05}\t{n * 1234:,}\t£{n * 1234567:,}.00\t"
    f"£{n * 765432:,}.00\t£{n * 12345:,}.50\tDr A\t01632 960 {n:03}"
    for n in range(1, 31)
)
NESTED = "\n".join(
    f"{n}. The parties meet.\n   - They say where.\n     1. In {n} places\n     4. Or by telephone"
    for n in range(1, 26)
)
PASTED = "NHS England\x0b1 High Street\nLeeds\n(a) one\n(b) two\n1.1 three\n2*3*4 on __/__/____"
BODIES = [NAMES, f"{HEADS}\n{WIDE}", NESTED, f"See {LONG * 2} and\n- {LONG * 3}", PASTED]


def clauses() -> Iterator[tuple[str, str]]:
    """Heading and text of each."""
    for number in range(60):
        heading = f"What the parties do about matter {number}"
        body = BODIES[number // 4] if number % 4 == 0 and number < 20 else "They do it. " * 20
        yield heading, body


def make_hard(cast: Cast, draft: Version) -> None:
    for heading, body in clauses():
        add_clause(
            by=acting(cast.manager), version=draft, kind="statement", heading=heading, body=body
        )
