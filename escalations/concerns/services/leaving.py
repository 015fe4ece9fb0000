"""A named reader leaves: who follows reads in their place, if somebody was named to; else nobody,
and where nobody of the party is left its MoU manager (`receiving.see_to_unread`)."""

from __future__ import annotations

from django.db.models import QuerySet

from escalations.concerns.rules import Reader
from escalations.concerns.services.case import party_in, write
from escalations.concerns.services.due import keep_due
from escalations.concerns.services.reading import let_in, let_out, reads
from escalations.concerns.services.telling import tell
from escalations.models import ConcernAction, ConcernReader, ConcernStep
from escalations.models.concerns import sides_ever
from house.lifecycle import lock
from parties.models import Organisation, Person, User
from parties.services.people import Leaving

Kind = ConcernStep.Kind


def concern_key(named: ConcernReader) -> str:
    """What it is called among all that somebody hands over."""
    return f"concern-reader-{named.pk}"


def read_by(person: Person, organisation: Organisation) -> QuerySet[ConcernReader]:
    """What the person reads for the organisation, in one order."""
    rows = ConcernReader.objects.still_open().filter(
        user__person=person, party__in=sides_ever(organisation.pk)
    )
    return rows.select_related("concern__agreement", "user").order_by("concern", "pk")


def lock_concerns(leaving: Leaving) -> None:
    for named in read_by(leaving.person, leaving.organisation):
        lock(named.concern)


def hand_over_concerns(leaving: Leaving) -> None:
    """In the transaction in which they leave: a right that ends, and perhaps another's."""
    for named in read_by(leaving.person, leaving.organisation):
        reader = Reader(leaving.by, named.concern, party_in(named.concern, named.party_id))
        follows = _account(leaving.follows(concern_key(named)))
        if follows and not reads(named.concern, follows, reader.party):
            let_in(reader, follows, reader.party)
            write(reader, Kind.LET_IN, about=[str(follows)])
            tell(reader, [follows], "named")
        let_out(reader, named)
        write(reader, Kind.LET_OUT, about=[str(named.user)])
        _hand_over_actions(named, follows)


def _hand_over_actions(named: ConcernReader, follows: User | None) -> None:
    rows = ConcernAction.objects.still_open().filter(concern=named.concern, sees_to_it=named.user)
    for action in rows.order_by("pk"):
        current = lock(action)
        current.sees_to_it = follows
        current.save(update_fields=["sees_to_it"])
        keep_due(current)


def _account(person: Person | None) -> User | None:
    return getattr(person, "user", None)
