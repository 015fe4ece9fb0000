"""What a page says of how an agreement goes on or ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from agreements.changes import rules
from agreements.changes.queries import changes_of, said_again
from agreements.core.asked_again import end_as_it_stands
from agreements.core.states import is_passed
from agreements.models import Agreement
from agreements.terms import Period, Terms, end_in_words
from house import clock
from nhsuk.dates import day


def how_it_ends(agreement: Agreement, terms: Terms, period: Period, by_what: str) -> Iterator[str]:
    """What the text says of its end, and what follows for the days to come, as sentences.

    `period` is that of the text, `by_what` what gives it a sooner end than the text.
    """
    if agreement.is_over:
        yield f"It ended on {day(agreement.last_day)}, {agreement.ended_how}."
        return
    if is_passed(agreement.last_day, clock.today()):
        yield end_as_it_stands(agreement, said_again(changes_of(agreement)))[0]
    yield from _by_the_text(agreement, period)
    if agreement.noticed_end_on:
        yield f"Its last day is {day(agreement.noticed_end_on)}: {by_what}."
    least = rules.shortest_until(agreement.runs_from, terms)
    if least and least > clock.today():
        yield (
            f"It is in force at least until {day(least)}: before that it ends only if all "
            "parties agree, or if a party ceases to exist."
        )
    yield from _notice(period.notice_months, agreement.end_on, clock.today())
    yield from _extension(agreement, period)


def _by_the_text(agreement: Agreement, period: Period) -> Iterator[str]:
    ends = end_in_words(period)
    yield f"By the text it ends {ends}." if ends else "The text gives it no end."
    if agreement.end_on and agreement.end_on != period.ends_on:
        yield f"It was extended to {day(agreement.end_on)}."
    elif period.ends_on and agreement.end_on is None:
        yield "All parties agreed that it has no end any more."


def _extension(agreement: Agreement, period: Period) -> Iterator[str]:
    """By when one is agreed, while the end is that of the text."""
    by = period.extension_by
    if by and agreement.end_on == period.ends_on:
        verb = "is" if by >= clock.today() else "was"
        yield f"An extension {verb} to be agreed by {day(by)}."


def _notice(months: int | None, end_on: date | None, today: date) -> Iterator[str]:
    if not months:
        yield (
            "The text provides no notice. A party that wants to withdraw records it, and the "
            "others accept it or not."
        )
        return
    earliest = day(rules.earliest_end(today, months))
    yield (
        f"Notice given today ends on {earliest} at the earliest. "
        f"{rules.notice_working(today, months)}"
    )
    if end_on and end_on >= today:
        by = rules.last_notice_on(end_on, months)
        verb = "is" if by >= today else "was"
        yield (
            f"Notice for its end {verb} to be given by {day(by)}. "
            f"{rules.last_notice_working(end_on, months)}"
        )
