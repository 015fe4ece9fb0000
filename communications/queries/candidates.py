"""Whom the page offers for a draft: key contacts first, then teams, then others one may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.db.models import Prefetch

from agreements.core.parties import contacts_in
from agreements.core.recipients import role_label
from agreements.models import Party
from communications.models import Announcement
from communications.queries.agreements import other_organisations, parties_of_announcement
from communications.queries.readers import Reader
from communications.queries.touched import touched_among
from nhsuk.words import in_sentence
from parties.acting import Acting
from parties.models import Organisation, Person, Team, TeamMember
from parties.queries import people_in
from parties.reader import away, members

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
    # A key contact, a deputy or a team, to whom drafts go as a rule.
    is_usual: bool = True


@dataclass(frozen=True)
class Candidates:
    """Those of one other party."""

    organisation: Organisation
    those: Sequence[Candidate]
    # The announcement is about them.
    is_touched: bool = False

    @property
    def usual(self) -> list[Candidate]:
        return [each for each in self.those if each.is_usual]

    @property
    def others(self) -> list[Candidate]:
        return [each for each in self.those if not each.is_usual]

    @property
    def field(self) -> str:
        return f"readers_{self.organisation.pk}"


def candidates_for(announcement: Announcement, acting: Acting) -> list[Candidates]:
    """For each other party whom one may choose, first those whom it is about (thirteen queries,
    for any number)."""
    parties = parties_of_announcement(announcement)
    touched = {each.pk for each in touched_among(announcement, parties)}
    others = other_organisations(parties, announcement.owner_id)
    if len(touched) >= len(others):
        touched = set()
    others.sort(key=lambda each: each.pk not in touched)
    known = _Known(parties, {each.pk for each in others}, acting)
    return [Candidates(each, list(_of(each, known)), each.pk in touched) for each in others]


class _Known:
    """What the lines of several organisations rest on, each by the organisation's id."""

    def __init__(
        self, parties: Sequence[Party], organisations: Collection[int], acting: Acting
    ) -> None:
        self.roles = _contact_roles(parties)
        self.people = people_in(organisations, acting)
        self.teams = _teams_in(organisations)
        self.able = members(organisations)
        people = {(here.person.pk, pk) for pk, those in self.people.items() for here in those}
        people |= {(person.pk, pk) for pk, those in self.roles.items() for person in those}
        self.away = away(people)


def _of(organisation: Organisation, known: _Known) -> Iterator[Candidate]:
    roles = known.roles[organisation.pk]
    titles = {here.person: here.titles for here in known.people[organisation.pk]}
    for person in sorted(roles, key=lambda each: _rank(roles[each].values())):
        yield _person(organisation, person, ", ".join(roles[person]), known)
    for team in known.teams[organisation.pk]:
        yield _team(organisation, team, known)
    for person in titles:
        if person not in roles:
            one = _person(organisation, person, ", ".join(titles[person]), known)
            yield replace(one, is_usual=False)


def _rank(roles: Iterable[str]) -> int:
    return min(ROLES.index(role) if role in ROLES else len(ROLES) for role in roles)


def _contact_roles(parties: Iterable[Party]) -> dict[int, dict[Person, dict[str, str]]]:
    """Organisation id -> the key contacts and deputies of its sides: what each is called -> the
    role's key."""
    found: dict[int, dict[Person, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    by_id = {party.pk: party for party in parties}
    for (pk, _), contact in contacts_in(by_id).items():
        party, label = by_id[pk], role_label(by_id[pk], contact.role)
        for person, words in ((contact.person, label), (contact.deputy, f"deputy {label}")):
            if person:
                found[party.organisation.pk][person].setdefault(words, contact.role)
    return found


def _teams_in(organisations: Collection[int]) -> dict[int, list[Team]]:
    """Organisation id -> its teams, the press office first; `now` are their members today."""
    now = Prefetch("members", TeamMember.objects.current(), to_attr="now")
    rows = Team.objects.filter(organisation__in=organisations).order_by("name")
    found: dict[int, list[Team]] = {pk: [] for pk in organisations}
    for team in sorted(rows.prefetch_related(now), key=lambda each: each.purpose != PRESS):
        found[team.organisation_id].append(team)
    return found


def _person(organisation: Organisation, person: Person, what: str, known: _Known) -> Candidate:
    hint = "" if person.pk in known.able[organisation.pk] else NO_ACCOUNT
    if not hint and known.away[person.pk, organisation.pk]:
        hint = "Is away now."
    return Candidate(
        key=f"person-{person.pk}",
        label=f"{person.name}, {in_sentence(what)}" if what else person.name,
        reader=Reader(organisation, person=person),
        hint=hint,
    )


def _team(organisation: Organisation, team: Team, known: _Known) -> Candidate:
    members_now = {place.person_id for place in team.now}  # type: ignore[attr-defined]
    return Candidate(
        key=f"team-{team.pk}",
        label=f"{team.name} (team)",
        reader=Reader(organisation, team=team),
        hint="" if members_now & known.able[organisation.pk] else EMPTY_TEAM,
    )
