"""How a page gets at the action that a request names: through the wall, or not at all."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from commitments.models import Action
from commitments.queries import actions_seen_by
from parties.acting import acting_of
from web.way import Steps


def action_of(request: HttpRequest, key: UUID) -> Action:
    """The action with this key. Raises Http404 for one that is not theirs to see."""
    seen = actions_seen_by(acting_of(request))
    return get_object_or_404(seen.select_related("closed_by__person"), key=key)


def page_of(action: Action) -> str:
    return reverse("commitments:action", args=[action.key])


def steps(action: Action | None = None) -> Steps:
    """The breadcrumbs of the list, or of a page below an action's."""
    way = [("Home", reverse("home")), ("Actions", reverse("commitments:list"))]
    return [*way, (f"Action {action.number}", page_of(action))] if action else way
