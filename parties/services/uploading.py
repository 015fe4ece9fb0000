"""People put into an organisation from an uploaded list, after somebody saw what it means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from house.refusals import Refused
from parties.acting import Acting
from parties.models import Membership, Organisation, Person, Post, Role
from parties.queries import open_invitations
from parties.services.enrolling import member_here
from parties.services.inviting import invite_person, withdraw
from parties.services.knowing import one_called
from parties.services.list_of_people import PersonLine
from parties.services.lists import Taken
from parties.services.people import add_post, make_with_post
from parties.services.roles import add_roles
from parties.who import administering

SOMEBODY_ELSE = "new"


@dataclass
class Meaning:
    """What a line says: of whom, and what it tells that is new.

    `others` have the address but another name: somebody says whether it is one of them.
    """

    line: PersonLine
    person: Person | None
    others: list[Person] = field(default_factory=list)
    has_post: bool = False
    new_roles: tuple[str, ...] = ()
    has_account: bool = False

    @property
    def is_new(self) -> bool:
        return not self.has_post or bool(self.new_roles)

    @property
    def sentences(self) -> list[str]:
        """What happens with this line when the list is taken."""
        said = [] if self.person else ["New"]
        if not self.has_post:
            said.append(f"Gets the post {self.line.title}")
        if self.new_roles:
            roles = ", ".join(str(Role(role).label) for role in self.new_roles)
            said.append(f"Gets the role {roles}" if self.has_account else f"Is invited as {roles}")
        return said or ["Nothing new"]


def meanings_of(
    organisation: Organisation, lines: Sequence[PersonLine], meant: Mapping[int, str] | None = None
) -> list[Meaning]:
    """What each line means for the organisation's own people (five queries, for any number).

    `meant`: by row, who of `others` it is, by id, or SOMEBODY_ELSE.
    """
    here, found = _Here(organisation), []
    for line in lines:
        person, others = here.who(line, (meant or {}).get(line.row, ""))
        key = person.pk if person else 0
        found.append(
            Meaning(
                line,
                person,
                others,
                has_post=line.title.casefold() in here.posts[key],
                new_roles=tuple(r for r in line.roles if r not in here.roles[key]),
                has_account=key in here.members,
            )
        )
    return found


def take_people(
    *,
    by: Acting,
    organisation: Organisation,
    lines: Sequence[PersonLine],
    meant: Mapping[int, str] | None = None,
) -> Taken:
    """Adds the people of a list, with their posts, and invites those who are to have roles.

    Roles are added to those that somebody has; none is taken. A second time changes nothing.
    Raises Refused where nobody said who somebody is whose address others have.
    """
    with administering(by, organisation):
        found = meanings_of(organisation, lines, meant)
        if open_ones := [each for each in found if each.others]:
            first = open_ones[0].line
            raise Refused(f"Say who {first.name} in row {first.row} is.")
        made: dict[tuple[str, str], Person] = {}
        new = sum(_take(by, organisation, each, made) for each in found)
    return Taken(new=new, known=len(found) - new)


def _take(
    by: Acting, organisation: Organisation, meaning: Meaning, made: dict[tuple[str, str], Person]
) -> bool:
    """Whether the line told anything new. `made` are those whom lines before it added."""
    line = meaning.line
    key = (line.email, line.name.casefold())
    person = meaning.person or made.get(key)
    if person is None:
        person = made[key] = make_with_post(
            by=by, organisation=organisation, name=line.name, email=line.email, title=line.title
        )
    elif not meaning.has_post and not _has_post(person, organisation, line.title):
        add_post(by=by, organisation=organisation, person=person, title=line.title)
    if meaning.new_roles:
        _give_roles(by, organisation, person, meaning.new_roles)
    return meaning.is_new


def _has_post(person: Person, organisation: Organisation, title: str) -> bool:
    """As it is now: a line before may have given it."""
    posts = person.posts.current().filter(organisation=organisation, title__iexact=title)
    return bool(posts.exists())


def _give_roles(
    by: Acting, organisation: Organisation, person: Person, roles: Iterable[str]
) -> None:
    if member := member_here(organisation, person):
        add_roles(by=by, organisation=organisation, user=member, roles=roles)
        return
    theirs = [each for each in open_invitations(organisation) if each.person == person]
    wanted = {*roles, *(role for each in theirs for role in each.roles)}
    for invitation in theirs:
        withdraw(by=by, invitation=invitation)
    invite_person(by=by, organisation=organisation, person=person, roles=wanted)


class _Here:
    """The organisation's own people, read once: who has which address, post and role today."""

    def __init__(self, organisation: Organisation) -> None:
        self.people: dict[str, list[Person]] = defaultdict(list)
        own = Person.objects.of(organisation.pk).select_related("user").order_by("name", "pk")
        for person in own:
            for address in {person.email.lower(), getattr(person, "user", person).email.lower()}:
                self.people[address].append(person)
        self.by_id = {str(each.pk): each for them in self.people.values() for each in them}
        self.posts: dict[int, set[str]] = defaultdict(set)
        for post in Post.objects.current().filter(organisation=organisation):
            self.posts[post.person_id].add(post.title.casefold())
        self.roles: dict[int, set[str]] = defaultdict(set)
        held = Membership.objects.filter(organisation=organisation, user__person__isnull=False)
        rows = list(held.values_list("user__person", "role", "ends_on"))
        for pk, role, ends_on in rows:
            if ends_on is None:
                self.roles[pk].add(role)
        self.members = {pk for pk, _, _ in rows}
        for invitation in open_invitations(organisation):
            self.roles[invitation.person_id].update(invitation.roles)

    def who(self, line: PersonLine, meant: str) -> tuple[Person | None, list[Person]]:
        """Who it is, and who else has the address while nobody said who it is."""
        there = self.people.get(line.email, [])
        if not line.email:
            same = [p for p in there if line.title.casefold() in self.posts[p.pk]]
            return one_called(same, line.name), []
        known = one_called(there, line.name)
        if known or not there or meant == SOMEBODY_ELSE:
            return known, []
        chosen = self.by_id.get(meant)
        return (chosen, []) if chosen in there else (None, list(there))
