"""What agreements are called to a reader, on lines that are about them."""

from __future__ import annotations

from collections.abc import Collection

from django.urls import reverse

from agreements.models import Access
from agreements.page.queries import with_others
from house.answers import NamedAgreement
from parties.acting import Acting


def named(references: Collection[str], acting: Acting) -> dict[str, NamedAgreement]:
    """Reference -> the agreement, for those that the reader may see (two queries)."""
    own = Access.objects.filter(organisation=acting.organisation_id).select_related("agreement")
    seen = own.filter(agreement__reference__in=references)
    rows = with_others(seen.only("agreement__reference", "agreement__title"), acting)
    return {
        each.agreement.reference: NamedAgreement(
            each.agreement.title,
            each.others,
            reverse("agreements:agreement", args=[each.agreement.reference]),
        )
        for each in rows
    }
