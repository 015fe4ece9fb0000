"""A party's notice that it withdraws or will not extend, and asking to take one back."""

from __future__ import annotations

from datetime import date
from typing import Any

from agreements.changes import rules
from agreements.changes.queries import alive_in
from agreements.changes.rules import Kind
from agreements.changes.services.opening import begin_change, lock_for
from agreements.core.parties import there_today, version_of_terms
from agreements.core.sides import now_called, stands_for
from agreements.core.state_in_words import period_of
from agreements.models import Agreement, Change
from agreements.terms import Period, Terms
from deadlines.services.setting import set_together
from house import clock
from house.once import one_job
from house.refusals import Refused
from nhsuk.dates import day
from parties.acting import Acting


def give_notice(
    *,
    by: Acting,
    agreement: Agreement,
    given_on: date,
    on: date,
    because: str,
    shorter_because: str = "",
    discussed: str = "",
) -> Change:
    """A party's notice that it withdraws, given on one day for another, its last (B08, E10).

    By the text's notice clause it runs; notice that is shorter is recorded with its reason. Where
    the text provides none the others accept it or not. Raises Refused for days that cannot be, and
    where the shortest time in force is not over by then.
    """
    with one_job(), set_together():
        current = lock_for(by, agreement)
        terms, period = _terms(current)
        _check_days(given_on, on, current)
        least = rules.shortest_until(current.runs_from, terms)
        if least and on < least:
            raise Refused(
                f"This MoU is in force at least until {day(least)}. Before that it ends only if "
                "all parties agree: propose an end instead.",
                field="on",
            )
        said: dict[str, Any] = {"because": because, "discussed": discussed}
        if months := period.notice_months:
            said |= _by_the_text(given_on, on, months, shorter_because)
        leaves = _goes_on_without(by, current)
        said |= {"given_on": given_on, "on": on, "leaves": leaves}
        return begin_change(by, current, Kind.WITHDRAWAL, **said)


def say_not_extending(
    *, by: Acting, agreement: Agreement, given_on: date, because: str, shorter_because: str = ""
) -> Change:
    """A party's notice that it will not extend the MoU beyond its end (B08); nothing ends sooner.

    Raises Refused where the MoU has no end.
    """
    with one_job(), set_together():
        current = lock_for(by, agreement)
        end_on = current.end_on
        if end_on is None:
            raise Refused("This MoU has no end, so there is nothing to extend.")
        _check_days(given_on, end_on, current)
        said: dict[str, Any] = {}
        if months := _terms(current)[1].notice_months:
            said = _by_the_text(given_on, end_on, months, shorter_because)
        return begin_change(
            by, current, Kind.NOT_EXTENDING, given_on=given_on, on=end_on, because=because, **said
        )


def take_back(*, by: Acting, notice: Change, because: str) -> Change:
    """Asks all other parties to agree that one's own notice, or an end that one proposed and all
    agreed to, is taken back; until then it holds."""
    with one_job(), set_together():
        current = lock_for(by, notice.agreement)
        own = [each for each in alive_in(current) if each.pk == notice.pk]
        if not own or not own[0].can_be_taken_back:
            raise Refused("This does not hold any more, so nobody can take it back.")
        if not stands_for(current, by.organisation_id, own[0].opened_for_id):
            raise Refused("Only the party that opened it can take it back.")
        return begin_change(by, current, Kind.TAKING_BACK, about=own[0], because=because)


def _goes_on_without(by: Acting, agreement: Agreement) -> bool:
    """Whether the others still have an MoU once this one leaves, with all sides that it holds, and
    those that leave already."""
    given = (each.opened_for_id for each in alive_in(agreement) if each.leaves)
    leavers = {pk for giver in given for pk in now_called(agreement, giver)}
    stay = [p for p in there_today(agreement) if p.organisation.pk not in leavers]
    slots = [(str(party.organisation.pk), party.slot) for party in stay]
    return rules.goes_on_without(str(by.organisation_id), slots)


def _terms(agreement: Agreement) -> tuple[Terms, Period]:
    terms = version_of_terms(agreement).typed_terms
    return terms, period_of(agreement, terms)


def _check_days(given_on: date, on: date, agreement: Agreement) -> None:
    if given_on > clock.today():
        raise Refused(
            "Enter the day on which it was given: it cannot be to come.", field="given_on"
        )
    if agreement.start_on and given_on < agreement.start_on:
        raise Refused("Notice cannot be given before the date of sign-off.", field="given_on")
    if on < given_on:
        raise Refused("The last day cannot be before the notice was given.", field="on")


def _by_the_text(given_on: date, on: date, months: int, shorter_because: str) -> dict[str, Any]:
    """What the notice clause gives; a shorter notice has its reason, another none."""
    earliest = rules.earliest_end(given_on, months)
    short = on < earliest
    working = rules.notice_working(given_on, months)
    if short and not shorter_because:
        raise Refused(
            f"This is shorter notice than the text asks for: {working} Say why.",
            field="shorter_because",
        )
    reason = shorter_because if short else ""
    return {"earliest": earliest, "working": working, "shorter_because": reason}
