"""Whoever was told reads the heads-up and acknowledges it, by the page or by their link."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from audit.services import write_entry
from communications.heads_ups.rules import is_owners
from communications.models import HeadsUp, Told
from communications.models.heads_ups import is_told
from house import clock
from house.actor import acting_as
from house.lifecycle import lock
from house.refusals import NotYours
from mail.links.opening import masked, must_work
from mail.links.purposes import Purpose, declare
from mail.links.sending import link_to
from mail.models import SentLink
from parties.acting import Acting
from parties.models import User
from parties.reader import members

READS: Final = declare(
    Purpose(
        "reads_heads_up", "Heads-up to read", "read a heads-up and acknowledge it",
        timedelta(days=60),
    )
)  # fmt: skip


def note_read(*, by: Acting, heads_up: HeadsUp) -> None:
    """Writes down when somebody who was told first had it before them; the owner's are not."""
    if not is_owners(by, heads_up):
        with transaction.atomic():
            for told in _of(by, heads_up).filter(read_at=None).order_by("pk"):
                _read(lock(told))


def acknowledge(*, by: Acting, heads_up: HeadsUp) -> None:
    """Somebody who was told has read it. Said twice it is once. Raises NotYours for others."""
    with transaction.atomic():
        rows = list(_of(by, heads_up).order_by("pk"))
        if not rows:
            raise NotYours("Only those who were told may acknowledge this heads-up.")
        _acknowledge(rows, by)


def acknowledge_by_link(link: SentLink) -> None:
    """The same of somebody without an account. Raises Refused where the link no longer holds."""
    must_work(link)
    told = told_of(link)
    with transaction.atomic():
        said = f"{told.name}, by the link sent to {masked(link.address)}"
        system = Acting(User.objects.system(), told.organisation, by_link=said)
        with acting_as(system.user):
            _acknowledge([told], system)


def told_of(link: SentLink) -> Told:
    """Whom the link was sent to, of which heads-up."""
    rows = Told.objects.select_related("heads_up__owner", "organisation")
    return rows.get(pk=link.subject)


def needs_link(told: Told) -> bool:
    """Whether no log-in opens the page for them: a committee, a team, a contact without an
    account."""
    if told.organisation_id is None or told.person_id is None:
        return True
    return told.person_id not in members([told.organisation_id])[told.organisation_id]


def link_for(told: Told) -> SentLink:
    owner = told.heads_up.owner_id
    return link_to(READS, str(told.pk), told.address, organisation_id=owner)


def _of(by: Acting, heads_up: HeadsUp) -> QuerySet[Told]:
    return Told.objects.filter(is_told(by), heads_up=heads_up)


def _read(told: Told) -> None:
    if told.read_at is None:
        told.read_at = clock.now()
        told.save(update_fields=["read_at"])


def _acknowledge(rows: Iterable[Told], by: Acting) -> None:
    for told in map(lock, rows):
        if told.acknowledged_at:
            continue
        told.acknowledged_at, told.acknowledged_as = clock.now(), by.called
        told.read_at = told.read_at or told.acknowledged_at
        told.save(update_fields=["acknowledged_at", "acknowledged_as", "read_at"])
        write_entry(
            actor=by.user, organisation_id=by.organisation_id, verb="heads_up_acknowledged",
            about=told, payload={"by_link": by.by_link} if by.by_link else {},
        )  # fmt: skip
