"""What the terms say, in the words in which a text prints it: "72 hours", "twice", "six months".

A clause names such a place as {{lead:publication}}. What the terms do not say has no words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from agreements.terms.model import Terms
from agreements.terms.people import Level
from agreements.terms.promised import bulleted, counted, seats_in_words, standard_in_words
from agreements.terms.read_with import LEVELS, expected_in_words, levels_in_words
from agreements.terms.times import MeetingSeries
from agreements.terms.when import end_in_words, review_in_words
from nhsuk.dates import day
from nhsuk.words import and_list, capital, spelled

# What the text calls each side, by its slot; of those who share one also each name, by its key.
Sides = Mapping[str, str]


class Figure(NamedTuple):
    """A place for what the terms say; `about` goes on "the terms say nothing about …"."""

    key: str
    about: str
    in_words: Callable[[Terms, Sides], str]


_OFTEN = {
    "as_required": "as required",
    "monthly": "at least once in each month",
    "quarterly": "at least once in each quarter",
}


def _if_any(number: int | None, one: str) -> str:
    return counted(number, one) if number else ""


def _if_said(number: int | None, one: str) -> str:
    return "" if number is None else counted(number, one)


def _often(number: int) -> str:
    return {0: "", 1: "once", 2: "twice"}.get(number, f"{spelled(number)} times")


def _days(days: Iterable[int]) -> str:
    """ "90 and 45 days": several stand in figures, as the terms list them."""
    found = list(days)
    return f"{and_list(map(str, found))} days" if len(found) > 1 else _if_any(sum(found), "day")


def _every(months: int | None) -> str:
    return "every month" if months == 1 else f"every {counted(months, 'month')}" if months else ""


def _main(terms: Terms) -> MeetingSeries:
    """The series that the text speaks of as the meetings: the first."""
    none_said = MeetingSeries(key="none", label="None")
    return next(iter(terms.meetings.series), none_said)


def how_often(series: MeetingSeries) -> str:
    """ "as required", "at least twice in each MoU year"."""
    if series.cadence in _OFTEN:
        return _OFTEN[series.cadence]
    number = series.in_a_year
    often = {1: "once", 2: "twice"}.get(number, f"{number} times")
    return f"at least {often} in each MoU year"


def _listed(lines: Iterable[str]) -> str:
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, start=1))


def _level(level: Level, sides: Sides) -> str:
    """The level with who acts there, unless its name says so: "MoU managers"."""
    posts = {post for post in level.posts.values() if post.casefold() not in level.label.casefold()}
    if not posts:
        return level.label
    if len(set(level.posts.values())) == 1:
        return f"{level.label}: {posts.pop()}"
    acting = (f"{post} for {sides.get(slot, slot)}" for slot, post in level.posts_in_order(sides))
    return f"{level.label}: {and_list(acting)}"


def _at_level(level: str) -> Figure:
    """Who commissions at one of the levels: of the parties that share a side by their names."""
    return Figure(
        f"commissioning:{level}",
        f"who commissions at {LEVELS[level]}",
        lambda terms, sides: dict(levels_in_words(terms.commissioning, sides)).get(level, ""),
    )


FIGURES: tuple[Figure, ...] = (
    Figure(
        "lead:publication",
        "how early a draft of a publication is shared",
        lambda terms, _: _if_said(terms.lead_times.publication_hours, "hour"),
    ),
    Figure(
        "lead:press_release",
        "how early a draft of a press release is shared",
        lambda terms, _: _if_said(terms.lead_times.press_release_hours, "hour"),
    ),
    Figure(
        "meetings:count",
        "how many meetings there are in a year",
        lambda terms, _: _if_any(_main(terms).in_a_year, "meeting"),
    ),
    Figure(
        "meetings:often",
        "how often the parties meet in a year",
        lambda terms, _: _often(_main(terms).in_a_year),
    ),
    Figure(
        "meetings:list",
        "the series of meetings and how often each is held",
        lambda terms, _: _listed(
            f"{each.label}: {how_often(each)}" for each in terms.meetings.series
        ),
    ),
    Figure(
        "sources:count",
        "how many sources each meeting looks at",
        lambda terms, _: _if_any(len(_main(terms).topics), "source"),
    ),
    Figure(
        "sources:list",
        "what each meeting looks at",
        lambda terms, _: _listed(topic.heading for topic in _main(terms).topics),
    ),
    Figure(
        "term:minimum",
        "the shortest time in force",
        lambda terms, _: _if_any(terms.minimum_months, "month"),
    ),
    Figure(
        "term:start",
        "the day from which it has effect",
        lambda terms, _: day(terms.period.starts_on),
    ),
    Figure("term:end", "when it ends", lambda terms, _: end_in_words(terms.period)),
    Figure(
        "term:extension",
        "the day by which an extension is agreed",
        lambda terms, _: day(terms.period.extension_by),
    ),
    Figure(
        "term:notice",
        "how much notice ends it",
        lambda terms, _: _if_any(terms.period.notice_months, "month"),
    ),
    Figure(
        "review:when",
        "when the first review is",
        lambda terms, _: review_in_words(terms.review, terms.period) if terms.review else "",
    ),
    Figure(
        "review:after",
        "when the first review is due",
        lambda terms, _: _if_any(terms.review.after_months, "month") if terms.review else "",
    ),
    Figure(
        "review:reminders",
        "how long before a review people are reminded",
        lambda terms, _: _days(terms.review.offsets_days) if terms.review else "",
    ),
    Figure(
        "contacts:confirmed",
        "how often key contacts are confirmed",
        lambda terms, _: _every(terms.contacts_confirmed_months),
    ),
    Figure(
        "levels:count",
        "how many levels there are for a disagreement",
        lambda terms, _: _if_any(len(terms.levels), "level"),
    ),
    Figure(
        "levels:list",
        "the levels for a disagreement and who acts on each",
        lambda terms, sides: _listed(_level(level, sides) for level in terms.levels),
    ),
    Figure(
        "panel:list",
        "who sits on the panel that settles what the levels did not",
        lambda terms, _: bulleted(map(seats_in_words, terms.panel)),
    ),
    Figure(
        "documents:list",
        "which documents the text is read with",
        lambda terms, sides: bulleted(expected_in_words(each, sides) for each in terms.documents),
    ),
    *(_at_level(level) for level in LEVELS),
)
# By how the text names it; with a capital letter it prints one.
ABOUT: dict[str, str] = {
    key: figure.about for figure in FIGURES for key in (figure.key, capital(figure.key))
}


def in_words(terms: Terms, sides: Sides) -> dict[str, str]:
    """What each of these places prints, by how it is named; without what the terms do not say."""
    said = {figure.key: figure.in_words(terms, sides) for figure in FIGURES}
    said |= {f"standard:{each.key}": standard_in_words(each) for each in terms.standards}
    return {
        named: words
        for key, plain in said.items()
        if plain
        for named, words in ((key, plain), (capital(key), capital(plain)))
    }
