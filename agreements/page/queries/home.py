"""What the home page asks of agreements, for one organisation at a time."""

from __future__ import annotations

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery

from agreements.core.situations import UNDER_WAY, Situation, situations_of
from agreements.models import (
    Agreement,
    Confirmation,
    RegisteredCopy,
    SignatureRequest,
)
from parties.acting import Acting

# A page of more than this helps nobody; what waits longest is there first.
MOST = 25


def waiting(acting: Acting) -> list[Situation]:
    """The agreements that wait for a step: a version under way, or a copy not yet confirmed."""
    under_way = Agreement.objects.visible_to(acting).filter(versions__state__in=UNDER_WAY)
    asked = SignatureRequest.objects.filter(
        person=acting.who.person, state__in=["asked", "not_ready"], version=OuterRef("versions")
    )
    # However much waits, the reader's own signature is there; then what has waited longest.
    ordered = under_way.order_by(Exists(asked).desc(), "versions__frozen_at", "versions__pk")
    found = list(ordered[:MOST])
    found += _with_open_copies(acting)
    return situations_of({agreement.pk: agreement for agreement in found}.values())


def _with_open_copies(acting: Acting) -> list[Agreement]:
    """Registered agreements whose copy not every other party has confirmed with its last word."""
    words = Confirmation.objects.filter(
        copy=OuterRef("copy"), organisation=OuterRef("organisation")
    ).order_by("-at", "-pk")
    agreed = Confirmation.objects.filter(pk=Subquery(words.values("pk")[:1]), agrees=True)
    copies = RegisteredCopy.objects.visible_to(acting).annotate(
        others=Count("agreement__parties", distinct=True) - 1,
        confirmed=Count("confirmations", filter=Q(confirmations__in=agreed), distinct=True),
    )
    still_open = copies.exclude(others__lte=0).filter(confirmed__lt=F("others"))
    return [copy.agreement for copy in still_open.select_related("agreement")[:MOST]]
