"""What forms offer after a meeting: owners of actions, and who probably came."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from agreements.core.parties import contacts_in
from agreements.models import Agreement
from commitments.forms import owners_of
from meetings.models import Attendee, Series
from meetings.queries.sides import agreements_with, organisations_of, parties_under
from nhsuk.offers import Choices
from parties.acting import Acting
from parties.models import Membership, Organisation, Person, Post
from parties.who import RECORDERS


def owners_for(agreements: Sequence[Agreement], acting: Acting) -> Choices:
    """Who can take an action forward: the parties of the reader's own of these agreements."""
    return owners_of(agreements_with(agreements, acting.organisation_id), acting)


def likely_people(
    series: Series, agreements: Sequence[Agreement], acting: Acting
) -> dict[Organisation, Choices]:
    """For each organisation that the reader meets under these agreements its key contacts and
    whoever came before; of one's own the recorders.

    Only those whom the reader may see; others can be typed.
    """
    own = agreements_with(agreements, acting.organisation_id)
    ids = _contacts(own) | _came_before(series, acting) | _recorders(acting)
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
        for organisation in organisations_of(own)
    }


def _contacts(agreements: Sequence[Agreement]) -> set[tuple[int, int]]:
    """(organisation, person) of every contact and deputy of the parties that meet there."""
    held_by = {party.pk: party.organisation.pk for party in parties_under(agreements)}
    return {
        (held_by[party], person)
        for (party, _), contact in contacts_in(held_by).items()
        for person in (contact.person_id, contact.deputy_id)
        if person
    }


def _came_before(series: Series, acting: Acting) -> set[tuple[int, int]]:
    seen = Attendee.objects.visible_to(acting)
    rows = seen.filter(meeting__series=series, person__isnull=False)
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
