"""What a party can do about how an agreement goes on or ends, with the way to each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.urls import reverse

from agreements.changes.queries import Said
from agreements.changes.rules import Kind, bars, shortest_until
from agreements.core.parties import there_today
from agreements.core.sides import stands_for
from agreements.core.states import is_passed
from agreements.models import Agreement, Change
from agreements.terms import Period, Terms
from house import clock
from nhsuk.components import Link
from parties.acting import Acting
from parties.who import MANAGERS

# The last part of the address of each form.
SLUGS: dict[str, str] = {
    Kind.VARIATION: "variation",
    Kind.CORRECTION: "correction",
    Kind.EXTENSION: "extension",
    Kind.WITHDRAWAL: "withdrawal",
    Kind.NOT_EXTENDING: "not-extending",
    Kind.ENDING: "ending",
    Kind.EVENT: "event",
    Kind.END: "ended",
    Kind.STILL_WORKING: "still-working",
    Kind.TAKING_BACK: "taking-back",
}
WORDS: dict[str, str] = {
    Kind.VARIATION: "Vary its text",
    Kind.CORRECTION: "Correct its spelling or references",
    Kind.EXTENSION: "Propose an extension",
    Kind.WITHDRAWAL: "Give notice that you withdraw",
    Kind.NOT_EXTENDING: "Give notice that you will not extend it",
    Kind.ENDING: "Propose that it ends",
    Kind.EVENT: "Record what ended it",
    Kind.END: "It has ended",
    Kind.STILL_WORKING: "We still work to it",
    Kind.TAKING_BACK: "Ask to take back what you opened",
}
WITHOUT_NOTICE = "Record that you want to withdraw"


def offered(
    agreement: Agreement, terms: Terms, period: Period, said: Sequence[Said], acting: Acting
) -> Iterator[str]:
    """What this reader can open now: an MoU manager of a party, while it has not ended."""
    own = acting.organisation_id
    is_party = any(party.organisation.pk == own for party in there_today(agreement))
    if not (is_party and agreement.takes_acts and MANAGERS.includes(acting)):
        return
    alive = [each.change for each in said if each.change.is_alive]
    passed = is_passed(agreement.last_day, clock.today())
    for kind in _possible(agreement, terms, period, passed=passed):
        if not any(bars(change, kind, own=_is_own(agreement, change, own)) for change in alive):
            yield kind
    waits = any(change.kind == Kind.TAKING_BACK for change in alive)
    if not waits and any(_may_take_back(agreement, change, own) for change in alive):
        yield Kind.TAKING_BACK


def _possible(agreement: Agreement, terms: Terms, period: Period, *, passed: bool) -> Iterator[str]:
    if passed:
        yield from (Kind.END, Kind.STILL_WORKING)
    # A text on paper alone is varied on paper: the new signed copy is registered.
    if not agreement.is_registered:
        yield from (Kind.VARIATION, Kind.CORRECTION)
    if agreement.end_on:
        yield Kind.EXTENSION
    if not passed:
        if agreement.end_on:
            yield Kind.NOT_EXTENDING
        least = shortest_until(agreement.runs_from, terms)
        # Before the shortest time is over only all parties end an MoU that provides no notice.
        if period.notice_months or least is None or is_passed(least, clock.today()):
            yield Kind.WITHDRAWAL
        yield Kind.ENDING
    yield Kind.EVENT


def _may_take_back(agreement: Agreement, change: Change, own: int | None) -> bool:
    return change.can_be_taken_back and _is_own(agreement, change, own)


def _is_own(agreement: Agreement, change: Change, own: int | None) -> bool:
    return stands_for(agreement, own, change.opened_for_id)


def link_to(agreement: Agreement, kind: str, period: Period) -> Link:
    words = WORDS[kind]
    if kind == Kind.WITHDRAWAL and not period.notice_months:
        words = WITHOUT_NOTICE
    return Link(words, reverse("agreements:change_open", args=[agreement.reference, SLUGS[kind]]))
