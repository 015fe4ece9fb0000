"""Who acts at each level of a disagreement, from today's contacts, posts and names (A24).

The terms name a post for each side and level. Where it is a contact role, its key contact acts
(away: the deputy); another title is whoever holds that post; otherwise the side names somebody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from django.db.models import Prefetch, prefetch_related_objects
from django.db.models.functions import Lower

from agreements.core.parties import contacts_in
from agreements.models import KeyContact, Party, read_parties
from agreements.terms import MANAGER_ROLE, Level
from escalations.models import Disagreement, Step
from house.once import each_once
from parties.models import Person, Post, Role, Team, User
from parties.reader import away, holders, members, stand_ins


@dataclass(frozen=True)
class OnLevel:
    """Who acts for one side at one level. Nobody does where `people` is empty."""

    level: Level
    party: Party
    people: tuple[Person, ...]
    team: Team | None = None
    source: Literal["contact", "post", "named"] = "named"
    # Whom the person stands in for.
    deputy_of: str = ""
    # Not where the terms say that the contact role which acts gets no mail.
    gets_mail: bool = True

    @property
    def post(self) -> str:
        """What the terms call whoever acts; empty where they name no post for this side."""
        return self.level.posts.get(self.party.slot, "")

    @property
    def is_vacant(self) -> bool:
        return not self.people

    @property
    def names(self) -> str:
        if self.team:
            return self.team.name
        return ", ".join(person.name for person in self.people)


class People:
    """Who acts at the levels of these disagreements (twelve queries at most, for any number).

    In a page or a job nothing is asked for twice. `with_names` says that the disagreements were
    read with `steps_with_names`.
    """

    def __init__(self, disagreements: Sequence[Disagreement], *, with_names: bool = False) -> None:
        read_parties(each.agreement for each in disagreements)
        self._parties = {each.pk: each.parties for each in disagreements}
        everybody = [party for of_one in self._parties.values() for party in of_one]
        organisations = {party.organisation.pk for party in everybody}
        self._contacts = contacts_of(everybody)
        rest = [party for party in everybody if (party.pk, MANAGER_ROLE) not in self._contacts]
        self._managers = managers_of({party.organisation.pk for party in rest})
        self._posts = holders_of(disagreements, organisations)
        given = (
            {each.pk: list(each.steps.all()) for each in disagreements}
            if with_names
            else _named(each.pk for each in disagreements)
        )
        self._named = _newest_names(given)
        self._members = members(organisations)
        absent = away(self._known(everybody))
        self._away = {key for key, is_away in absent.items() if is_away}
        self._instead = stand_ins(self._away) if self._away else {}

    def parties(self, disagreement: Disagreement) -> list[Party]:
        """Those that it is between, with organisations and names at hand."""
        return self._parties[disagreement.pk]

    def on(self, disagreement: Disagreement, level: Level, party: Party) -> OnLevel:
        post = level.posts.get(party.slot, "").lower()
        if found := self._by_contact(level, party):
            role = level.roles.get(party.slot, "")
            return replace(found, gets_mail=disagreement.terms.writes_to(party.slot, role))
        if holders := self._posts.get((party.organisation.pk, post)):
            return OnLevel(level, party, tuple(holders), source="post")
        named = self._named.get((disagreement.pk, level.key, party.pk))
        return OnLevel(level, party, (named,) if named else ())

    def must_be_recorded_for(self, person: Person, party: Party) -> bool:
        """Whether the person cannot act here: they have no account, or are away today."""
        may_log_in = self.may_log_in(person.pk, party)
        return not may_log_in or (person.pk, party.organisation.pk) in self._away

    def may_log_in(self, person_id: int, party: Party) -> bool:
        """Whether the person has an account with which they act for the party."""
        return person_id in self._members[party.organisation.pk]

    def need_a_record(self, on: OnLevel) -> bool:
        """Whether anybody who acts there cannot act here themselves."""
        return any(self.must_be_recorded_for(person, on.party) for person in on.people)

    def _known(self, everybody: Iterable[Party]) -> set[tuple[int, int]]:
        """Everybody who may turn out to act somewhere, each with the organisation they act for."""
        of = {party.pk: party.organisation.pk for party in everybody}
        found = {(each.pk, pk) for pk, of_one in self._managers.items() for each in of_one}
        found |= {(each.pk, pk) for (pk, _), of_one in self._posts.items() for each in of_one}
        found |= {(each.pk, of[party]) for (*_, party), each in self._named.items()}
        for (party, _), contact in self._contacts.items():
            members = contact.team.members.all() if contact.team else ()
            people = {contact.person_id, contact.deputy_id, *(each.person_id for each in members)}
            found |= {(pk, of[party]) for pk in people if pk}
        return found

    def _by_contact(self, level: Level, party: Party) -> OnLevel | None:
        """Where the post is a contact role; None where it is none, or nobody holds it."""
        role = level.roles.get(party.slot, "")
        if contact := self._contacts.get((party.pk, role)):
            return self._of_contact(contact, level, party)
        managers = self._managers[party.organisation.pk] if role == MANAGER_ROLE else []
        return OnLevel(level, party, tuple(managers), source="contact") if managers else None

    def _of_contact(self, contact: KeyContact, level: Level, party: Party) -> OnLevel:
        if contact.team:
            members = tuple(m.person for m in contact.team.members.all() if m.is_current)
            return OnLevel(level, party, members, team=contact.team, source="contact")
        assert contact.person  # noqa: S101 - a contact is a person or a team
        here = (contact.person.pk, party.organisation.pk)
        instead = self._instead.get(here) or contact.deputy
        if instead and here in self._away:
            away = contact.person.name
            return OnLevel(level, party, (instead,), source="contact", deputy_of=away)
        return OnLevel(level, party, (contact.person,), source="contact")


def contacts_of(parties: Collection[Party]) -> dict[tuple[int, str], KeyContact]:
    contacts = contacts_in(party.pk for party in parties)
    teams = [contact.team for contact in contacts.values() if contact.team]
    prefetch_related_objects(teams, "members__person__user")
    return contacts


def managers_of(organisations: Collection[int]) -> dict[int, list[Person]]:
    """Whoever holds the role of MoU manager, for sides that have named no contact."""
    there = holders((pk, Role.MANAGER) for pk in organisations)
    people = {
        pk: [user.person for user in users if user.person] for (pk, _), users in there.items()
    }
    return {pk: sorted(found, key=lambda person: person.name) for pk, found in people.items()}


def holders_of(
    disagreements: Sequence[Disagreement], organisations: Collection[int]
) -> dict[tuple[int, str], list[Person]]:
    """Whoever holds a post of this title, for the posts that the terms name."""
    levels = [level for each in disagreements for level in each.terms.levels]
    titles = {post.lower() for level in levels for post in level.posts.values()}
    return _in_posts((pk, title) for pk in organisations for title in titles)


@each_once(Post, Person, User)
def _in_posts(asked: Collection[tuple[int, str]]) -> dict[tuple[int, str], list[Person]]:
    """By organisation and title, in small letters (one query)."""
    found: dict[tuple[int, str], list[Person]] = {key: [] for key in asked}
    posts = Post.objects.current().annotate(called=Lower("title"))
    held = posts.filter(
        called__in={title for _, title in asked}, organisation__in={pk for pk, _ in asked}
    )
    for post in held.select_related("person__user").order_by("person__name", "pk"):
        found.get((post.organisation_id, post.title.lower()), []).append(post.person)
    return found


def steps_with_names() -> Prefetch[str]:
    """The steps with whom they name at hand."""
    return Prefetch("steps", Step.objects.select_related("named__user"))


def _newest_names(given: Mapping[int, Sequence[Step]]) -> dict[tuple[int, str, int], Person]:
    """The newest name that each side gave for each level; none where that person left since."""
    newest = {
        (pk, step.level, step.party_id): step.named
        for pk, steps in given.items()
        for step in steps
        if step.kind == Step.Kind.NAMED
    }
    return {key: named for key, named in newest.items() if named}


@each_once(Step, Person, User)
def _named(disagreements: Collection[int]) -> dict[int, list[Step]]:
    """By disagreement the steps with which somebody was named, in order (one query)."""
    found: dict[int, list[Step]] = {pk: [] for pk in disagreements}
    steps = Step.objects.filter(disagreement__in=found, kind=Step.Kind.NAMED)
    for step in steps.select_related("named__user").order_by("at", "pk"):
        found[step.disagreement_id].append(step)
    return found
