"""Meetings, start, end, review, what is promised and the panel: in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from agreements.terms import (
    REQUEST_KINDS,
    Period,
    Standard,
    Terms,
    commitment_in_words,
    end_in_words,
    how_counted,
    how_often,
    review_in_words,
)
from nhsuk.dates import day
from nhsuk.words import and_list, capital, plural

# A meeting of all parties that the text does not name needs no name in its sentence.
_PLAIN = "Wider meeting"


def meetings_in_words(terms: Terms) -> Iterator[str]:
    every = terms.meetings.series
    for series in every:
        plain = len(every) == 1 and series.label == _PLAIN
        begin = "The parties meet" if plain else f"{series.label}: the parties meet"
        yield f"{begin} {how_often(series)}."
        if series.attends:
            yield f"These meetings are attended by {series.attends.rstrip('.')}."
        if topics := "; ".join(_inside(topic.heading) for topic in series.topics):
            yield f"Each of these meetings looks at: {topics}."


def period_in_words(terms: Terms) -> Iterator[str]:
    period = terms.period
    if period.starts_on:
        yield f"The agreement has effect from {day(period.starts_on)}."
    if terms.minimum_months:
        yield f"The agreement runs for at least {plural(terms.minimum_months, 'month')}."
    yield from _end(period)


def _end(period: Period) -> Iterator[str]:
    if end := end_in_words(period):
        yield f"The agreement ends {end}."
    if period.extension_by:
        yield f"The parties agree by {day(period.extension_by)} whether to extend it."
    if months := period.notice_months:
        yield f"A party may end it by notice of {plural(months, 'month')}."


def reviews_in_words(terms: Terms) -> Iterator[str]:
    if terms.review is None:
        return
    yield f"The first review is due {review_in_words(terms.review, terms.period)}."
    if days := terms.review.offsets_days:
        ahead = and_list(map(str, days)) + (" day" if days == (1,) else " days")
        yield f"The portal reminds the parties {ahead} before it."


def standards_in_words(terms: Terms, sides: Mapping[str, str]) -> Iterator[str]:
    for standard in terms.standards:
        yield " ".join(_standard(standard, sides))


def _standard(standard: Standard, sides: Mapping[str, str]) -> Iterator[str]:
    yield f"{standard.label.rstrip('.')}."
    if standard.kind:
        yield f"It is the standard for {REQUEST_KINDS[standard.kind].lower()}."
    if standard.slots:
        yield f"It is owed by {and_list(sides.get(slot, slot) for slot in standard.slots)}."
    if standard.promise:
        yield f"{capital(standard.promise.rstrip('.'))}."
    times = [
        f"{done} within {plural(days, 'working day')}"
        for done, days in (
            ("acknowledged", standard.acknowledge_days),
            ("answered", standard.answer_days),
            ("news after news", standard.update_days),
        )
        if days
    ]
    if times:
        yield f"{capital(and_list(times))}."
    yield from how_counted(standard)
    if standard.exclusions:
        left_out = "; ".join(each.rstrip(".") for each in standard.exclusions)
        yield f"This leaves out: {left_out}."


def owed_in_words(terms: Terms, sides: Mapping[str, str]) -> Iterator[str]:
    standards = {each.key: each.label for each in terms.standards}
    for term in terms.commitments:
        yield commitment_in_words(term, sides, standards)


def panel_in_words(terms: Terms) -> Iterator[str]:
    for seat in terms.panel:
        drawn = f", from {seat.drawn_from.rstrip('.')}" if seat.drawn_from else ""
        yield f"{seat.label}: {plural(seat.number, 'seat')}{drawn}."


def _inside(heading: str) -> str:
    """A heading inside a sentence: its capital goes, unless it begins an abbreviation (CQC)."""
    return heading if heading[1:2].isupper() else heading[:1].lower() + heading[1:]
