"""An agreement from a template of the library lives on: time passes, and what is listed is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain
from pathlib import Path
from typing import Any, Final

import yaml

from agreements.changes.services.answering import answer_change
from agreements.changes.services.notices import give_notice
from agreements.changes.services.opening import (
    go_on_working,
    propose_end,
    propose_extension,
    record_end,
    record_event,
)
from agreements.contacts.services.confirming import confirm_all
from agreements.contacts.services.naming import name_contacts
from agreements.core.parties import parties_of, version_of_terms
from agreements.models import Agreement, Change, Party, Review
from agreements.reviews.services import Outcome, record_review, say_of_review
from commitments.models import NextLook
from deadlines.models import Reminder
from house import clock
from house.clock import london_day
from mail.models import Delivery
from mail.sweep import send_due
from meetings.models import Turn
from parties.acting import Acting
from reports.models import ReportTurn
from tests import lives
from tests.cast import acting, person_of

DAY: Final = timedelta(days=1)
SHARING: Final = dict.fromkeys(lives.SHARING, 2)
EXPECTED: Final = Path(__file__).parent / "expected.yaml"
Told = tuple[date, str, str, str]


@dataclass(frozen=True)
class Life:
    """What is listed of one document: its acts, by day, and who is told of what on which day."""

    key: str
    # Its template, and the parties that name no contacts.
    template: str
    unnamed: tuple[str, ...]
    signed: date
    # Its last day, once it is over; None where it never is.
    ended: date | None
    acts: tuple[tuple[date, str, str, dict[str, Any]], ...]
    told: tuple[tuple[date, str, str, tuple[str, ...]], ...]
    clauses: frozenset[str]

    def told_in(self, agreement: Agreement) -> list[Told]:
        """Day, kind, offset and party of each reminder that goes."""
        every = tuple(party.key for party in parties_of(agreement))
        return sorted(
            (on, kind, offset, party) for on, kind, offset, to in self.told for party in to or every
        )


def life(key: str) -> Life:
    listed = yaml.safe_load(EXPECTED.read_text())[key]
    told = (
        (on, each["kind"], offset, () if to == "all" else tuple(to))
        for each in listed["reminders"]
        for on, offset, to in each["told"]
    )
    acts = ((on, act, by, dict(*said)) for on, act, by, *said in listed["acts"])
    return Life(
        key, listed.get("template", key), tuple(listed.get("unnamed", ())), listed["signed"],
        listed["ended"], tuple(acts), tuple(told),
        frozenset(each["clause"] for each in listed["reminders"]),
    )  # fmt: skip


def begun(of: Life) -> Agreement:
    """In force since the day of its sign-off, its contacts named on that day."""
    with _at(of.signed, 12):
        agreement = lives.drafted(of.template, SHARING, since=of.signed - 100 * DAY)
        lives.listed(agreement)
        version = lives.signed(lives.frozen(agreement))
        agreement = version.agreement
        for party in parties_of(agreement):
            if party.key not in of.unnamed:
                _name_all(party)
        Delivery.objects.update(state=Delivery.State.CANCELLED)  # what was sent until then
    return Agreement.objects.get(pk=agreement.pk)


def _name_all(party: Party) -> None:
    terms, person = version_of_terms(party.agreement).typed_terms, person_of(lives.of(party))
    roles = {role.key: {"person": person.pk} for role in terms.contact_roles_of(party.slot)}
    by = acting(lives.of(party))
    name_contacts(by=by, agreement=party.agreement, contacts={party.key: roles})


def days_of(of: Life, agreement: Agreement, until: date) -> Iterator[date]:
    """Each day on which anything can happen, and the next: what waits, turns, passes or is done."""
    day = of.signed
    while day < until:
        now = Agreement.objects.get(pk=agreement.pk)
        waits = Reminder.objects.filter(state="pending").values_list("next_try", flat=True)
        turns = chain(
            *(m.objects.values_list("on", flat=True) for m in (Turn, ReportTurn, NextLook))
        )
        passes = [now.last_day + DAY] if now.last_day else []
        listed = chain((on for on, *_ in of.acts), (on for on, *_ in of.told))
        found = {*map(london_day, waits), *turns, *passes, *listed}
        day = min([each for each in found if each > day], default=until)
        yield from (day, day + DAY) if day + DAY not in found else (day,)


def do_acts(of: Life, agreement: Agreement, day: date) -> None:
    """What is listed for the day, at noon; what others are told of it goes at once."""
    for on, act, by, said in of.acts:
        if on == day:
            with _at(day, 12):
                now = Agreement.objects.get(pk=agreement.pk)
                party = next(each for each in parties_of(now) if each.key == by)
                ACTS[act](now, party, **said)
                send_due()


def _accept(agreement: Agreement, party: Party) -> None:
    change = Change.objects.get(agreement=agreement, state=Change.State.OPEN)
    answer_change(by=_of(party), change=change, agrees=True)


def _confirm_contacts(_: Agreement, party: Party) -> None:
    confirm_all(by=_of(party), party=party)


def _give_notice(agreement: Agreement, party: Party, on: date) -> None:
    give_notice(
        by=_of(party), agreement=agreement, given_on=clock.today(), on=on, because="We merge."
    )


def _record_review(agreement: Agreement, party: Party, next_on: date | None) -> None:
    number = Review.objects.filter(agreement=agreement).count() + 1
    said = Outcome(clock.today(), "continue", next_on)
    record_review(by=_of(party), agreement=agreement, number=number, said=said)


def _confirm_review(agreement: Agreement, party: Party) -> None:
    say_of_review(by=_of(party), review=Review.objects.get(agreement=agreement), agrees=True)


def _change(service: Callable[..., Any]) -> Callable[..., None]:
    def act(agreement: Agreement, party: Party, **said: Any) -> None:
        service(by=_of(party), agreement=agreement, because="As we agreed.", **said)

    return act


ACTS: Final[dict[str, Callable[..., None]]] = {
    "accept": _accept,
    "confirm_contacts": _confirm_contacts,
    "confirm_review": _confirm_review,
    "give_notice": _give_notice,
    "go_on_working": _change(go_on_working),
    "propose_end": _change(propose_end),
    "propose_extension": _change(propose_extension),
    "record_end": _change(record_end),
    "record_event": _change(record_event),
    "record_review": _record_review,
}


def _of(party: Party) -> Acting:
    return acting(lives.of(party))


def _at(day: date, hour: int) -> AbstractContextManager[None]:
    return clock.at(datetime.combine(day, time(hour), UTC))
