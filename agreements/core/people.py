"""Whose names a form offers: people of one's own organisation."""

from __future__ import annotations

from django.db.models import QuerySet

from parties.models import Membership, Organisation, Person, Post, Role


def people_of(organisation: Organisation) -> QuerySet[Person]:
    """Everybody with a post or a role in the organisation today, by name."""
    posts = Post.objects.current().filter(organisation=organisation).values("person")
    members = Membership.objects.current().filter(
        organisation=organisation, user__is_active=True, user__person__isnull=False
    )
    found = Person.objects.filter(pk__in=posts.union(members.values("user__person")))
    return found.order_by("name", "pk")


def signatories_of(organisation: Organisation) -> QuerySet[Person]:
    """Everybody who may sign for the organisation today, by name."""
    held = Membership.objects.current().filter(
        organisation=organisation, role=Role.SIGNATORY, user__is_active=True
    )
    return Person.objects.filter(pk__in=held.values("user__person")).order_by("name", "pk")


def has_post_in(person: Person, organisation: Organisation) -> bool:
    return bool(person.posts.current().filter(organisation=organisation).exists())
