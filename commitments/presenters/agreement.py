"""What the page of an agreement says of its actions: the open ones, and whether A19 is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse

from agreements.models import Agreement
from commitments.models import Action
from commitments.presenters import words
from commitments.queries import sources_of
from commitments.rules import may_record
from house.room import Evidence, Keeping, Section
from nhsuk.components import Button
from nhsuk.words import plural
from parties.acting import Acting

MOST = 10


def section_of(agreement: Agreement, still_open: Sequence[Action], acting: Acting) -> Section:
    """The next open actions of one agreement; the list has the others."""
    shown = still_open[:MOST]
    return Section(
        anchor="actions",
        heading="Actions",
        position=60,
        template="commitments/section.jinja",
        context={
            "actions": shown,
            "sources": sources_of(shown, acting),
            "words": words,
            "reference": agreement.reference,
        },
        action=_button(agreement, acting),
    )


def _button(agreement: Agreement, acting: Acting) -> Button | None:
    if not agreement.takes_acts or not may_record(acting, agreement):
        return None
    return Button("Record an action", reverse("commitments:new", args=[agreement.reference]))


def keeping_of(reference: str, counts: Mapping[str, int]) -> Keeping:
    """Kept while all that was due is closed; the closed actions are the evidence."""
    still_open, overdue, closed = (counts.get(each, 0) for each in ("open", "overdue", "closed"))
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
    return Keeping("nothing_yet", "No meeting has agreed an action yet.")


def _closed(reference: str, count: int) -> tuple[Evidence, ...]:
    url = f"{reverse('commitments:list')}?agreement={reference}&state=closed"
    return (Evidence(plural(count, "closed action"), url),)
