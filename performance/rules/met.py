"""What the steps of a request say of its dates: met or missed, and how it stands for good."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from performance.rules.clocks import COUNTED, ENDING, MEETS, Clock


def met_by(kind: str, on: date, before: Collection[Clock]) -> list[dict[str, Any]]:
    """What a step of this kind, done on a day, says of the clocks that ran before it: those that it
    stops, and those that had run out when it closed the request or gave it more time."""
    stops = MEETS.get(kind, ())
    return [
        {
            "clock": each.name,
            "due_on": each.due_on.isoformat(),
            "in_time": on <= each.due_on,
            "working": each.working,
        }
        for each in before
        if each.name in stops or (kind in ENDING and each.name != "view" and each.due_on < on)
    ]


def outcome(
    met: Sequence[dict[str, Any]], still: Collection[Clock], before: str, *, given_up: bool
) -> str:
    """How it stands to what is counted: `met` by all its steps, `still` running, `before` how it
    stood: what is closed without an answer (`given_up`) stays as it was."""
    counted = [each for each in met if each["clock"] in COUNTED]
    if not all(each["in_time"] for each in counted):
        return "late"
    if given_up or not counted:
        return "running" if still and not given_up and _any_counted(still) else before
    return "running" if _any_counted(still) else "in_time"


def _any_counted(clocks: Collection[Clock]) -> bool:
    return any(each.name in COUNTED for each in clocks)
