"""A party gets a concern that is shared with it, and none is left without anybody who reads it."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q

from agreements.core.recipients import has_manager, managers_of, read_managers
from agreements.models import Party, PartySpell
from deadlines.kinds import Recipient, of_role
from escalations.concerns.rules import Reader
from escalations.concerns.services.case import party_in, write
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
    told = _told(party)
    users = _accounts(party, told)
    _let_in(reader, users, party)
    by_link = [each for each in told if each.person_id] if not users else []
    for each in by_link:
        tell_by_link(reader, each, party)
    if users or by_link:
        open_one = reader.concern.shares.filter(party=party, ended_at=None)
        open_one.update(told_at=clock.now())


def _let_in(reader: Reader, users: Collection[User], party: Party) -> None:
    new = [user for user in users if not reads(reader.concern, user, party)]
    for user in new:
        let_in(reader, user, party)
    if new:
        write(reader, ConcernStep.Kind.LET_IN, about=[str(user) for user in new])
    tell(reader, new, "shared", party=party)


def reached(parties: Collection[Party]) -> dict[int, bool]:
    """Party id -> whether anybody of it can be told of a concern now."""
    read_for(parties)
    return {
        party.pk: bool(_accounts(party, told) or any(each.person_id for each in told))
        for party in parties
        for told in [_told(party)]
    }


def read_for(parties: Collection[Party]) -> None:
    """Keeps at hand who looks after the MoU for these, in as few queries for many as for one."""
    read_managers(parties)
    members(party.organisation.pk for party in parties)


def _told(party: Party) -> list[Recipient]:
    """Who looks after the MoU there. Nobody, where other e-mails go to its administrators: they see
    to accounts, and are told of no concern."""
    manages = has_manager(party) or not of_role(party.organisation, Role.ADMINISTRATOR)
    return managers_of(party) if manages else []


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


def contact_named(party: Party) -> None:
    """Somebody else stands for the party by now: the next sweep tells them of what is shared with
    it, where nobody of it reads that. Not here: deadlines are locked, and a concern is before."""
    rows = ConcernShare.objects.filter(party=party, ended_at=None)
    rows.exclude(_read(OuterRef("concern"))).update(told_at=None)


def see_to_unread() -> None:
    """Lets in whoever there is, where nobody of a party reads any more: they left, lost their role,
    or their organisation was succeeded; or nobody could be told yet (record 0078)."""
    kept = _read(OuterRef("pk"), Role.EDITOR, Role.MANAGER)
    own = PracticeConcern.objects.not_closed().filter(_is_held()).exclude(kept)
    for concern in own.select_related("agreement").order_by("pk")[:MOST]:
        _see_to(concern, concern.party_id, own=True)
    shares = ConcernShare.objects.filter(_is_held(), ended_at=None)
    shares = shares.exclude(_read(OuterRef("concern")))
    had = ConcernReader.objects.filter(concern=OuterRef("concern"), party=OuterRef("party"))
    rows = shares.filter(Q(told_at=None) | Q(Exists(had))).select_related("concern__agreement")
    for share in rows.order_by("concern", "pk")[:MOST]:
        _see_to(share.concern, share.party_id, own=False)


def _see_to(concern: PracticeConcern, pk: int, *, own: bool) -> None:
    """Of its own party whoever holds the role of MoU manager: somebody has to decide about it."""
    party = party_in(concern, pk)
    of = party.organisation.pk
    managers = holders([(of, Role.MANAGER)])[of, Role.MANAGER]
    if not (managers if own else reached([party])[pk]):
        return
    with one_job():
        current = lock(concern)
        current.agreement = concern.agreement
        reader = Reader(Acting(User.objects.system(), party.organisation), current, party)
        if own:
            _let_in(reader, managers, party)
        else:
            receive(reader, party)


def _is_held() -> Exists:
    """That somebody holds the row's party today: one that has left lets nobody else in."""
    return Exists(PartySpell.objects.filter(holds_on(clock.today()), party=OuterRef("party")))


def _read(concern: OuterRef, *roles: str) -> Exists:
    """That somebody of the row's party reads the concern, who logs in for whoever holds the party
    today, in one of these roles or in any. `concern` is the way to it from the row."""
    held = PartySpell.objects.filter(holds_on(clock.today()), party=OuterRef(OuterRef("party")))
    working = Membership.objects.current().filter(
        user=OuterRef("user"), user__is_active=True, role__in=roles or Role.values,
        organisation__in=held.values("organisation"),
    )  # fmt: skip
    rows = ConcernReader.objects.still_open().filter(concern=concern, party=OuterRef("party"))
    return Exists(rows.filter(Exists(working)))
