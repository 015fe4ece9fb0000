"""What the page of an agreement shows of announcements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from agreements.models import Agreement
from communications.models import ConcernedAgreement
from communications.presenters.listing import in_words
from communications.presenters.todos import url_of
from communications.presenters.words import (
    embargo_tag,
    notice_in_words,
    notice_tag,
    state_tag,
    when,
)
from communications.queries.listing import by_agreement
from communications.queries.register import Share
from communications.rules.who import KEEPERS
from house.room import Section
from nhsuk.components import Action, Cell, Column
from nhsuk.words import plural
from parties.acting import Acting

COLUMNS = [Column("Announcement"), Column("State"), Column("Release"), Column("Notice")]
SHOWN = 5


def sections(agreements: Iterable[Agreement], acting: Acting) -> dict[int, list[Section]]:
    """Agreement id -> its section; none before it is in force, as nothing can touch it."""
    listed = [each for each in agreements if each.state != Agreement.State.BEING_PREPARED]
    found = by_agreement([agreement.pk for agreement in listed], acting)
    return {
        agreement.pk: [_section(agreement, found.get(agreement.pk, ()), acting)]
        for agreement in listed
        if agreement.takes_acts or agreement.pk in found
    }


def _section(
    agreement: Agreement, concerned: Sequence[ConcernedAgreement], acting: Acting
) -> Section:
    coming = [row for row in concerned if row.announcement.is_open]
    others = [row for row in concerned if not row.announcement.is_open]
    query = urlencode({"agreement": agreement.reference})
    context: dict[str, Any] = {
        "sentence": _sentence(concerned, coming),
        "columns": COLUMNS,
        "rows": [_row(row) for row in [*coming, *reversed(others)][:SHOWN]],
        "href": f"{reverse('announcements:list')}?{query}",
    }
    may_plan = acting.has(*KEEPERS) and agreement.takes_acts
    plan = f"{reverse('announcements:plan')}?{query}"
    return Section(
        anchor="announcements",
        heading="Announcements",
        position=40,
        template="communications/section.jinja",
        context=context,
        note=f"{len(coming)} to come" if coming else "",
        action=Action("Plan an announcement", plan) if may_plan else None,
    )


def _sentence(concerned: Sequence[ConcernedAgreement], coming: Sequence[ConcernedAgreement]) -> str:
    if not concerned:
        return "Nothing that you may see is planned or was released."
    released = [row for row in concerned if row.announcement.is_released]
    parts = [f"{plural(len(coming), 'announcement')} to come."] if coming else []
    if released:
        share = Share(sum(row.met for row in released), len(released))
        parts.append(f"Of those released, {in_words(share)} met the lead time.")
    return " ".join(parts) or "None is to come."


def _row(row: ConcernedAgreement) -> list[Cell]:
    announcement = row.announcement
    return [
        Cell(
            announcement.title,
            href=url_of(announcement),
            tag=embargo_tag(announcement),
            under=f"{announcement.get_kind_display()} of {announcement.owner}",
        ),
        Cell(tag=state_tag(announcement)),
        Cell(when(announcement)),
        Cell(notice_in_words(row, announcement), tag=notice_tag(row, announcement)),
    ]
