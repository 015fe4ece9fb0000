"""What is read of people: who is in an organisation, what they hold there, whose an address is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Prefetch, Q

from house import clock
from parties.acting import Acting
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
    Succession,
    Team,
    TeamMember,
)
from parties.models.organisations import name_today

# An organisation and a person, by their ids.
Place = tuple[int, int]


@dataclass
class PersonHere:
    """Somebody with the posts and roles that they have in one organisation today."""

    person: Person
    titles: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)


def people_of(organisation: Organisation, acting: Acting) -> list[PersonHere]:
    """Those of the organisation's people today whom the reader may see, by name (four queries)."""
    return people_in([organisation.pk], acting)[organisation.pk]


def people_in(organisations: Collection[int], acting: Acting) -> dict[int, list[PersonHere]]:
    """Organisation id -> the same of each, in as few queries for many as for one."""
    there = Q(organisation__in=organisations)
    posts = Post.objects.current().filter(there).order_by("pk")
    roles = Membership.objects.current().filter(there, user__person__isnull=False)
    titles = _by_person(posts.values_list("organisation", "person", "title"))
    labels = _by_person(roles.order_by("role").values_list("organisation", "user__person", "role"))
    here = titles.keys() | labels.keys() | _with_a_place_in(organisations)
    seen = Person.objects.visible_to(acting).filter(pk__in={person for _, person in here})
    found: dict[int, list[PersonHere]] = {pk: [] for pk in organisations}
    for person in seen.order_by("name", "pk"):
        for pk in found:
            if (place := (pk, person.pk)) in here:
                called = [str(Role(role).label) for role in labels.get(place, ())]
                found[pk].append(PersonHere(person, titles.get(place, []), called))
    return found


def _by_person(rows: Iterable[tuple[int, int, str]]) -> dict[Place, list[str]]:
    """(organisation, person) -> what the rows say of them there, in their order."""
    found: dict[Place, list[str]] = defaultdict(list)
    for organisation, person, said in rows:
        found[organisation, person].append(said)
    return found


def _with_a_place_in(organisations: Collection[int]) -> set[Place]:
    """Whoever has a seat on a body or a place in a team there (one query)."""
    seats = Seat.objects.current().filter(organisation__in=organisations, person__isnull=False)
    places = TeamMember.objects.current().filter(team__organisation__in=organisations)
    on_bodies = seats.order_by().values_list("organisation", "person")
    in_teams = places.order_by().values_list("team__organisation", "person")
    return set(on_bodies.union(in_teams))


def teams_of(organisation: Organisation) -> list[Team]:
    """The organisation's teams; `now` are their members today (two queries)."""
    now = TeamMember.objects.current().select_related("person").order_by("person__name")
    teams = organisation.teams.order_by("name")
    return list(teams.prefetch_related(Prefetch("members", now, to_attr="now")))


def bodies_of(organisation: Organisation) -> list[Body]:
    """The bodies that decide for the organisation today; `held` are the seats on them today."""
    serving = BodyOrganisation.objects.current().filter(organisation=organisation)
    now = Seat.objects.current().select_related("person", "organisation")
    seats = now.annotate(called=name_today("organisation")).order_by("kind", "pk")
    bodies = Body.objects.filter(pk__in=serving.values("body")).order_by("name")
    return list(bodies.prefetch_related(Prefetch("seats", seats, to_attr="held")))


def say_who_is_seen(acting: Acting, teams: Iterable[Team], bodies: Iterable[Body]) -> None:
    """Says of teams and bodies whom the reader may see: `seen` of a team are those members, and of
    a seat `is_seen` says it of who holds it. Until then nobody is (one query)."""
    seats = [seat for body in bodies for seat in body.held]  # type: ignore[attr-defined]
    members = [member for team in teams for member in team.now]  # type: ignore[attr-defined]
    asked = {each.person_id for each in [*seats, *members] if each.person_id}
    seen = Person.objects.seen_among(acting, asked)
    for team in teams:
        team.seen = [each for each in team.now if each.person_id in seen]  # type: ignore[attr-defined]
    for seat in seats:
        seat.is_seen = seat.person_id in seen


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


def successions_of(organisation: Organisation, acting: Acting) -> list[Succession]:
    """Those by which it took a place or another took its own, as far as the reader may see them
    (one query)."""
    seen = Succession.objects.visible_to(acting).exclude(state=Succession.State.WITHDRAWN)
    found = seen.filter(Q(old=organisation) | Q(new=organisation)).select_related("old", "new")
    return list(found.order_by("on", "pk"))


# So many organisations without an administrator are named.
MOST_WITHOUT = 20


@dataclass(frozen=True)
class Without:
    """Organisations that nobody looks after; `more` are those that are not named here."""

    named: list[Organisation]
    more: int


def looked_after_by_nobody() -> Without:
    """Open ones without an administrator, in the order of their names (three queries).

    `is_invited` says of each whether an invitation to look after it is open.
    """
    held = Membership.objects.current().filter(
        organisation=OuterRef("pk"), role=Role.ADMINISTRATOR, user__is_active=True, ends_on=None
    )
    still = Q(closed_on=None) | Q(closed_on__gte=clock.today())
    found = Organisation.objects.filter(still, ~Exists(held))
    named = list(found.named().by_name()[:MOST_WITHOUT])
    asked = Invitation.objects.filter(
        organisation__in=named, accepted_at=None, withdrawn_at=None, expires_at__gt=clock.now()
    )
    invited = {each.organisation_id for each in asked if Role.ADMINISTRATOR in each.roles}
    for organisation in named:
        organisation.is_invited = organisation.pk in invited  # type: ignore[attr-defined]
    return Without(named, max(0, found.count() - len(named)))
