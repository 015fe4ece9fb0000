"""The pages of an agreement that no other room has: its text, how it is kept, people, history."""

from __future__ import annotations

from agreements.models import Agreement
from agreements.page.sections import HISTORY, KEPT, PEOPLE, TEXT, sections_of
from house.answers import Section, Subpage
from house.room import Room
from house.rooms import register
from parties.acting import Acting


class AgreementPagesRoom(Room):
    name = "agreements.page"

    def subpages(self, agreement: Agreement) -> list[Subpage]:
        """Its text, people and history always; how it is kept once it came into force."""
        kept = [KEPT] if agreement.in_force_version_id else []
        return [TEXT, *kept, PEOPLE, HISTORY]

    def sections(self, agreement: Agreement, subpage: str, acting: Acting) -> list[Section]:
        return list(sections_of(agreement, subpage, acting))


register(AgreementPagesRoom())
