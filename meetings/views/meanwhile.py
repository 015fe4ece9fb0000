"""When somebody else saved first: what was typed goes on over what they left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from house.refusals import Refused
from meetings.models import Meeting
from meetings.services.scheduling import ChangedMeanwhile
from nhsuk.forms import Form

F = TypeVar("F", bound=Form)


def gone_on(form: F, refusal: Refused, again: Callable[[Meeting, Any], F]) -> F:
    """The form to show after a refusal; after another's change with the number of theirs."""
    if not isinstance(refusal, ChangedMeanwhile):
        return form
    data = form.data.copy()  # type: ignore[attr-defined]
    data["edit_no"] = str(refusal.now.edit_no)
    fresh = again(refusal.now, data)
    fresh.add_refusal(refusal)
    return fresh
