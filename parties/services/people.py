"""People of an organisation: who there is, what posts they hold, and what is told of leaving."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from audit.services import record
from house import clock
from house.lifecycle import lock
from house.refusals import Refused
from parties.acting import Acting
from parties.models import Dated, Membership, Organisation, Person, Post, Seat, TeamMember
from parties.services.knowing import meant_here
from parties.who import administering, must_administer

# What ties a person to an organisation, and how each row names both.
TIES: tuple[tuple[type[Dated], str, str], ...] = (
    (Post, "person", "organisation"),
    (Membership, "user__person", "organisation"),
    (Seat, "person", "organisation"),
    (TeamMember, "person", "team__organisation"),
)


@dataclass(frozen=True)
class Leaving:
    """Somebody leaves an organisation: what the rooms are told, each to see to what it keeps."""

    by: Acting
    organisation: Organisation
    person: Person
    last_day: date
    # Who takes over each thing that somebody does, by its key (`parties.holdings`).
    successors: Mapping[str, Person] = field(default_factory=dict)

    def follows(self, key: str) -> Person | None:
        return self.successors.get(key)


@dataclass(frozen=True)
class Joining:
    """Two rows are one person from now on, for one organisation: what the rooms are told."""

    organisation: Organisation
    was: Person
    now: Person


def add_person(
    *,
    by: Acting,
    organisation: Organisation,
    name: str,
    email: str,
    title: str,
    shares: bool = False,
) -> Person:
    """Puts somebody into the organisation, with a post from today.

    `shares` says that others there have the address too; without it MailboxShared is raised.
    """
    with administering(by, organisation):
        person = meant_here(organisation, name, email, shares=shares)
        if person is None:
            return make_with_post(
                by=by, organisation=organisation, name=name, email=email, title=title
            )
        add_post(by=by, organisation=organisation, person=person, title=title)
    return person


def make_with_post(
    *, by: Acting, organisation: Organisation, name: str, email: str, title: str
) -> Person:
    """Somebody new. Call it with the organisation locked and whoever may be meant asked for."""
    must_administer(by, organisation)
    person = Person.objects.create(name=name, email=email.lower())
    post = _new_post(organisation, person, title, clock.today())
    record(by, "added a person", post, person=person.pk, post=post.title)
    return person


def add_post(
    *,
    by: Acting,
    organisation: Organisation,
    person: Person,
    title: str,
    starts_on: date | None = None,
) -> Post:
    """Gives somebody a post in the organisation, from a day or from today."""
    must_administer(by, organisation)
    with transaction.atomic():
        lock(person)
        post = _new_post(organisation, person, title, starts_on or clock.today())
        record(by, "gave a post", post, person=person.pk, post=title)
    return post


def _new_post(organisation: Organisation, person: Person, title: str, starts_on: date) -> Post:
    if person.posts.current().filter(organisation=organisation, title__iexact=title).exists():
        raise Refused(f"{person.name} has this post already.", field="title")
    return Post.objects.create(
        person=person, organisation=organisation, title=title, starts_on=starts_on
    )


def end_post(*, by: Acting, post: Post, last_day: date) -> None:
    """Ends one post with its last day."""
    must_administer(by, post.organisation)
    with transaction.atomic():
        post = lock(post)
        if post.starts_on and last_day < post.starts_on:
            raise Refused("The last day is before the first day.", field="last_day")
        cut_short(post, last_day)
        record(by, "ended a post", post, person=post.person_id, last_day=last_day.isoformat())


def open_rows(organisation: Organisation, person: Person) -> list[Any]:
    """The posts, roles, seats and team places of a person there that have no end yet."""
    return [
        row
        for model, who, where in TIES
        for row in model.objects.filter(**{who: person, where: organisation}, ends_on=None)
    ]


def cut_short(row: Any, last_day: date) -> None:
    """Ends a dated row; one that would have begun later holds for that one day."""
    if row.starts_on and last_day < row.starts_on:
        row.starts_on = last_day
    row.ends_on = last_day
    row.save(update_fields=["starts_on", "ends_on"])


def end_at_once(row: Any) -> None:
    """Yesterday was its last day: both days of a dated row are included."""
    cut_short(row, clock.today() - timedelta(days=1))
