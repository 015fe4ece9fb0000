"""Who reads a concern: named one by one, for their own party, until that is ended (record 0078)."""

from __future__ import annotations

from agreements.models import Party
from escalations.concerns.rules import Reader
from escalations.concerns.services.case import audit, in_hand, write
from escalations.concerns.services.telling import tell
from escalations.models import READ_CONCERN, ConcernReader, ConcernStep, PracticeConcern
from house import clock
from house.grants import grant, take_back
from house.refusals import NotYours, Refused
from parties.acting import Acting
from parties.models import Membership, Organisation, Person, Role, User
from parties.reader import members

Kind = ConcernStep.Kind


def name_reader(*, by: Acting, concern: PracticeConcern, person: Person) -> None:
    """Lets a colleague of one's own organisation read it, and tells them. Raises Refused for
    somebody who cannot log in there."""
    with in_hand(by=by, concern=concern) as reader:
        reader.require_writer()
        user = _user_there(person, reader.party.organisation)
        if user is None:
            raise Refused(
                f"{person} does not log in for {reader.party.name}, so they cannot read it.",
                field="person",
            )
        if not reads(reader.concern, user, reader.party):
            let_in(reader, user, reader.party)
            write(reader, Kind.LET_IN, about=[str(user)])
            tell(reader, [user], "named")


def end_reading(*, by: Acting, named: ConcernReader) -> None:
    """Ends a colleague's right, at once. Raises NotYours for another party's reader, Refused where
    nobody would be left who keeps the concern."""
    with in_hand(by=by, concern=named.concern) as reader:
        reader.require_writer()
        if named.party_id != reader.party.pk:
            raise NotYours("Only their own party says who of it reads this.")
        row = ConcernReader.objects.still_open().filter(pk=named.pk).first()
        if row is None:
            return  # ended by a colleague, or with the press before
        if not writers_left(reader.concern, reader.party, but=row.user):
            raise Refused("Name another editor or MoU manager first: nobody would be left.")
        let_out(reader, row)
        write(reader, Kind.LET_OUT, about=[str(row.user)])


def note_opened(*, by: Acting, concern: PracticeConcern) -> None:
    """Notes that somebody has opened its page, the first time."""
    rows = ConcernReader.objects.still_open().filter(
        concern=concern, user=by.who, read_at=None, party__spells__organisation=by.on_behalf_of
    )
    for pk in rows.values_list("pk", flat=True):
        ConcernReader.objects.filter(pk=pk, read_at=None).update(read_at=clock.now())


def let_in(reader: Reader, user: User, party: Party) -> ConcernReader:
    """The right and where it comes from. Call it with the concern locked."""
    grant(user=user, permission=READ_CONCERN, to=reader.concern)
    audit(reader, "grant", user=user.pk)
    return ConcernReader.objects.create(
        concern=reader.concern, party=party, user=user, named_by=reader.acting.who,
        named_at=clock.now(),
    )  # fmt: skip


def let_out(reader: Reader, named: ConcernReader) -> None:
    """Ends it; the grant too, unless they read it for another party. The concern is locked."""
    named.ended_by, named.ended_at = reader.acting.who, clock.now()
    named.save(update_fields=["ended_by", "ended_at"])
    still = ConcernReader.objects.still_open().filter(concern=named.concern_id, user=named.user)
    if not still.exists():
        take_back(user=named.user, permission=READ_CONCERN, to=reader.concern)
    audit(reader, "grant_ended", user=named.user_id)


def reads(concern: PracticeConcern, user: User, party: Party) -> bool:
    rows = ConcernReader.objects.still_open().filter(concern=concern, user=user, party=party)
    return bool(rows.exists())


def writers_left(concern: PracticeConcern, party: Party, *, but: User | None = None) -> bool:
    """Whether somebody of the party reads it who may write, without this one."""
    named = ConcernReader.objects.still_open().filter(concern=concern, party=party)
    there = Membership.objects.current().filter(
        organisation=party.organisation, role__in=[Role.EDITOR, Role.MANAGER],
        user__is_active=True, user__in=named.values("user"),
    )  # fmt: skip
    return bool(there.exclude(user=but).exists())


def _user_there(person: Person, organisation: Organisation) -> User | None:
    """Their account, where they log in for the organisation."""
    if person.pk not in members([organisation.pk])[organisation.pk]:
        return None
    found: User = person.user
    return found
