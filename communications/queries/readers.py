"""Whom a draft can be shared with, who can read it, and since when each party has one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min

from agreements.models import Party
from communications.models import Announcement, Draft, Share
from communications.queries.agreements import others_of
from deadlines.kinds import Recipient, of_person
from house.once import each_once
from parties.models import Organisation, Person, Team, TeamMember
from parties.reader import members


@dataclass(frozen=True)
class Reader:
    """A person or a team of another party, as somebody who may get a draft."""

    organisation: Organisation
    person: Person | None = None
    team: Team | None = None

    @property
    def name(self) -> str:
        return str(self.person or self.team)


def can_log_in(organisation: Organisation) -> frozenset[int]:
    """Ids of the people who have an account and belong to the organisation today."""
    return members([organisation.pk])[organisation.pk]


def can_read(reader: Reader | Share) -> bool:
    """Whether the person, or anybody in the team, can log in for the organisation now."""
    able = can_log_in(reader.organisation)
    if reader.person:
        return reader.person.pk in able
    places = TeamMember.objects.current().filter(team=reader.team)
    return not able.isdisjoint(places.values_list("person", flat=True))


def planner_of(announcement: Announcement) -> list[Recipient]:
    """Whoever planned it or followed them, as long as they belong to the organisation that
    announces."""
    person, owner = announcement.keeper, announcement.owner
    if person is None or person.pk not in can_log_in(owner):
        return []
    did = "took over" if announcement.kept_by_id else "planned"
    found = of_person(person, owner, f"you {did} this announcement.")
    return [found] if found else []


@each_once(Team)
def press_teams(organisations: Collection[int]) -> dict[int, list[Team]]:
    """The press teams of each organisation (one query)."""
    found: dict[int, list[Team]] = {pk: [] for pk in organisations}
    rows = Team.objects.filter(organisation__in=found, purpose=Team.Purpose.PRESS)
    for team in rows.order_by("pk"):
        found[team.organisation_id].append(team)
    return found


def shares_of(announcement: Announcement) -> list[Share]:
    """The open shares of all its drafts, with names at hand (two queries)."""
    shares = Share.objects.still_open().filter(draft__announcement=announcement)
    rows = shares.select_related(
        "draft", "person__user", "team", "organisation", "shared_by__person"
    )
    return list(rows.prefetch_related("organisation__names"))


def new_among(draft: Draft, readers: Collection[Reader]) -> list[Reader]:
    """Those of the readers, each once, with whom this draft is not shared now."""
    rows = draft.shares.filter(ended_at=None).select_related("organisation", "person", "team")
    held = {Reader(each.organisation, each.person, each.team) for each in rows}
    return [reader for reader in dict.fromkeys(readers) if reader not in held]


def reached_at(
    parties: Iterable[Party], owner_id: int, first: Mapping[int, datetime]
) -> datetime | None:
    """When the last of an agreement's other parties first had a draft; None while one has none.

    `first` is what `first_shares` gives: a share that was taken back counts no more.
    """
    others = others_of(parties, owner_id)
    if not others or any(each.pk not in first for each in others):
        return None
    return max(first[each.pk] for each in others)


def first_shares(announcement_id: int) -> dict[int, datetime]:
    """Organisation id -> when it first had a draft, of the shares that are still open."""
    shares = Share.objects.still_open().filter(draft__announcement=announcement_id)
    rows = shares.order_by().values("organisation").annotate(first=Min("shared_at"))
    return dict(rows.values_list("organisation", "first"))
