"""Opening a change of an agreement in force: one function for each thing that a party does.

Each locks the agreement, looks whether it can be, writes it down, asks or tells the others. What
needs nobody's word holds at once; what needs all of them holds when the last has accepted.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from agreements.changes import rules
from agreements.changes.due import ask_others
from agreements.changes.queries import Said, alive_in
from agreements.changes.rules import Kind
from agreements.changes.services.effect import begin_notice, hold, lock_to_change, tell_others
from agreements.core.parties import require_role, side_of, there_today, version_of_terms
from agreements.core.state_in_words import period_of
from agreements.models import Agreement, Change
from agreements.terms import Period, Terms
from deadlines.services.setting import set_together
from house import clock
from house.clock import months_after
from house.once import one_job
from house.refusals import Refused
from nhsuk.dates import day
from parties.acting import Acting
from parties.who import MANAGERS


def propose_extension(*, by: Acting, agreement: Agreement, on: date | None, because: str) -> Change:
    """Asks all other parties to accept a later end, or with `on` None that there is none (B07).

    It holds when all have accepted. Raises Refused for a day that is not later than the end.
    """
    with one_job(), set_together():
        current = _lock(by, agreement)
        if current.end_on is None:
            raise Refused("This MoU has no end, so there is nothing to extend.", field="on")
        if on and on <= current.end_on:
            raise Refused(f"Enter a day after {day(current.end_on)}, its end now.", field="on")
        if on and on < clock.today():
            raise Refused("Enter a day that is not past.", field="on")
        return _open(by, current, Kind.EXTENSION, on=on, because=because)


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
        current = _lock(by, agreement)
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
        return _open(by, current, Kind.WITHDRAWAL, given_on=given_on, on=on, leaves=leaves, **said)


def say_not_extending(
    *, by: Acting, agreement: Agreement, given_on: date, because: str, shorter_because: str = ""
) -> Change:
    """A party's notice that it will not extend the MoU beyond its end (B08); nothing ends sooner.

    Raises Refused where the MoU has no end.
    """
    with one_job(), set_together():
        current = _lock(by, agreement)
        end_on = current.end_on
        if end_on is None:
            raise Refused("This MoU has no end, so there is nothing to extend.")
        _check_days(given_on, end_on, current)
        said: dict[str, Any] = {}
        if months := _terms(current)[1].notice_months:
            said = _by_the_text(given_on, end_on, months, shorter_because)
        return _open(
            by, current, Kind.NOT_EXTENDING, given_on=given_on, on=end_on, because=because, **said
        )


def propose_end(*, by: Acting, agreement: Agreement, on: date, because: str) -> Change:
    """Asks all other parties to agree that the MoU ends on this day, its last (A25)."""
    with one_job(), set_together():
        current = _lock(by, agreement)
        _check_after_start(on, current)
        return _open(by, current, Kind.ENDING, on=on, because=because)


def record_event(*, by: Acting, agreement: Agreement, on: date, because: str) -> Change:
    """Records that what ends the MoU happened on this day (E08); another side says whether so.

    `because` says what happened. A party that ceased to exist is such an event under any text.
    """
    with one_job(), set_together():
        current = _lock(by, agreement)
        _check_after_start(on, current)
        if on > clock.today():
            raise Refused("Enter the day on which it happened: it is not over yet.", field="on")
        return _open(by, current, Kind.EVENT, on=on, because=because)


def record_end(*, by: Acting, agreement: Agreement, because: str = "") -> Change:
    """Records that the MoU ended on its last day, which has passed (B06); another side says
    whether so."""
    with one_job(), set_together():
        current = _lock(by, agreement)
        return _open(by, current, Kind.END, on=_passed_end(current), because=because)


def go_on_working(*, by: Acting, agreement: Agreement, on: date, because: str = "") -> Change:
    """Records that the parties still work to an MoU whose end has passed (B06), and when to ask
    again: within a year. It is neither extended nor ended by that."""
    with one_job(), set_together():
        current = _lock(by, agreement)
        _passed_end(current)
        latest = months_after(clock.today(), rules.MOST_ASKED_AGAIN)
        if not clock.today() < on <= latest:
            raise Refused(f"Enter a day between tomorrow and {day(latest)}.", field="on")
        return _open(by, current, Kind.STILL_WORKING, on=on, because=because)


def take_back(*, by: Acting, notice: Change, because: str) -> Change:
    """Asks all other parties to agree that one's own notice is taken back; until then it runs."""
    with one_job(), set_together():
        current = _lock(by, notice.agreement)
        own = [each for each in alive_in(current) if each.pk == notice.pk and each.is_notice]
        if not own or own[0].state != Change.State.RUNNING:
            raise Refused("This notice does not run any more, so nobody can take it back.")
        if own[0].opened_for_id != by.organisation_id:
            raise Refused("Only the party that gave a notice can take it back.")
        return _open(by, current, Kind.TAKING_BACK, about=own[0], because=because)


def _lock(by: Acting, agreement: Agreement) -> Agreement:
    if not by.by_link:
        require_role(by, MANAGERS)
    side_of(agreement, by)
    return lock_to_change(agreement)


def _goes_on_without(by: Acting, agreement: Agreement) -> bool:
    """Whether the others still have an MoU once this one leaves, with all sides that it holds, and
    those that leave already."""
    leavers = {each.opened_for_id for each in alive_in(agreement) if each.leaves}
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


def _check_after_start(on: date, agreement: Agreement) -> None:
    if agreement.start_on and on < agreement.start_on:
        raise Refused("Enter a day after the date of sign-off.", field="on")


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


def _passed_end(agreement: Agreement) -> date:
    last = agreement.last_day
    if last is None or last >= clock.today():
        raise Refused("The end of this MoU has not passed.")
    return last


def _open(by: Acting, agreement: Agreement, kind: str, **said: Any) -> Change:
    """Writes it down, then asks whose word it needs, or lets it hold at once: also where nobody is
    left to say one, as when the others have closed or one organisation holds all sides by now."""
    _check_none_like_it(by, agreement, kind)
    change = Change.objects.create(
        agreement=agreement,
        kind=kind,
        end_before=agreement.end_on if kind == Kind.EXTENSION else agreement.last_day,
        opened_by=by.who,
        opened_for=by.on_behalf_of,
        opened_at=clock.now(),
        **said,
    )
    change.agreement = agreement
    tell_others(by, change, "change_opened", because=change.because)
    if rules.needs(change) == "none" or not Said(change).awaited(agreement):
        if change.is_notice:
            begin_notice(change)
        else:
            hold(by, change)
    else:
        ask_others(change)
    return change


def _check_none_like_it(by: Acting, agreement: Agreement, kind: str) -> None:
    """Notices are each party's own; of everything else one at a time waits."""
    for other in alive_in(agreement):
        own = other.opened_for_id == by.organisation_id
        if other.kind == kind and (own or not other.is_notice):
            whose = "your" if own else "another"
            raise Refused(
                f"There is {whose} {other.get_kind_display().lower()} already: "
                f"{other.get_state_display().lower()}."
            )
