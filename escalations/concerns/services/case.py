"""A concern in hand: locked, its reader's right asked for again, and the one way to write steps."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from agreements.models import Party, read_parties
from audit.services import record
from escalations.concerns.rules import Reader
from escalations.models import ConcernReader, ConcernStep, PracticeConcern
from escalations.models.concerns import sides_ever
from house import clock
from house.lifecycle import lock
from house.once import one_job
from house.refusals import NotYours
from parties.acting import Acting, with_roles_held


@contextmanager
def in_hand(*, by: Acting, concern: PracticeConcern) -> Iterator[Reader]:
    """The concern under its lock, in one transaction, for somebody who reads it at this moment.

    Whoever ends the right of a reader locks the same row, so nothing is written afterwards (C5).
    Raises NotYours for whoever does not read it, or reads it no more.
    """
    with one_job():
        held = with_roles_held(by)
        current = lock(concern)
        current.agreement = concern.agreement
        yield require_reader(held, current)


def require_reader(acting: Acting, concern: PracticeConcern) -> Reader:
    """Raises NotYours for whoever does not read the concern now."""
    found = reader_of(acting, concern)
    if found is None:
        raise NotYours("You do not read this record, or no longer.")
    return found


def reader_of(acting: Acting, concern: PracticeConcern) -> Reader | None:
    """As which party's reader somebody reads it; None where they do not (two queries).

    Whoever reads it for two parties reads it for the one whose concern it is.
    """
    if not PracticeConcern.objects.visible_to(acting).filter(pk=concern.pk).exists():
        return None
    rows = ConcernReader.objects.still_open().filter(
        concern=concern, user=acting.who, party__in=sides_ever(acting.organisation_id)
    )
    found = list(rows.values_list("party", flat=True))
    pk = concern.party_id if concern.party_id in found else found[0]
    return Reader(acting, concern, party_in(concern, pk))


def party_in(concern: PracticeConcern, pk: int) -> Party:
    """A party of the agreement with organisation and name at hand."""
    read_parties([concern.agreement])
    return next(party for party in concern.agreement.sides if party.pk == pk)


def write(reader: Reader, kind: str, text: str = "", about: Collection[str] = ()) -> ConcernStep:
    """The step, and the audit entry, which holds no word of it and does not name the agreement."""
    step = ConcernStep.objects.create(
        concern=reader.concern,
        kind=kind,
        at=clock.now(),
        by=reader.acting.who,
        by_link=reader.acting.by_link,
        party=reader.party,
        text=text,
        about=list(about),
    )
    audit(reader, kind, step=step.pk)
    return step


def audit(reader: Reader, what: str, **ids: Any) -> None:
    """The entry alone; `ids` are numbers of rows."""
    record(reader.acting, f"concern_{what}", reader.concern, **ids)


def repeated(reader: Reader, kind: str, text: str, about: Collection[str] = ()) -> bool:
    """Whether the newest step says the same by the same person, as after a second press."""
    newest = reader.concern.steps.order_by("-at", "-pk").first()
    said = (kind, text, list(about), reader.acting.who.pk, reader.acting.by_link)
    return newest is not None and said == (
        newest.kind, newest.text, newest.about, newest.by_id, newest.by_link,
    )  # fmt: skip
