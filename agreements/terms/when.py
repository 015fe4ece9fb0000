"""When something is, in the words that pages and texts print."""

from __future__ import annotations

from datetime import date

from agreements.terms.times import Period, ReviewTerm
from house.clock import months_after
from nhsuk.dates import day
from nhsuk.words import plural


def review_in_words(term: ReviewTerm, period: Period) -> str:
    """ "12 months after the date of sign-off", "in December 2012", "on 31 March 2013"."""
    if term.after_months:
        return f"{plural(term.after_months, 'month')} after {start_in_words(period)}"
    if term.in_month and (last := term.fixed_on):
        return f"in {last:%B %Y}"
    if term.within:
        return f"between {day(term.within.first)} and {day(term.within.last)}"
    return f"on {day(term.on)}"


def start_in_words(period: Period) -> str:
    """What the text counts from: "the date of sign-off", "1 March 2018"."""
    return day(period.starts_on) or "the date of sign-off"


def first_review_on(term: ReviewTerm, start_on: date) -> date | None:
    """The day by which the first review is due in an agreement that starts on this day."""
    return months_after(start_on, term.after_months) if term.after_months else term.fixed_on


def end_in_words(period: Period) -> str:
    """ "on 1 March 2018 or when the plan is delivered, whichever is sooner"; empty where no end
    is said."""
    when = f"when {period.ends_when.removeprefix('when ').rstrip('.')}" if period.ends_when else ""
    if not period.ends_on:
        return when
    if not when:
        return f"on {day(period.ends_on)}"
    return f"on {day(period.ends_on)} or {when}, whichever is sooner"
