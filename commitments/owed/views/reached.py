"""How pages get at a commitment, or at what was recorded of one, and lead back."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from agreements.core.reached import not_disposed, steps
from agreements.models import Agreement
from commitments.models import Commitment, Occurrence
from commitments.owed.services.locking import with_parties
from commitments.owed.words import list_of, page_of
from house.rooms import rooms
from nhsuk.dates import day
from parties.acting import Acting, acting_of
from web.way import About, Steps


def commitment_of(request: HttpRequest, key: UUID) -> Commitment:
    """Raises Http404 for one that is not theirs to see."""
    seen = Commitment.objects.visible_to(acting_of(request))
    related = ("agreement__in_force_version", "person", "team", "recorded_for")
    found = get_object_or_404(seen.select_related(*related), key=key)
    with_parties(found, not_disposed(found.agreement))
    return found


def occurrence_of(request: HttpRequest, pk: int) -> Occurrence:
    """The same of what was recorded, with what other sides say."""
    seen = Occurrence.objects.visible_to(acting_of(request))
    related = ("commitment__agreement__in_force_version", "recorded_by__person", "recorded_for",
               "error_by__person", "file__repair__original")  # fmt: skip
    rows = seen.select_related(*related).prefetch_related(
        "words__organisation__names", "words__user__person"
    )
    found = get_object_or_404(rows, pk=pk)
    with_parties(found.commitment, not_disposed(found.commitment.agreement))
    return found


def day_in(text: str) -> date:
    """Raises Http404 for what is no day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Http404 from None


def way_to(commitment: Commitment) -> Steps:
    agreement = commitment.agreement
    here = (f"Commitment {commitment.number}", page_of(commitment))
    return [*way_to_list(agreement), here]


def way_to_list(agreement: Agreement) -> Steps:
    return [*steps(agreement), ("Commitments", list_of(agreement))]


def about(commitment: Commitment) -> About:
    return {
        "caption": f"Commitment {commitment.number}: {commitment.what}",
        "way": way_to(commitment),
        "to": page_of(commitment),
    }


def about_said(said: Occurrence) -> About:
    page = reverse("commitments:owed_said", args=[said.pk])
    called = f"Recorded on {day(said.recorded_at)}"
    commitment = said.commitment
    return {
        "caption": f"Commitment {commitment.number}: {commitment.what}",
        "way": [*way_to(commitment), (called, page)],
        "to": page,
    }


def shows(agreement: Agreement, acting: Acting) -> dict[str, str]:
    """Source key -> what it is called: what the portal holds that can show that something was
    done."""
    found: dict[str, str] = {}
    for room in rooms():
        found |= room.shows(agreement, acting)
    return found
