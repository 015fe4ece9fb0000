"""Reads of groups that span models, or that whoever got the agreement asks."""

from __future__ import annotations

from django.urls import reverse

from agreements.models import Agreement, Issue, IssueLine
from nhsuk.components import Link
from nhsuk.offers import Choices
from parties.acting import Acting
from parties.models import Area


def areas() -> Choices:
    return [(str(pk), name) for pk, name in Area.objects.order_by("name").values_list("pk", "name")]


def line_for(agreement: Agreement, acting: Acting) -> IssueLine | None:
    """The line of an agreement that the reader sees, where it went to their organisation."""
    rows = IssueLine.objects.filter(agreement=agreement, organisation=acting.organisation_id or 0)
    return rows.select_related("organisation", "issue", "agreement", "share").first()


def way_to_group(agreement: Agreement) -> Link | None:
    """The page of its group (one query); who may see it was asked before."""
    issue = Issue.objects.filter(lines__agreement=agreement).first()
    if issue is None:
        return None
    return Link(f"Part of “{issue.title}”", reverse("agreements:group", args=[issue.key]))
