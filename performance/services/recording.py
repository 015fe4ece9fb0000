"""Recording a request: here, by a link, or on behalf of whoever asked by e-mail, paper or phone.

What reads saved e-mails records them by the same service, with the time at which each was received.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from agreements.core.choices import people_of
from agreements.models import Agreement, Party
from agreements.terms import Standard, Terms
from house import clock
from house.clock import london_day
from house.keys import key_of_form
from house.lifecycle import lock
from house.refusals import Refused
from nhsuk.dates import day
from parties.acting import Acting
from parties.models import Person
from performance.models import Request, RequestStep
from performance.rules.who import require_recorder
from performance.services.clocks import keep_clocks
from performance.services.telling import note, tell

Kind, How = Request.Kind, Request.How
BEFORE = "{named} runs from {on}. What was received before is not under it."


def record_request(
    *,
    by: Acting,
    agreement: Agreement,
    kind: str,
    subject: str,
    asked_of: Party,
    asked_by: Party | None = None,
    asker: str = "",
    details: str = "",
    how: str = How.PAGE,
    received_at: datetime | None = None,
    has_time: bool = True,
    person: Person | None = None,
    key: UUID | None = None,
) -> Request:
    """Records what is asked of a party, and tells it (B10, B11, A20). Its clocks begin with the
    receipt, now or at `received_at`.

    `asked_by` is a party, or `asker` somebody outside in words. `key` is the number of the form:
    the same form sent twice makes one request. Raises Refused for a receipt to come, and for who
    asks itself.
    """
    with transaction.atomic():
        locked = lock(agreement)
        if key and (known := Request.objects.filter(key=key, agreement=locked).first()):
            return known
        require_recorder(by, locked)
        _check_who(locked, asked_of, asked_by, asker, person)
        made = make_request(
            by=by, agreement=locked, kind=kind, subject=subject, asked_of=asked_of,
            asked_by=asked_by, asker=asker, details=details, how=how, person=person,
            received_at=checked_receipt(locked, received_at), has_time=has_time,
            **key_of_form(Request, key),
        )  # fmt: skip
        keep_clocks(made)
        happening = note(by, made, "request_received", party=asked_of.name, kind=made.kind)
        tell(happening, made, by)
    return made


def make_request(*, by: Acting, agreement: Agreement, **said: Any) -> Request:
    """The rows of a request and its receipt. The agreement is locked: the number rests on it."""
    version = agreement.in_force_version
    assert version  # noqa: S101 - it takes acts
    standard = standard_for(version.typed_terms, said["kind"], said["asked_of"].slot)
    newest = agreement.requests.order_by("-number").values_list("number", flat=True).first()
    made = Request.objects.create(
        agreement=agreement, number=(newest or 0) + 1, version=version,
        standard_key=standard.key if standard else "", recorded_by=by.who,
        recorded_for=by.on_behalf_of, recorded_at=clock.now(), **said,
    )  # fmt: skip
    write_step(by, made, RequestStep.Kind.RECEIVED, on=london_day(made.received_at))
    return made


def write_step(by: Acting, request: Request, kind: str, **said: Any) -> RequestStep:
    return RequestStep.objects.create(
        request=request, kind=kind, at=clock.now(), by=by.who, by_link=by.by_link,
        organisation=by.on_behalf_of, **said,
    )  # fmt: skip


def standard_for(terms: Terms, kind: str, slot: str) -> Standard | None:
    """The standard that the side owes for requests of a kind: the one that names the kind, else one
    that is for whatever is asked. The law has its own days."""
    if kind == Kind.FOI:
        return None
    found = [each for each in terms.standards if each.is_for(kind, slot)]
    named = (each for each in found if each.kind)
    return next(named, found[0] if found else None)


def checked_receipt(agreement: Agreement, received_at: datetime | None) -> datetime:
    """When it was received. Raises Refused for a time to come, or before the agreement ran."""
    now = clock.now()
    at = received_at or now
    if at > now:
        raise Refused("It cannot be received later than now. Enter when it came.", field="day")
    first = agreement.runs_from
    if first and london_day(at) < first:
        named = agreement.reference
        raise Refused(BEFORE.format(named=named, on=day(first)), field="day")
    return at


def _check_who(
    agreement: Agreement, asked_of: Party, asked_by: Party | None, asker: str, person: Person | None
) -> None:
    sides = {party.pk for party in agreement.sides if not party.left_on}
    if asked_of.pk not in sides:
        raise Refused("Choose a party to this agreement.", field="asked_of")
    if asked_by and asked_by.pk == asked_of.pk:
        raise Refused("Nobody asks itself. Choose another party.", field="asked_of")
    if asked_by and asked_by.pk not in sides:
        raise Refused("Choose a party to this agreement.", field="asked_by")
    if not asked_by and not asker:
        raise Refused("Say who asked.", field="asker")
    check_person(asked_of, person)


def check_person(asked_of: Party, person: Person | None) -> None:
    if person and not people_of(asked_of.organisation).filter(pk=person.pk).exists():
        raise Refused(f"{person} does not work for {asked_of.name}.", field="person")
