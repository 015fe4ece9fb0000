"""The contents of an agreement's page: each section that it has, with a note where one counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhsuk.components import IndexEntry

if TYPE_CHECKING:
    from agreements.page.overview import AgreementPage


def index_of(page: AgreementPage) -> list[IndexEntry]:
    vacant = len(page.vacancies)
    entries = [
        IndexEntry("What is next", "next"),
        *([IndexEntry("How it is kept", "kept", page.life.kept.note)] if page.life else []),
        IndexEntry("Dates", "dates"),
        IndexEntry("Key contacts", "contacts", f"{vacant} vacant" if vacant else ""),
        *([IndexEntry("Review", "review")] if page.reviews.is_shown else []),
        IndexEntry("Text and versions", "versions"),
    ]
    if page.standing_rows:
        entries.append(IndexEntry("Approvals and signatures", "standing"))
    entries += [IndexEntry(s.heading, s.anchor, s.note) for s in page.room_sections]
    if page.files:
        entries.append(IndexEntry("Documents", "documents"))
    return [*entries, IndexEntry("What happened", "happened")]
