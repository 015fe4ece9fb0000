"""The answer to "are actions from meetings kept?" (A19)."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse

from house.room import Evidence, Keeping
from nhsuk.words import plural

NOTHING_YET = Keeping("nothing_yet", "No meeting has agreed an action yet.")


def keeping_of(reference: str, counts: Mapping[str, int]) -> Keeping:
    """Kept while all that was due is closed; the closed actions are the evidence."""
    still_open, overdue, closed = counts["open"], counts["overdue"], counts["closed"]
    evidence = _closed(reference, closed) if closed else ()
    if overdue:
        verb = "is" if overdue == 1 else "are"
        return Keeping("missed", f"{plural(overdue, 'action')} {verb} overdue.", evidence)
    if closed:
        sentence = f"All actions due so far are closed: {closed} closed, {still_open} open."
        return Keeping("kept", sentence, evidence)
    if still_open:
        verb = "is" if still_open == 1 else "are"
        return Keeping("due", f"{plural(still_open, 'action')} {verb} open, and none is overdue.")
    return NOTHING_YET


def _closed(reference: str, count: int) -> tuple[Evidence, ...]:
    url = f"{reverse('commitments:list')}?agreement={reference}&state=closed"
    return (Evidence(plural(count, "closed action"), url),)
