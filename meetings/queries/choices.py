"""What the form of a new series offers."""

from __future__ import annotations

from agreements.models import Access, Agreement
from commitments.choices import owners_of
from meetings.models import Series
from meetings.queries.seen import agreements_seen
from parties.acting import Acting
from parties.models import Body, BodyOrganisation

Choices = list[tuple[str, str]]
# A longer list to tick from helps nobody.
MOST = 60


def agreements_for(acting: Acting) -> Choices:
    """The agreements in force of the acting organisation, by title (one query)."""
    rows = Access.objects.filter(
        organisation=acting.organisation_id, state__in=Agreement.TAKING_ACTS
    ).order_by("agreement__title", "agreement__reference")
    pairs = rows.values_list("agreement__reference", "agreement__title")[:MOST]
    return [(reference, f"{title}, {reference}") for reference, title in pairs]


def bodies_for(acting: Acting) -> Choices:
    """The bodies and groups that decide for the acting organisation today."""
    serving = BodyOrganisation.objects.current().filter(organisation=acting.organisation_id)
    bodies = Body.objects.filter(pk__in=serving.values("body")).order_by("name")
    return [(str(body.pk), body.name) for body in bodies]


def owners_for(series: Series, acting: Acting) -> Choices:
    """Who can take an action forward: the parties of each agreement that the reader sees."""
    agreements = agreements_seen(series)
    if len(agreements) == 1:
        return owners_of(agreements[0], acting)
    return [
        (value, f"{label}, {agreement.reference}")
        for agreement in agreements
        for value, label in owners_of(agreement, acting)
    ]
