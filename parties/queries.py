"""What the page of an organisation shows of its people."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q

from house import clock
from parties.models import (
    Body,
    BodyOrganisation,
    Invitation,
    Membership,
    Organisation,
    Person,
    Post,
    Role,
    Seat,
    Team,
    TeamMember,
)
from parties.models.people import PersonQuerySet


@dataclass
class PersonHere:
    """Somebody with the posts and roles that they have in one organisation today."""

    person: Person
    titles: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)


def people_of(organisation: Organisation, visible: PersonQuerySet) -> list[PersonHere]:
    """Those of the organisation's people today whom the reader may see (three queries)."""
    posts = Post.objects.current().filter(organisation=organisation).order_by("pk")
    roles = Membership.objects.current().filter(organisation=organisation).order_by("role")
    seats = Seat.objects.current().filter(organisation=organisation, person__isnull=False)
    places = TeamMember.objects.current().filter(team__organisation=organisation)
    here = (
        Q(pk__in=posts.order_by().values("person"))
        | Q(pk__in=roles.order_by().values("user__person"))
        | Q(pk__in=seats.order_by().values("person"))
        | Q(pk__in=places.order_by().values("person"))
    )
    found = {
        person.pk: PersonHere(person) for person in visible.filter(here).order_by("name", "pk")
    }
    for person_id, title in posts.values_list("person_id", "title"):
        if person_id in found:
            found[person_id].titles.append(title)
    for person_id, role in roles.values_list("user__person_id", "role"):
        if person_id in found:
            found[person_id].roles.append(Role(role).label)
    return list(found.values())


@dataclass
class TeamHere:
    team: Team
    members: list[TeamMember]


def teams_of(organisation: Organisation, visible: PersonQuerySet) -> list[TeamHere]:
    """The organisation's teams, each with those members whom the reader may see."""
    members: dict[int, list[TeamMember]] = defaultdict(list)
    for member in (
        TeamMember.objects.current()
        .filter(team__organisation=organisation, person__in=visible.order_by().values("pk"))
        .select_related("person")
        .order_by("person__name")
    ):
        members[member.team_id].append(member)
    return [TeamHere(team, members[team.pk]) for team in organisation.teams.order_by("name")]


@dataclass
class BodyHere:
    body: Body
    seats: list[Seat]
    seen: set[int]

    def holder(self, seat: Seat) -> str:
        """The name, or that somebody holds the seat whom the reader may not see."""
        if seat.person is None:
            return "Vacant"
        return seat.person.name if seat.person.pk in self.seen else "Held"


def bodies_of(organisation: Organisation, visible: PersonQuerySet) -> list[BodyHere]:
    """The bodies that decide for the organisation today, with the seats it has on them."""
    serving = BodyOrganisation.objects.current().filter(organisation=organisation)
    bodies = Body.objects.filter(pk__in=serving.values("body")).order_by("name")
    seen = set(visible.filter(seats__body__in=bodies).values_list("pk", flat=True))
    seats: dict[int, list[Seat]] = defaultdict(list)
    for seat in (
        Seat.objects.current()
        .filter(body__in=bodies)
        .select_related("person")
        .order_by("kind", "pk")
    ):
        seats[seat.body_id].append(seat)
    return [BodyHere(body, seats[body.pk], seen) for body in bodies]


def open_invitations(organisation: Organisation) -> list[Invitation]:
    return list(
        Invitation.objects.filter(
            organisation=organisation,
            accepted_at=None,
            withdrawn_at=None,
            expires_at__gt=clock.now(),
        )
        .select_related("person")
        .order_by("invited_at")
    )
