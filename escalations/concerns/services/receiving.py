"""A party gets a concern that is shared with it, and none is left without anybody who reads it."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Exists, OuterRef, QuerySet

from agreements.core.recipients import managers_of, read_managers
from agreements.models import Party, PartySpell, read_parties
from deadlines.kinds import Recipient
from escalations.concerns.rules import Reader
from escalations.concerns.services.case import write
from escalations.concerns.services.reading import let_in, reads
from escalations.concerns.services.telling import tell, tell_by_link
from escalations.models import ConcernReader, ConcernShare, ConcernStep, PracticeConcern
from house import clock
from house.lifecycle import lock
from house.once import one_job
from parties.acting import Acting
from parties.models import Membership, Role, User
from parties.models.dated import holds_on
from parties.reader import holders, members

MOST = 200


def receive(reader: Reader, party: Party) -> None:
    """The party's MoU manager reads it from now on and is told: the key contact or their deputy,
    else whoever holds the role; without an account by a link. The concern is locked."""
    told = managers_of(party)
    users = _accounts(party, told)
    new = [user for user in users if not reads(reader.concern, user, party)]
    for user in new:
        let_in(reader, user, party)
    if new:
        write(reader, ConcernStep.Kind.LET_IN, about=[str(user) for user in new])
    tell(reader, new, "shared", party=party)
    for each in told if not users else ():
        if each.person_id:
            tell_by_link(reader, each, party)


def reached(parties: Collection[Party]) -> dict[int, bool]:
    """Party id -> whether anybody of it can be told of a concern now."""
    read_for(parties)
    return {
        party.pk: bool(_accounts(party, told) or any(each.person_id for each in told))
        for party in parties
        for told in [managers_of(party)]
    }


def read_for(parties: Collection[Party]) -> None:
    """Keeps at hand who looks after the MoU for these, in as few queries for many as for one."""
    read_managers(parties)
    members(party.organisation.pk for party in parties)


def _accounts(party: Party, told: Collection[Recipient]) -> list[User]:
    """Those of them who log in for the party; for a team, or where none of them does, whoever is
    its MoU manager. An address that many read opens nothing."""
    of = party.organisation.pk
    there = members([of])[of]
    wanted = {each.person_id for each in told if each.person_id in there}
    found = list(User.objects.filter(person__in=wanted, is_active=True).order_by("pk"))
    if found or any(each.person_id for each in told):
        return found
    return list(holders([(of, Role.MANAGER)])[of, Role.MANAGER])


def shared_with(party: Party, pk: str) -> PracticeConcern | None:
    """The concern with this id, where it is shared with the party now."""
    rows = PracticeConcern.objects.filter(shares__party=party, shares__ended_at=None)
    found = rows.select_related("agreement", "practice").filter(pk=int(pk)).first()
    if found:
        found.agreement = party.agreement
    return found


def contact_named(party: Party, by: Acting) -> None:
    """Somebody stands for the party by now: what was shared while nobody did is theirs to read."""
    rows = ConcernShare.objects.filter(party=party, ended_at=None)
    lacking = rows.exclude(Exists(_able(OuterRef("concern"), OuterRef("party"))))
    for share in lacking.select_related("concern__agreement").order_by("concern"):
        _see_to(share.concern, party, by)


def see_to_unread() -> None:
    """Lets the MoU manager read what nobody of a party reads any more: they left, lost their role,
    or their organisation was succeeded. Else it would be lost (record 0078)."""
    of_owner = _able(OuterRef("pk"), OuterRef("party"))
    own = PracticeConcern.objects.not_closed().exclude(Exists(of_owner))
    for concern in own.select_related("agreement", "party").order_by("pk")[:MOST]:
        _by_the_portal(concern, concern.party)
    shares = ConcernShare.objects.filter(
        ended_at=None, concern__state=PracticeConcern.State.SHARED
    ).exclude(Exists(_able(OuterRef("concern"), OuterRef("party"))))
    # Whoever has no account was sent a link.
    shares = shares.filter(Exists(_was_read(OuterRef("concern"), OuterRef("party"))))
    rows = shares.select_related("concern__agreement", "party").order_by("concern")[:MOST]
    for share in rows:
        _by_the_portal(share.concern, share.party)


def _by_the_portal(concern: PracticeConcern, party: Party) -> None:
    read_parties([concern.agreement])
    side = next(each for each in concern.agreement.sides if each.pk == party.pk)
    managers = holders([(side.organisation.pk, Role.MANAGER)])[side.organisation.pk, Role.MANAGER]
    if managers:
        with one_job():
            by = Acting(User.objects.system(), side.organisation)
            _see_to(concern, side, by)


def _see_to(concern: PracticeConcern, party: Party, by: Acting) -> None:
    current = lock(concern)
    current.agreement = concern.agreement
    receive(Reader(by, current, party), party)


def _able(concern: OuterRef, party: OuterRef) -> QuerySet[ConcernReader]:
    """Of a party the readers who log in for whoever holds it today, as editor or MoU manager.

    `concern` and `party` are the way to both from the rows that are asked for.
    """
    held = PartySpell.objects.filter(holds_on(clock.today()), party=OuterRef(OuterRef("party")))
    working = Membership.objects.current().filter(
        user=OuterRef("user"), user__is_active=True, role__in=[Role.EDITOR, Role.MANAGER],
        organisation__in=held.values("organisation"),
    )  # fmt: skip
    rows = ConcernReader.objects.still_open().filter(concern=concern, party=party)
    return rows.filter(Exists(working))


def _was_read(concern: OuterRef, party: OuterRef) -> QuerySet[ConcernReader]:
    return ConcernReader.objects.filter(concern=concern, party=party)
