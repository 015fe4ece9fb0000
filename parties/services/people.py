"""People of an organisation: who there is, what posts they hold, and that they leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from audit.services import record
from house import clock
from house.lifecycle import lock
from house.refusals import Refused
from house.rooms import rooms
from parties.acting import Acting
from parties.models import Dated, Membership, Organisation, Person, Post, Seat, TeamMember
from parties.who import administering, must_administer, must_leave_an_administrator

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
    # Who takes over what they hold, if somebody does.
    successor: Person | None = None


def find_or_make(name: str, email: str) -> Person:
    """The person with this e-mail address, or a new one of this name. One address, one person."""
    known = known_by(email) if email else None
    return known or Person.objects.create(name=name, email=email.lower())


def known_by(email: str) -> Person | None:
    """The person with this e-mail address; of several, who has an account."""
    return Person.objects.filter(email__iexact=email).order_by("user__pk", "pk").first()


def add_person(
    *, by: Acting, organisation: Organisation, name: str, email: str, title: str
) -> Person:
    """Puts somebody into the organisation, with a post from today."""
    with administering(by, organisation):
        person = find_or_make(name, email)
        post = _new_post(organisation, person, title, clock.today())
        record(by, "added a person", post, person=person.pk, post=post.title)
    return person


def change_person(*, by: Acting, organisation: Organisation, person: Person, **to: str) -> None:
    """Corrects name and e-mail address of somebody who belongs to this organisation alone.

    The address of somebody who logs in with it stays.
    """
    must_administer(by, organisation)
    with transaction.atomic():
        person = lock(person)
        _must_belong_here_alone(organisation, person)
        email = to["email"].lower()
        if email != person.email.lower():
            may_change_address(person, email)
        changed = [name for name in ("name", "email") if getattr(person, name) != to[name]]
        person.name, person.email = to["name"], email
        person.save(update_fields=["name", "email"])
        record(by, "changed a person", person, changed=changed)


def _must_belong_here_alone(organisation: Organisation, person: Person) -> None:
    """Otherwise one organisation could turn another's e-mails to an address of its own."""
    elsewhere = (
        model.objects.filter(**{who: person}).exclude(**{where: organisation})
        for model, who, where in TIES
    )
    if any(rows.exists() for rows in elsewhere):
        raise Refused(
            f"{person.name} belongs to another organisation too. "
            "Ask a system administrator to change this."
        )


def may_change_address(person: Person, email: str) -> None:
    """Raises Refused for who logs in with their address, and for another person's address."""
    if hasattr(person, "user"):
        raise Refused(
            f"{person.name} logs in with this address. A system administrator can change it.",
            field="email",
        )
    if email and Person.objects.filter(email__iexact=email).exclude(pk=person.pk).exists():
        raise Refused("Another person has this e-mail address already.", field="email")


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


def leave(
    *,
    by: Acting,
    organisation: Organisation,
    person: Person,
    last_day: date,
    successor: Person | None = None,
) -> int:
    """Ends all that a person holds in the organisation, in one act. Returns how many rows ended.

    What they hold in agreements goes to the successor, or falls vacant: each room sees to its own.
    Raises Refused when they are the organisation's last administrator, or their own successor.
    """
    with administering(by, organisation):
        if successor == person:
            raise Refused("Choose somebody else to take over.", field="successor")
        rows = open_rows(organisation, person)
        roles = [row.pk for row in rows if isinstance(row, Membership)]
        must_leave_an_administrator(organisation, without=roles)
        for row in rows:
            cut_short(row, last_day)
        ended = [f"{row._meta.label_lower} {row.pk}" for row in rows]
        own = getattr(person, "user", None) == by.user
        record(by, "ended all of a person", person, ended=ended, last_day=str(last_day), own=own)
        for room in rooms():
            room.person_leaves(Leaving(by, organisation, person, last_day, successor))
    return len(rows)


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
