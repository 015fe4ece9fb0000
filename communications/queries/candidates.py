"""Whom the page offers for a draft: key contacts first, then teams, then others one may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from agreements.core.parties import contacts_in
from agreements.core.telling import role_label
from agreements.models import Party
from communications.models import Announcement
from communications.queries.agreements import other_organisations, parties_of_announcement
from communications.queries.readers import Reader, can_log_in
from nhsuk.words import in_sentence
from parties.acting import Acting
from parties.models import Organisation, Person, Team, TeamMember
from parties.queries import people_of
from parties.reader import is_away

NO_ACCOUNT = "Has no account here, so cannot read a draft."
EMPTY_TEAM = "Nobody in this team has an account here, so nobody could read it."
# Whom a draft usually goes to stands first.
PRESS = Team.Purpose.PRESS
ROLES = ("primary_liaison", "mou_manager")


@dataclass(frozen=True)
class Candidate:
    """One line of the form: its key, what it says, and what is worth knowing."""

    key: str
    label: str
    reader: Reader
    hint: str = ""


@dataclass(frozen=True)
class Candidates:
    """Those of one other party."""

    organisation: Organisation
    those: Sequence[Candidate]

    @property
    def field(self) -> str:
        return f"readers_{self.organisation.pk}"


def candidates_for(announcement: Announcement, acting: Acting) -> list[Candidates]:
    """For each other party whom one may choose."""
    parties = parties_of_announcement(announcement)
    return [
        Candidates(organisation, list(_of(organisation, parties, acting)))
        for organisation in other_organisations(parties, announcement.owner_id)
    ]


def _of(
    organisation: Organisation, parties: Iterable[Party], acting: Acting
) -> Iterable[Candidate]:
    able = can_log_in(organisation)
    held = [party for party in parties if party.organisation.pk == organisation.pk]
    roles = _contact_roles(held)
    seen = people_of(organisation, acting)
    titles = {here.person: here.titles for here in seen}
    for person in sorted(roles, key=lambda each: _rank(roles[each].values())):
        yield _person(organisation, person, ", ".join(roles[person]), able)
    yield from _teams(organisation, able)
    for person in titles:
        if person not in roles:
            yield _person(organisation, person, ", ".join(titles[person]), able)


def _rank(roles: Iterable[str]) -> int:
    return min(ROLES.index(role) if role in ROLES else len(ROLES) for role in roles)


def _contact_roles(parties: Sequence[Party]) -> dict[Person, dict[str, str]]:
    """The key contacts and deputies of these parties: what each is called -> the role's key."""
    found: dict[Person, dict[str, str]] = defaultdict(dict)
    by_id = {party.pk: party for party in parties}
    for (pk, _), contact in contacts_in(by_id).items():
        label = role_label(by_id[pk], contact.role)
        for person, words in ((contact.person, label), (contact.deputy, f"deputy {label}")):
            if person:
                found[person].setdefault(words, contact.role)
    return found


def _person(
    organisation: Organisation, person: Person, what: str, able: frozenset[int]
) -> Candidate:
    hint = "" if person.pk in able else NO_ACCOUNT
    if not hint and is_away(person):
        hint = "Is away now."
    return Candidate(
        key=f"person-{person.pk}",
        label=f"{person.name}, {in_sentence(what)}" if what else person.name,
        reader=Reader(organisation, person=person),
        hint=hint,
    )


def _teams(organisation: Organisation, able: frozenset[int]) -> Iterable[Candidate]:
    teams = Team.objects.filter(organisation=organisation)
    places = TeamMember.objects.current().filter(team__in=teams)
    members: dict[int, set[int]] = defaultdict(set)
    for place in places:
        members[place.team_id].add(place.person_id)
    for team in sorted(teams.order_by("name"), key=lambda each: each.purpose != PRESS):
        yield Candidate(
            key=f"team-{team.pk}",
            label=f"{team.name} (team)",
            reader=Reader(organisation, team=team),
            hint="" if members[team.pk] & able else EMPTY_TEAM,
        )
