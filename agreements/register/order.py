"""What is to look at in the order of a signed MoU's days, as sentences that say what to do.

Nothing is refused for it: the paper says what it says, and somebody looks which day is right.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from agreements.changes.rules import last_notice_on, shortest_until
from agreements.core.state_in_words import SAY_WHICH, past_end
from agreements.register.days_said import Said, days_in
from agreements.register.facts import Facts, doubts
from agreements.terms import (
    Period,
    ReviewTerm,
    Terms,
    end_in_words,
    first_review_on,
    review_in_words,
)
from house import clock
from nhsuk.dates import day
from nhsuk.words import plural

CORRECT = "Look which day is right, and correct the registration if one is not."
AGREE = "Look whether the MoU names another day, and agree by when you decide."
# Of more lines than these it is said how many they are.
MOST = 3


def odd_days(facts: Facts, terms: Terms) -> Iterator[str]:
    """The weightiest first; none where no two days contradict each other and none has passed."""
    yield from _approved(facts)
    yield from doubts(facts).values()
    yield from _reviewed(facts, terms)
    yield from _extended(facts, terms.period)
    yield from _ended(facts, terms)
    if facts.effective_on and facts.effective_on < facts.signed_on:
        yield (
            f"It took effect on {day(facts.effective_on)}, before it was signed on "
            f"{day(facts.signed_on)}. Make sure that both days are right."
        )
    yield from _counted(_other_days(facts))


def _approved(facts: Facts) -> Iterator[str]:
    """Approvals and signatures on days that do not go with each other (doc 000)."""
    signed, sought = facts.signed_on, facts.approval_sought_on
    if sought and sought > signed:
        look = "Look whether the approval was given, and enter it by a correction."
        yield (
            f"It was signed on {day(signed)}, before approval was sought on {day(sought)}. "
            f"{CORRECT if facts.who_approved else look}"
        )
    yield from _counted(_dated_approvals(facts))
    yield from _counted(
        f"{what} signed {on.when}, after the date of sign-off, {day(signed)}. That is the day of "
        f"the last signature. {CORRECT}"
        for what, on in _dated(facts.who_signed)
        if on.first > signed
    )


def _dated_approvals(facts: Facts) -> Iterator[str]:
    signed, sought = facts.signed_on, facts.approval_sought_on
    for what, on in _dated(facts.who_approved):
        if on.first > signed:
            yield f"{what} approved it {on.when}, after it was signed on {day(signed)}. {CORRECT}"
        elif sought and on.last < sought:
            yield (
                f"{what} approved it {on.when}, before approval was sought on {day(sought)}. "
                f"{CORRECT}"
            )


def _dated(lines: str) -> Iterator[tuple[str, Said]]:
    """Of each line that names a day its first words, and the latest day."""
    for line in lines.splitlines():
        if said := days_in(line):
            yield f"“{line.split(';')[0].strip()[:60]}”", max(said, key=lambda each: each.first)


def _reviewed(facts: Facts, terms: Terms) -> Iterator[str]:
    signed, on, effect, end = facts.signed_on, facts.review_on, facts.effective_on, facts.end_on
    if on is None or on < signed:
        return
    said = _review_said(facts, terms.review)
    if effect and on < effect:
        yield f"{said} is before it takes effect on {day(effect)}. {CORRECT}"
    if end and on > end:
        yield f"{said} is after its end, {day(end)}. Review it before it ends, or correct a day."
    yield from _not_as_the_text_says(facts, terms.review)
    if on < clock.today():
        yield (
            f"{said} has passed. Nobody here is late: hold the review now, or record it if it was "
            "held."
        )


def _not_as_the_text_says(facts: Facts, term: ReviewTerm | None) -> Iterator[str]:
    """A day that a template had and nobody changed (doc 002)."""
    runs_from = facts.effective_on or facts.signed_on
    if facts.review_on and term and term.after_months and "review_on" not in doubts(facts):
        counted = first_review_on(term, runs_from)
        if counted != facts.review_on:
            yield (
                f"{_review_said(facts, term)} is not {plural(term.after_months, 'month')} after "
                f"{day(runs_from)}, as the text says: that is {day(counted)}. Look whether the "
                "day was left over from a template."
            )


def _extended(facts: Facts, period: Period) -> Iterator[str]:
    """The day by which an extension is decided, against sign-off, end and notice (doc 001)."""
    by, end = period.extension_by, facts.end_on
    if by is None:
        return
    said = f"The text asks for a decision on an extension by {day(by)}"
    if by < facts.signed_on:
        yield f"{said}, before it was signed on {day(facts.signed_on)}. {AGREE}"
    elif end and by > end:
        yield f"{said}, after its end, {day(end)}: then nothing is left to extend. {AGREE}"
    elif end == period.ends_on and by < clock.today() <= (end or by):
        yield f"{said}. That day has passed: say on the page “Changes and end” what was decided."
    latest = last_notice_on(end, period.notice_months) if end and period.notice_months else None
    if end and latest and facts.signed_on <= latest < by <= end:
        yield (
            f"{said}. That is too late for notice: for its end, {day(end)}, it is given by "
            f"{day(latest)}. {AGREE}"
        )


def _ended(facts: Facts, terms: Terms) -> Iterator[str]:
    signed, end, months = facts.signed_on, facts.end_on, terms.period.notice_months
    if end and signed <= end:
        least = shortest_until(facts.effective_on or signed, terms)
        if least and end < least - timedelta(days=1):
            yield (
                f"By the text it is in force at least until {day(least)}, but its end is "
                f"{day(end)}. {CORRECT}"
            )
        if months and (latest := last_notice_on(end, months)) < signed:
            yield (
                f"For its end, {day(end)}, notice of {plural(months, 'month')} had to be given by "
                f"{day(latest)}, before it was signed on {day(signed)}. {CORRECT}"
            )
    if end and signed <= end < clock.today():
        yield f"{past_end(end)} {SAY_WHICH}"
    elif facts.ends_when:
        ends = end_in_words(facts.end)
        yield f"It ends {ends}. Once that has happened, record it on the page “Changes and end”."


def _other_days(facts: Facts) -> Iterator[str]:
    """What the MoU wants done on days on which it was not signed yet, or is over; and a line that
    names an earlier day after a later one (doc 004)."""
    begins, end = min(facts.signed_on, facts.effective_on or facts.signed_on), facts.end_on
    for line in facts.other_days.splitlines():
        said, quoted = days_in(line), f"“{line[:80]}”"
        back = next((later for first, later in pairwise(said) if later.last < first.first), None)
        if back:
            yield f"{quoted} names {back} after a later day. {CORRECT}"
        elif said and said[-1].last < begins:
            yield f"{quoted} is before the MoU began on {day(begins)}. {CORRECT}"
        elif said and end and said[-1].first > end:
            yield f"{quoted} is after its end, {day(end)}. {CORRECT}"


def _counted(found: Iterator[str]) -> Iterator[str]:
    """The first of them; of the rest how many they are."""
    sentences = list(found)
    yield from sentences[:MOST]
    if (more := len(sentences) - MOST) > 0:
        yield f"{plural(more, 'more line', 'more lines')} of this kind: look at their days too."


def _review_said(facts: Facts, term: ReviewTerm | None) -> str:
    """ "The date of review, 3 September 2014,"; of a month or a period that the text names its own
    words."""
    if term and not term.on and term.fixed_on == facts.review_on:
        return f"The time of the first review, {review_in_words(term, Period())},"
    return f"The date of review, {day(facts.review_on)},"
