"""What differs between the copies of a pattern, as it is found in the text of its rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mou_portal.scale.numbers import NUMBER

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
# A key does not begin behind a dollar: that is a password as accounts keep it.
_BLANK = re.compile(
    rf"(?P<number>{NUMBER.pattern})"
    r"|(?P<key>(?<![0-9A-Za-z$])[0-9a-f]{8}(?P<dash>-?)[0-9a-f]{4}(?P=dash)[0-9a-f]{4}(?P=dash)"
    r"[0-9a-f]{4}(?P=dash)[0-9a-f]{12}(?![0-9A-Za-z]))"
    r"|(?P<hash>(?<![0-9A-Za-z])[0-9a-f]{64}(?![0-9A-Za-z]))"
    r"|(?P<reference>(?:MOU|mou)-7\d{6}(?!\d))"
    r"|(?P<day>(?<![\d-])20\d\d-\d\d-\d\d(?!\d))"
    rf"|(?P<long_day>(?<!\d)\d\d? (?:{_MONTHS}) 20\d\d)"
    r"|(?P<name>[Qq]xq[a-z])"
)
# The patterns' references begin here, so that each is told from any other text.
FIRST_REFERENCE = 7_000_000


@dataclass(frozen=True)
class Blank:
    """`kind` is a group of the expression above, `text` what the pattern has in this place."""

    kind: str
    text: str


def blanks_in(text: str) -> Iterator[str | Blank]:
    """The text in pieces: what stays the same, and the blanks between."""
    end = 0
    for found in _BLANK.finditer(text):
        yield text[end : found.start()]
        yield Blank(found.lastgroup or "", found.group())
        end = found.end()
    yield text[end:]


def day_of(blank: Blank) -> date:
    """The day that a blank of one of the two kinds of days has in the pattern."""
    if blank.kind == "day":
        return date.fromisoformat(blank.text)
    return datetime.strptime(blank.text, "%d %B %Y").date()  # noqa: DTZ007 - a calendar day


def moved(blank: Blank, weeks: int) -> str:
    """The same day some weeks later, written in the same way; weekdays stay."""
    day = day_of(blank) + timedelta(weeks=weeks)
    return day.isoformat() if blank.kind == "day" else f"{day.day} {day:%B %Y}"
