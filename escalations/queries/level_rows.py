"""The rows from which it follows who acts at the levels of disagreements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from django.db.models import prefetch_related_objects
from django.db.models.functions import Lower

from agreements.core.parties import contacts_in
from agreements.models import KeyContact, Party, read_parties
from escalations.models import Disagreement, Step
from parties.models import Person, Post, Role
from parties.reader import away, holders, members


def parties_of(disagreements: Sequence[Disagreement]) -> dict[int, list[Party]]:
    read_parties(each.agreement for each in disagreements)
    return {each.agreement_id: each.agreement.sides for each in disagreements}


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


def titles_of(disagreements: Sequence[Disagreement]) -> set[str]:
    return {
        post.lower()
        for disagreement in disagreements
        for level in disagreement.terms.levels
        for post in level.posts.values()
    }


def holders_of(
    titles: Collection[str], organisations: Collection[int]
) -> dict[tuple[int, str], list[Person]]:
    posts = Post.objects.current().annotate(called=Lower("title"))
    held = posts.filter(called__in=titles, organisation__in=organisations)
    found: dict[tuple[int, str], list[Person]] = defaultdict(list)
    for post in held.select_related("person__user").order_by("person__name", "pk"):
        found[post.organisation_id, post.title.lower()].append(post.person)
    return found


def named_in(disagreements: Sequence[Disagreement]) -> dict[tuple[int, str, int], Person]:
    """The newest name that each side gave for each level."""
    steps = Step.objects.filter(
        disagreement__in=[each.pk for each in disagreements], kind=Step.Kind.NAMED
    )
    return {
        (step.disagreement_id, step.level, step.party_id): step.named
        for step in steps.select_related("named__user").order_by("at", "pk")
        if step.named
    }


def accounts_of(organisations: Collection[int]) -> set[tuple[int, int]]:
    """(person, organisation) for all who can log in."""
    return {(person, pk) for pk, people in members(organisations).items() for person in people}


def away_of(people: Collection[int]) -> set[int]:
    return {pk for pk, is_away in away(people).items() if is_away}
