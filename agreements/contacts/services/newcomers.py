"""People who are named for the first time while an agreement is written down."""

from __future__ import annotations

from dataclasses import dataclass

from audit.services import record
from house import clock
from house.lifecycle import lock
from parties.acting import Acting
from parties.models import Organisation, Person, Post
from parties.services.people import find_or_make


@dataclass(frozen=True)
class Newcomer:
    """Somebody as they were typed: with a name, and perhaps an address and a job title."""

    name: str
    email: str = ""
    job_title: str = ""


def make_person(*, by: Acting, newcomer: Newcomer, organisation: Organisation) -> Person:
    """The person, with a post in the organisation. One address is one person, whoever types it.

    A post gives no rights; it says that they work there, so that the pages can offer them.
    """
    lock(organisation)
    person = find_or_make(newcomer.name, newcomer.email)
    title = newcomer.job_title or "Staff"
    posts = person.posts.current().filter(organisation=organisation)
    if posts.filter(title__iexact=title).exists() or (posts.exists() and not newcomer.job_title):
        return person
    post = Post.objects.create(
        person=person, organisation=organisation, title=title, starts_on=clock.today()
    )
    record(by, "added a person", post, person=person.pk, organisation=organisation.pk)
    return person
