"""Whom and what the pickers of forms offer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Q, QuerySet

from agreements.models import Agreement, TemplateVersion, read_parties
from agreements.terms import Slot
from house import clock
from nhsuk.offers import Choices
from nhsuk.words import in_short
from parties.acting import Acting
from parties.models import Membership, Organisation, OrganisationName, Person, Post, Role
from parties.models.organisations import OrganisationQuerySet
from parties.offers import Organisations
from parties.queries import people_in


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


def organisations_for(slots: Iterable[Slot]) -> dict[str, Organisations]:
    """For each side the organisations open today that may take it: a committee or a planning
    group, which is no legal body, where the side says so."""
    still_open = Q(closed_on=None) | Q(closed_on__gte=clock.today())
    return _of_kinds(slots, Organisation.objects.filter(still_open))


def organisations_ever(slots: Iterable[Slot]) -> dict[str, Organisations]:
    """The same with those that have closed: they signed what was signed years ago."""
    return _of_kinds(slots, Organisation.objects.all())


def _of_kinds(slots: Iterable[Slot], rows: OrganisationQuerySet) -> dict[str, Organisations]:
    committees = Q(kind__in=Organisation.COMMITTEES)
    found = rows.filter(committees | Q(is_legal_body=True))
    return {
        slot.key: Organisations(
            found.filter(kind__in=slot.organisation_kinds)
            if slot.organisation_kinds
            else found.exclude(committees)
        )
        for slot in slots
    }


def organisations_beside(own: Organisation) -> Organisations:
    """All that are open today but one's own."""
    still_open = Q(closed_on=None) | Q(closed_on__gte=clock.today())
    return Organisations(Organisation.objects.filter(still_open).exclude(pk=own.pk))


def names_ever(offered: Mapping[str, Organisations]) -> dict[str, list[str]]:
    """All that the organisations on offer are or were called, by their value (one query)."""
    each = (Q(organisation__in=of.rows.values("pk")) for of in offered.values())
    on_offer = Q(*each, _connector=Q.OR)
    called: dict[str, list[str]] = defaultdict(list)
    names = OrganisationName.objects.filter(on_offer).order_by()
    for organisation, name in names.values_list("organisation", "name"):
        called[str(organisation)].append(name)
    return called


def with_other_parties(
    agreements: Iterable[Agreement], acting: Acting, value: str = "pk"
) -> Choices:
    """As choices of a form: "Eastmoor CCG: Working together (MOU-0001)" (two queries); `value` is
    the field that is chosen."""
    rows = list(agreements)
    read_parties(rows)
    found = []
    for agreement in rows:
        held = {party.organisation.pk: party.name for party in agreement.sides}
        names = [name for pk, name in held.items() if pk != acting.organisation_id]
        with_whom = f"{in_short(names)}: " if names else ""
        label = f"{with_whom}{agreement.title} ({agreement.reference})"
        found.append((str(getattr(agreement, value)), label))
    return sorted(found, key=lambda choice: choice[1].casefold())


def people_for(organisation: Organisation, acting: Acting) -> Choices:
    """The organisation's people whom the reader may see, each with the posts they hold."""
    return people_for_each([organisation], acting)[organisation.pk]


def people_for_each(organisations: Iterable[Organisation], acting: Acting) -> dict[int, Choices]:
    """Organisation id -> the same of each, in as few queries for many as for one."""
    found = people_in({each.pk for each in organisations}, acting)
    return {
        pk: [
            (str(here.person.pk), ", ".join([here.person.name, *_titles(here.titles)]))
            for here in people
        ]
        for pk, people in found.items()
    }


def _titles(titles: list[str]) -> list[str]:
    return [title for title in titles if title != "Staff"]


def teams_for(organisation: Organisation) -> Choices:
    teams = organisation.teams.order_by("name")
    return [(f"team-{team.pk}", f"{team.name} (team)") for team in teams]


def newest_published(acting: Acting) -> list[TemplateVersion]:
    """The newest published version of each template that the reader may use, by name."""
    versions = TemplateVersion.objects.visible_to(acting).published()
    versions = versions.select_related("template__organisation")
    versions = versions.prefetch_related("template__organisation__names")
    newest = {version.template_id: version for version in versions.order_by("seq")}
    return sorted(newest.values(), key=lambda version: version.template.name.casefold())
