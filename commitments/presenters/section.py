"""The actions of an agreement, on its page."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from agreements.models import Agreement
from commitments.models import Action
from commitments.presenters.lists import COLUMNS, rows_of
from commitments.queries import sources_of
from commitments.rules import may_record
from house import clock
from house.room import Section
from nhsuk.components import Action as Button
from nhsuk.components import Link
from nhsuk.words import plural
from parties.acting import Acting

MOST = 10


def section_of(agreement: Agreement, still_open: Sequence[Action], acting: Acting) -> Section:
    """The next open actions of one agreement; the list has the others."""
    shown = still_open[:MOST]
    today = clock.today()
    late = sum(action.is_overdue(today) for action in still_open)
    everything = f"{reverse('commitments:list')}?agreement={agreement.reference}&state=all"
    return Section(
        anchor="actions",
        heading="Actions",
        position=60,
        template="commitments/section.jinja",
        context={
            "columns": COLUMNS,
            "rows": rows_of(shown, today, sources_of(shown, acting)),
            "more": Link("Show all actions of this agreement", everything),
        },
        note=_note(len(still_open), late),
        action=_button(agreement, acting),
    )


def _note(still_open: int, late: int) -> str:
    if late:
        return f"{late} overdue"
    return plural(still_open, "open", "open") if still_open else ""


def _button(agreement: Agreement, acting: Acting) -> Button | None:
    if not agreement.takes_acts or not may_record(acting, agreement):
        return None
    return Button("Record an action", reverse("commitments:new", args=[agreement.reference]))
