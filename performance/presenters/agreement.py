"""Requests on the page of an agreement, and as it stood on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from agreements.core.parties import version_of_terms
from agreements.models import Agreement
from agreements.terms import Terms
from house.answers import AgendaPoint, OpenThing, OpenThings, Section
from nhsuk.components import Button, Link
from nhsuk.words import and_list
from parties.acting import Acting
from performance.models import Request
from performance.presenters import words
from performance.presenters.words import one, page_of
from performance.queries import late_counts
from performance.rules.who import may_record

MOST = 10
OWN_PAGE = "requests"


def section_of(agreement: Agreement, still_open: Sequence[Request], acting: Acting) -> Section:
    """The next open ones of one agreement; the list has the others."""
    may = may_record(acting, agreement)
    reference = agreement.reference
    consult = reverse("requests:consult", args=[reference])
    return Section(
        anchor="requests",
        heading="Requests",
        position=10,
        template="performance/section.jinja",
        context={
            "requests": still_open[:MOST],
            "words": words,
            "standards": list(_in_short(version_of_terms(agreement).typed_terms)),
            "consult": Link("Record a freedom-of-information consultation", consult)
            if may
            else None,
            "list_url": f"{reverse('requests:list')}?agreement={reference}&state=all",
        },
        action=Button("Record a request", reverse("requests:new", args=[reference]))
        if may
        else None,
    )


def _in_short(terms: Terms) -> list[str]:
    """ "Queries: acknowledged within 5, answered within 20 working days."."""
    found = []
    for each in (standard for standard in terms.standards if standard.is_for_requests):
        days = (("acknowledged", each.acknowledge_days), ("answered", each.answer_days))
        said = ", ".join(f"{done} within {number}" for done, number in days if number)
        found.append(f"{each.label}: {said} working days." if said else f"{each.label}.")
    return found


def late_points(
    agreements: Sequence[Agreement], since: date, until: date
) -> dict[int, list[AgendaPoint]]:
    """What was answered late in these days, and what is late now (one query)."""
    found: dict[int, list[AgendaPoint]] = {}
    named = {each.pk: each.reference for each in agreements}
    for pk, closed, still in late_counts(list(named), since, until):
        url = f"{reverse('requests:list')}?agreement={named[pk]}&state=missed"
        were = f"{closed} {'was' if closed == 1 else 'were'} answered late" if closed else ""
        are = f"{still} {'is' if still == 1 else 'are'} late" if still else ""
        said = and_list(filter(None, [were, are]))
        found[pk] = [AgendaPoint(f"Requests: {said}.", url)]
    return found


def opened(agreement: Agreement, requests: Sequence[Request], most: int) -> OpenThings:
    """The open ones by number, who was asked, and date."""
    named = tuple(
        OpenThing(
            str(each.number), f"{one(each).capitalize()}: {each.subject}", each.asked_of.name,
            each.due_on, page_of(each),
        )
        for each in requests[:most]
    )  # fmt: skip
    url = f"{reverse('requests:list')}?agreement={agreement.reference}"
    return OpenThings("request", "requests", named, len(requests), url)
