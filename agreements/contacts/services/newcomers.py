"""People who are named for the first time while an agreement is written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from agreements.models import Party
from audit.services import record
from house import clock
from house.lifecycle import lock
from parties.acting import Acting
from parties.models import Organisation, Person, Post
from parties.services.knowing import meant_or_made


@dataclass(frozen=True)
class Newcomer:
    """Somebody as they were typed: with a name, and perhaps an address and a job title."""

    name: str
    email: str = ""
    job_title: str = ""
    # Somebody said that others of the organisation, who have the address too, share it.
    shares: bool = False


def lock_for(organisation: Organisation, *named: object) -> None:
    """Call it before the agreement's row is locked, with who is named there: where one of them is
    new, the organisation is written to, which its administrator locks before agreements."""
    if any(isinstance(each, Newcomer) for each in named):
        lock(organisation)


def make_person(
    *, by: Acting, newcomer: Newcomer, organisation: Organisation, field: str = "email"
) -> Person:
    """The person of one's own organisation, with a post there. Raises MailboxShared, at `field`.

    A post gives no rights; it says that they work there, so that the pages can offer them.
    """
    lock(organisation)
    person = meant_or_made(
        organisation, newcomer.name, newcomer.email, shares=newcomer.shares, field=field
    )
    title = newcomer.job_title or "Staff"
    posts = person.posts.current().filter(organisation=organisation)
    if posts.filter(title__iexact=title).exists() or (posts.exists() and not newcomer.job_title):
        return person
    post = Post.objects.create(
        person=person, organisation=organisation, title=title, starts_on=clock.today()
    )
    record(by, "added a person", post, person=person.pk)
    return person


def job_title_of(person: Person, organisation: Organisation) -> str:
    """The title of the newest post they hold there today; empty without one."""
    posts = person.posts.current().filter(organisation=organisation)
    newest = posts.exclude(title="Staff").order_by("-starts_on", "-pk").first()
    return newest.title if newest else ""


class Named:
    """The people of one party as they were said; somebody new is made once, however often said."""

    def __init__(self, by: Acting, party: Party) -> None:
        self.by, self.organisation = by, party.organisation
        self.made: dict[Newcomer, Person] = {}

    def person(self, said: Any, field: str = "email") -> Person | None:
        if isinstance(said, Mapping):
            # Kept on the pages before, where it was asked who shares a mailbox.
            said = Newcomer(**({"shares": True} | dict(said)))
        if isinstance(said, Newcomer):
            return self._new(said, field)
        if isinstance(said, int):
            return Person.objects.filter(pk=said).first()
        return said if isinstance(said, Person) else None

    def job_title(self, said: Any) -> str:
        """The title said with somebody new, else that of the post they hold here today."""
        if isinstance(said, Mapping) and said.get("job_title"):
            return str(said["job_title"])
        if isinstance(said, Newcomer) and said.job_title:
            return said.job_title
        person = self.person(said)
        return job_title_of(person, self.organisation) if person else ""

    def _new(self, newcomer: Newcomer, field: str) -> Person:
        if newcomer not in self.made:
            self.made[newcomer] = make_person(
                by=self.by, newcomer=newcomer, organisation=self.organisation, field=field
            )
        return self.made[newcomer]
