"""What forms offer: agreements, bodies, owners of actions, and who probably came."""

from __future__ import annotations

from django.db.models import Q

from agreements.core.parties import contacts_in
from agreements.models import Access, Agreement
from commitments.forms import owners_of
from house.text import tidy_line
from meetings.models import Attendee, Series
from meetings.queries.seen import agreements_seen
from meetings.queries.sides import organisations_in, parties_in
from nhsuk.offers import Choices
from parties.acting import Acting
from parties.models import (
    Body,
    BodyOrganisation,
    Membership,
    Organisation,
    Person,
    Post,
)
from parties.who import RECORDERS

# A longer list to tick from helps nobody.
MOST = 60


def agreements_for(acting: Acting, *references: str) -> Choices:
    """The agreements in force of the acting organisation, by title (two queries).

    Of very many the first, and those with these references.
    """
    rows = Access.objects.filter(
        organisation=acting.organisation_id, state__in=Agreement.TAKING_ACTS
    ).order_by("words", "agreement")
    first = list(rows.values_list("agreement", flat=True)[:MOST])
    named = [tidy_line(reference) for reference in references]
    shown = rows.filter(Q(agreement__in=first) | Q(agreement__reference__in=named))
    pairs = shown.values_list("agreement__reference", "agreement__title")
    return [(reference, f"{title}, {reference}") for reference, title in pairs]


def bodies_for(acting: Acting) -> Choices:
    """The bodies and groups that decide for the acting organisation today."""
    serving = BodyOrganisation.objects.current().filter(organisation=acting.organisation_id)
    bodies = Body.objects.filter(pk__in=serving.values("body")).order_by("name")
    return [(str(body.pk), body.name) for body in bodies]


def owners_for(series: Series, acting: Acting) -> Choices:
    """Who can take an action forward: the parties of each agreement that the reader sees."""
    return owners_of(agreements_seen(series), acting)


def likely_people(series: Series, acting: Acting) -> dict[Organisation, Choices]:
    """For each organisation its key contacts and whoever came before; of one's own the recorders.

    Only those whom the reader may see; others can be typed.
    """
    ids = _contacts(series) | _came_before(series) | _recorders(acting)
    seen = Person.objects.visible_to(acting).filter(pk__in={pk for _, pk in ids})
    names = dict(seen.order_by().values_list("pk", "name"))
    titles = _titles(ids)
    return {
        organisation: sorted(
            (
                (str(pk), names[pk] + titles.get((organisation.pk, pk), ""))
                for held_by, pk in ids
                if held_by == organisation.pk and pk in names
            ),
            key=lambda choice: choice[1].casefold(),
        )
        for organisation in organisations_in(series)
    }


def _contacts(series: Series) -> set[tuple[int, int]]:
    """(organisation, person) of every contact and deputy of the parties that meet there."""
    held_by = {party.pk: party.organisation.pk for party in parties_in(series)}
    return {
        (held_by[party], person)
        for (party, _), contact in contacts_in(held_by).items()
        for person in (contact.person_id, contact.deputy_id)
        if person
    }


def _came_before(series: Series) -> set[tuple[int, int]]:
    rows = Attendee.objects.filter(meeting__series=series, person__isnull=False)
    return set(rows.values_list("organisation", "person").distinct())


def _recorders(acting: Acting) -> set[tuple[int, int]]:
    held = Membership.objects.current().filter(
        organisation=acting.organisation_id,
        role__in=RECORDERS.roles,
        user__is_active=True,
        user__person__isnull=False,
    )
    return set(held.values_list("organisation", "user__person"))


def _titles(ids: set[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """(organisation, person) -> a comma and the post that they hold there, if it is a real one."""
    wanted = Q(organisation__in={o for o, _ in ids}, person__in={p for _, p in ids})
    posts = Post.objects.current().filter(wanted).exclude(title="Staff").order_by("pk")
    rows = posts.values_list("organisation", "person", "title")
    return {(organisation, person): f", {title}" for organisation, person, title in rows}
