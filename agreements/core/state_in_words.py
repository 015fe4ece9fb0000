"""How an agreement stands, in a sentence or two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from agreements.core.states import ApprovalStanding
from agreements.models import Agreement, Version
from agreements.terms import Period, Terms, end_in_words
from deadlines.rules.working_days import Holidays, distance
from nhsuk.dates import day
from nhsuk.words import and_list


def state_sentence(
    agreement: Agreement,
    newest: Version | None,
    rows: Iterable[ApprovalStanding],
    today: date,
    holidays: Holidays,
) -> str:
    """What follows the tag of the state to make a sentence or two, with the next date.

    `rows` are of the version under way or in force: what rejects it stands in the first sentence.
    """
    against = "".join(_against(rows))
    if agreement.has_duties:
        review = review_words(agreement, today, holidays)
        return f"{_so_far(agreement, today)}{against}. {review}"
    if agreement.is_disposed:
        return f"It ended on {day(agreement.last_day)}. Its text and files are gone."
    if agreement.state == Agreement.State.ENDED and agreement.in_force_version_id:
        return f"on {day(agreement.last_day)} {agreement.ended_how}. All of it stays readable."
    if agreement.state == Agreement.State.ENDED and agreement.is_registered:
        return "It was registered in error, and the registration was withdrawn."
    if agreement.state == Agreement.State.ENDED:
        return "Work on it was stopped. It was not signed."
    return _under_way(newest, len(agreement.sides), against)


def _so_far(agreement: Agreement, today: date) -> str:
    """After "In force", "Notice given" and "Past its end": since when, until when."""
    runs, last, state = since(agreement, today), agreement.last_day, agreement.state
    if state == Agreement.State.NOTICE_GIVEN:
        return f"for {day(last)}, in force {runs}"
    if state == Agreement.State.PAST_ITS_END:
        return f"of {day(last)}, in force {runs}"
    if last and last < today:  # the day has not been noted yet
        return f"{runs}, past its end of {day(last)}"
    return f"{runs}, its last day is {day(last)}" if agreement.noticed_end_on else runs


def since(agreement: Agreement, today: date) -> str:
    """ "since 3 September 2013"; what was signed ahead says from when it has effect."""
    effect = agreement.effective_on
    if effect and effect > today:
        return f"signed on {day(agreement.start_on)}, with effect from {day(effect)}"
    return f"since {day(agreement.runs_from)}"


def period_of(agreement: Agreement, terms: Terms) -> Period:
    """From when to when it runs: of a registered copy as it was registered, whatever the template
    says that its duties come from."""
    if not agreement.is_registered:
        return terms.period
    days = {"starts_on": agreement.effective_on, "ends_on": agreement.end_on}
    ends_when = agreement.registered_copy.ends_when
    return terms.period.model_copy(update=days | {"ends_when": ends_when})


def ends_in_words(agreement: Agreement, terms: Terms, today: date) -> str:
    """What ends it besides a day, as a sentence; empty where nothing but a day does. The day is
    its end by now, as the parties extended it."""
    period = period_of(agreement, terms).model_copy(update={"ends_on": agreement.end_on})
    if not period.ends_when:
        return ""
    ends = "was to end" if period.ends_on and period.ends_on < today else "ends"
    return f"It {ends} {end_in_words(period)}."


# What its parties do then.
SAY_WHICH: Final = "Agree which, and record it on the page “Changes and end”."


def past_end(end_on: date | None) -> str:
    """What is asked about an MoU whose end has passed; nothing follows from it by itself."""
    return f"Its end, {day(end_on)}, has passed: is it extended, ended or still working to it?"


def _against(rows: Iterable[ApprovalStanding]) -> Iterator[str]:
    """ ", rejected by Eastmoor CCG on 3 March 2014"."""
    all_rows = list(rows)
    rejected = [
        f"{row.party.name} on {day(row.rejection.decided_on)}" for row in all_rows if row.rejection
    ]
    if rejected:
        yield f", rejected by {and_list(rejected)}"
    if asking := [row.party.name for row in all_rows if row.asks_changes and not row.rejection]:
        yield f", approved subject to changes by {and_list(asking)}"


def review_words(agreement: Agreement, today: date, holidays: Holidays | None = None) -> str:
    """ "Review due 3 September 2014, in 9 months."; that it has passed, when it has."""
    if agreement.review_on is None:
        return "No review is due."
    if agreement.review_was_past:
        on = day(agreement.review_on)
        return f"The date of review, {on}, had passed when it was registered."
    how_far = distance(agreement.review_on, today, holidays)
    if agreement.review_on < today:
        return f"The review was due on {day(agreement.review_on)}, {how_far}."
    return f"Review due {day(agreement.review_on)}, {how_far}."


def _under_way(newest: Version | None, parties: int, against: str) -> str:
    if newest is None:
        return ""
    all_of_them = "Both" if parties == 2 else "All"
    return {
        "draft": f"{all_of_them} parties can edit the draft.",
        "frozen": f"The text of version {newest.label} no longer changes{against}.",
        "out_for_approval": f"Version {newest.label} is out for approval{against}.",
        "out_for_signature": f"Version {newest.label} is out for signature{against}.",
    }.get(newest.state, "")
