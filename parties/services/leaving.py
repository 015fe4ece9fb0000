"""Somebody leaves an organisation: all that they hold in every room is handed over in one act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date

from audit.services import record
from house import clock
from house.refusals import Refused
from house.rooms import rooms
from nhsuk.words import or_list, plural
from parties.acting import Acting
from parties.holdings import Holding, all_held, followers, may_have
from parties.models import Departure, HandedOver, Invitation, Membership, Organisation, Person, Role
from parties.queries import open_invitations
from parties.services.enrolling import give_or_invite
from parties.services.people import Leaving, add_person, cut_short, open_rows
from parties.services.telling import tell_of_leaving
from parties.who import administering, must_leave_an_administrator


@dataclass(frozen=True)
class Successors:
    """Who takes over: one person for all that nobody else is named for, and others by key; None
    there is nobody. `newcomer` is somebody who is not in the organisation yet. Whoever takes over
    the rest gets `roles`: at once with an account there, else by an invitation."""

    rest: Person | None = None
    each: Mapping[str, Person | None] | None = None
    newcomer: Mapping[str, str | bool] | None = None
    roles: Sequence[str] = ()


NOBODY = Successors()


@dataclass(frozen=True)
class Left:
    """What came of it: how many posts, roles and places end, and what was handed over."""

    departure: Departure
    ended: int
    handed_over: int
    vacant: int
    invited: str = ""

    @property
    def sentence(self) -> str:
        said = f"{self.departure.person} leaves. {self.ended} posts, roles and places end."
        if self.handed_over:
            said += f"\n{plural(self.handed_over, 'thing is', 'things are')} handed over."
        if self.vacant:
            said += f"\nNobody follows yet in {plural(self.vacant, 'thing')}."
        return "\n".join(filter(None, [said, self.invited]))


def leave(
    *,
    by: Acting,
    organisation: Organisation,
    person: Person,
    last_day: date,
    successors: Successors = NOBODY,
) -> Left:
    """Ends all that a person holds in the organisation, and hands it over, in one act.

    What nobody takes over falls vacant: each room sees to its own. The successors and the MoU
    managers are told. Raises Refused for somebody who holds nothing any more, for the last
    administrator, for a successor of another organisation, or one without a role that is needed.
    """
    with administering(by, organisation):
        _check_who(person, successors)
        held = all_held(person, organisation)
        _check_holds(organisation, person, held)
        rest, invited = _rest(by, organisation, successors)
        each = successors.each or {}
        _check_each(organisation, held, each)
        found = followers(held, organisation, rest, each)
        leaving = Leaving(by, organisation, person, last_day, found)
        rows = _end_rows(by, organisation, person, last_day)
        _hand_over(leaving)
        departure = _write(leaving, held)
        tell_of_leaving(departure)
    vacant = sum(1 for each in held if each.can_be_vacant and each.key not in found)
    return Left(departure, rows, len(found), vacant, invited)


def _check_who(person: Person, successors: Successors) -> None:
    named = [successors.rest, *(successors.each or {}).values()]
    if person in named:
        raise Refused("Choose somebody else to take over.", field="successor")
    if successors.rest and successors.newcomer:
        raise Refused("Choose somebody, or enter somebody new: not both.", field="name")


def _check_holds(organisation: Organisation, person: Person, held: Sequence[Holding]) -> None:
    """Two of its administrators may do it at once: the organisation is locked, and the second one
    finds nothing to hand over."""
    if not any(each.key for each in held) and not open_rows(organisation, person):
        raise Refused(f"{person.name} holds nothing here that could be handed over or ended.")


def _rest(by: Acting, organisation: Organisation, said: Successors) -> tuple[Person | None, str]:
    """Who takes over the rest, with the roles that were ticked, and a sentence of an invitation."""
    person = said.rest
    if said.newcomer:
        person = add_person(by=by, organisation=organisation, **said.newcomer)  # type: ignore[arg-type]
    if person is None:
        return None, ""
    _check_of(organisation, person, "successor")
    if not said.roles or any(each.person == person for each in open_invitations(organisation)):
        return person, ""
    enrolled = give_or_invite(by, organisation, person, said.roles)
    return person, f"We sent an invitation to {person.email}." if enrolled.invited else ""


def _check_each(
    organisation: Organisation, held: Sequence[Holding], each: Mapping[str, Person | None]
) -> None:
    by_key = {holding.key: holding for holding in held if holding.key}
    for key, person in each.items():
        if person is None or key not in by_key:
            continue
        _check_of(organisation, person, key)
        if not may_have(by_key[key], person, organisation):
            needed = or_list(str(Role(role).label) for role in by_key[key].needs)
            raise Refused(f"{person.name} has not the role for it: {needed}.", field=key)


def _check_of(organisation: Organisation, person: Person, field: str) -> None:
    if not Person.objects.of(organisation.pk).filter(pk=person.pk).exists():
        raise Refused(f"Choose somebody of {organisation.name}.", field=field)


def _end_rows(by: Acting, organisation: Organisation, person: Person, last_day: date) -> int:
    """Ends posts, roles, seats and places in teams, and takes back an open invitation."""
    rows = open_rows(organisation, person)
    roles = [row.pk for row in rows if isinstance(row, Membership)]
    must_leave_an_administrator(organisation, without=roles)
    for row in rows:
        cut_short(row, last_day)
    for asked in open_invitations(organisation):
        if asked.person == person:
            _take_back(asked)
    ended = [f"{row._meta.label_lower} {row.pk}" for row in rows]
    own = getattr(person, "user", None) == by.user
    record(by, "ended all of a person", person, ended=ended, last_day=str(last_day), own=own)
    return len(rows)


def _take_back(invitation: Invitation) -> None:
    invitation.withdrawn_at = clock.now()
    invitation.save(update_fields=["withdrawn_at"])


def _hand_over(leaving: Leaving) -> None:
    """Asks each room. All of them lock before the first one writes, in the one order of locks."""
    with ExitStack() as around:
        for room in rooms():
            around.enter_context(room.handing_over(leaving))
        for room in sorted(rooms(), key=lambda room: room.locks_at):
            room.lock_held(leaving)
        for room in rooms():
            room.person_leaves(leaving)


def _write(leaving: Leaving, held: Sequence[Holding]) -> Departure:
    by = leaving.by.who
    departure = Departure.objects.create(
        organisation=leaving.organisation, person=leaving.person, last_day=leaving.last_day,
        by=by, at=clock.now(),
    )  # fmt: skip
    HandedOver.objects.bulk_create(_thing(departure, leaving, each) for each in held)
    return departure


def _thing(departure: Departure, leaving: Leaving, holding: Holding) -> HandedOver:
    follows = leaving.follows(holding.key)
    return HandedOver(
        departure=departure,
        text=holding.text[:400],
        url=holding.url,
        sheet=holding.sheet,
        successor=follows,
        otherwise="" if follows else holding.otherwise,
        is_vacant=holding.can_be_vacant and not follows,
    )
