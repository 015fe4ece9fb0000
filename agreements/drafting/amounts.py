"""Amounts as people write them: "72 hours", "seventy-two hours", "twice a year", "quarterly"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from house.keys import MOST_DIGITS


class Amount(NamedTuple):
    """What is written, and how much it is in its reader's unit; -1 is like no other amount."""

    written: str
    value: int


_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    "nineteen",
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_BY_WORD = {word: number for number, word in enumerate(_ONES)}
_BY_WORD |= {word: tens * 10 for tens, word in enumerate(_TENS, start=2)}
_TENS_AND_ONES = rf"(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES[1:10])}))?"
_LONGEST_FIRST = "|".join(sorted(_ONES, key=len, reverse=True))
_NUMBER = rf"(?:\d[\d,]*(?<!,)|{_TENS_AND_ONES}|{_LONGEST_FIRST}|an?)"
_SERIES = rf"\b(?P<all>(?:{_NUMBER}(?:, | and | or | to |, and ))*{_NUMBER})"
_ONE = re.compile(rf"\b{_NUMBER}\b", re.IGNORECASE)
_HOURS = re.compile(
    rf"{_SERIES}[\s-]*(?:clock |full |whole )?(?P<unit>(?:working )?days?|hours?|hrs?)\b", re.I
)
_DAYS = re.compile(rf"{_SERIES}[\s-]+(?P<unit>days?)\b", re.I)
_MONTHS = re.compile(
    rf"(?<!once )(?<!twice )(?<!times )(?<!half )(?:{_SERIES}|\bevery)[\s-]+"
    r"(?:calendar |full )?(?P<unit>months?|years?)\b",
    re.I,
)
_HALF_A_YEAR = re.compile(r"\bhalf a year\b", re.I)
_LEVELS = re.compile(rf"{_SERIES}\s+(?P<unit>levels)\b", re.I)
_SOURCES = re.compile(rf"{_SERIES}\s+(?P<unit>sources)\b", re.I)
_A_YEAR = r"[^.;]{0,25}?\b(?:year|annum)\b"
_TIMES = re.compile(rf"\b(?:(?P<word>once|twice)|(?P<all>{_NUMBER}) times)\b{_A_YEAR}", re.I)
_MEETINGS = re.compile(rf"\b(?P<all>{_NUMBER}) (?:\w+ ){{0,2}}?meetings?\b{_A_YEAR}", re.I)
_REGULAR = {"weekly": 52, "fortnightly": 26, "monthly": 12, "quarterly": 4}
_REGULAR |= {"half-yearly": 2, "six-monthly": 2, "yearly": 1, "annually": 1}
_REGULARLY = re.compile(rf"(?<![\w-])(?:{'|'.join(_REGULAR)})\b", re.I)
_EVERY = re.compile(rf"\bevery (?:(?P<all>{_NUMBER}) months|(?P<one>month|quarter))\b", re.I)


def hours(text: str) -> Iterator[Amount]:
    """Clock hours; a day is 24, and working days are no number of hours."""
    for written, number, unit in _each(_HOURS, text):
        per = 24 if unit.startswith("day") else 1
        yield Amount(written, -1 if unit.startswith("working") else number * per)


def days(text: str) -> Iterator[Amount]:
    for written, number, _ in _each(_DAYS, text):
        yield Amount(written, number)


def months(text: str) -> Iterator[Amount]:
    """Months; a year is twelve. "Twice a year" is none of these."""
    yield from (Amount(found[0], 6) for found in _HALF_A_YEAR.finditer(text))
    for written, number, unit in _each(_MONTHS, text):
        yield Amount(written, number * (12 if unit.startswith("year") else 1))


def levels(text: str) -> Iterator[Amount]:
    """Several levels: "one level" speaks of one among them."""
    for written, number, _ in _each(_LEVELS, text):
        yield Amount(written, number)


def sources(text: str) -> Iterator[Amount]:
    for written, number, _ in _each(_SOURCES, text):
        yield Amount(written, number)


def meetings_a_year(text: str) -> Iterator[Amount]:
    for found in _TIMES.finditer(text):
        once = {"once": 1, "twice": 2}.get((found["word"] or "").lower())
        yield Amount(found[0], once or number_of(found["all"]))
    for found in _MEETINGS.finditer(text):
        yield Amount(found[0], number_of(found["all"]))
    for found in _REGULARLY.finditer(text):
        yield Amount(found[0], _REGULAR[found[0].lower()])
    for found in _EVERY.finditer(text):
        apart = number_of(found["all"]) if found["all"] else 3 if found["one"] == "quarter" else 1
        yield Amount(found[0], 12 // apart if apart and 12 % apart == 0 else -1)


def number_of(word: str) -> int:
    """ "72", "1,000", "seventy-two", "a"."""
    word = word.lower().replace(",", "")
    if word.isdecimal():
        # Of more digits no term speaks, and Python refuses to read thousands of them.
        return int(word[:MOST_DIGITS])
    if word in ("a", "an"):
        return 1
    return sum(_BY_WORD[part] for part in re.split(r"[- ]", word))


def _each(pattern: re.Pattern[str], text: str) -> Iterator[tuple[str, int, str]]:
    """Every number of a series with its unit: "72 or 24 hours" is two amounts."""
    for found in pattern.finditer(text):
        unit = found["unit"].lower()
        several = _ONE.findall(found["all"] or "")
        if len(several) < 2:
            yield found[0], number_of(found["all"] or "one"), unit
            continue
        for one in several:
            yield f"{one} {unit}", number_of(one), unit
