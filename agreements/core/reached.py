"""How a view gets at what a request names: through the wall, or not at all."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from agreements.models import Agreement
from parties.acting import Acting


def acting_of(request: HttpRequest) -> Acting:
    """Who asks, and for which organisation."""
    acting: Acting = request.acting  # type: ignore[attr-defined]
    return acting


def agreement_of(request: HttpRequest, reference: str) -> Agreement:
    """The agreement with this reference. Raises Http404 for one that is not theirs to see."""
    visible = Agreement.objects.visible_to(acting_of(request))
    return get_object_or_404(visible, reference=reference)
