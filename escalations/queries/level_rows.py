"""The rows from which it follows who acts at the levels of disagreements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from django.db.models.functions import Lower

from agreements.core.parties import with_organisations
from agreements.models import KeyContact, Party
from escalations.models import Disagreement, Step
from parties.models import Absence, Membership, Person, Post, Role


def parties_of(disagreements: Sequence[Disagreement]) -> dict[int, list[Party]]:
    found: dict[int, list[Party]] = defaultdict(list)
    agreements = {each.agreement_id: each.agreement for each in disagreements}
    for party in Party.objects.filter(agreement__in=agreements).prefetch_related(
        with_organisations()
    ):
        party.agreement = agreements[party.agreement_id]
        found[party.agreement_id].append(party)
    return found


def contacts_of(parties: Collection[Party]) -> dict[tuple[int, str], KeyContact]:
    held = KeyContact.objects.filter(party__in=[party.pk for party in parties]).current()
    contacts = held.select_related("person__user", "deputy__user", "team").prefetch_related(
        "team__members__person__user"
    )
    return {(contact.party_id, contact.role): contact for contact in contacts}


def managers_of(organisations: Collection[int]) -> dict[int, list[Person]]:
    """Whoever holds the role of MoU manager, for sides that have named no contact."""
    held = Membership.objects.current().filter(
        organisation__in=organisations,
        role=Role.MANAGER,
        user__is_active=True,
        user__person__isnull=False,
    )
    found: dict[int, list[Person]] = defaultdict(list)
    for membership in held.select_related("user__person").order_by("user__person__name"):
        if membership.user.person:
            found[membership.organisation_id].append(membership.user.person)
    return found


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


def accounts_of(people: Collection[int], organisations: Collection[int]) -> set[tuple[int, int]]:
    """Who of them can log in for which organisation."""
    active = Membership.objects.current().filter(
        user__person__in=people, organisation__in=organisations, user__is_active=True
    )
    return set(active.values_list("user__person", "organisation"))


def away_of(people: Collection[int]) -> set[int]:
    away = Absence.objects.current().filter(person__in=people)
    return set(away.values_list("person", flat=True))
