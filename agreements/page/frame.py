"""What all pages of an agreement share: what it is called, with whom, and the way to the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from agreements.core.parties import parties_of, sides_of
from agreements.core.reached import subpage_url
from agreements.models import Agreement
from house import clock
from house.answers import Section, Subpage
from house.rooms import rooms
from nhsuk.components import Button
from nhsuk.words import with_whom
from parties.acting import Acting


@dataclass(frozen=True)
class WayTo:
    """A line of the navigation between the pages of an agreement; `former` are places of old."""

    text: str
    href: str
    is_here: bool
    former: Sequence[str] = ()


class AgreementFrame:
    """One agreement for one reader, on the page with this key; the overview has none."""

    def __init__(self, agreement: Agreement, acting: Acting, key: str = "") -> None:
        self.agreement, self.acting, self.key = agreement, acting, key
        self.parties, self.own = parties_of(agreement), sides_of(agreement, acting)
        self.today = clock.today()

    @property
    def with_others(self) -> str:
        """ "with Aldermoor CCG": without whoever has left, as the list says it."""
        own = self.acting.organisation_id
        others = (party for party in self.parties if party.organisation.pk != own)
        return with_whom([party.name for party in others if not party.left_on])

    @cached_property
    def subpages(self) -> list[Subpage]:
        found = [each for room in rooms() for each in room.subpages(self.agreement)]
        return sorted(found, key=lambda subpage: subpage.position)

    @property
    def here(self) -> Subpage | None:
        """The page that this is; None for the overview, and where the agreement has no such page.

        A key that is no page of this agreement is no page at all.
        """
        return next((each for each in self.subpages if each.key == self.key), None)

    @property
    def ways(self) -> list[WayTo]:
        """To the overview and to each page."""
        reference = self.agreement.reference
        overview = reverse("agreements:agreement", args=[reference])
        return [
            WayTo("Overview", overview, not self.key),
            *(
                WayTo(
                    each.heading,
                    subpage_url(reference, each.key),
                    each.key == self.key,
                    # Only the overview has the address of the one long page.
                    () if self.key else each.former,
                )
                for each in self.subpages
            ),
        ]


class AgreementSubpage(AgreementFrame):
    """A page of an agreement that the rooms fill."""

    @cached_property
    def sections(self) -> list[Section]:
        found = [
            section
            for room in rooms()
            for section in room.sections(self.agreement, self.key, self.acting)
        ]
        return sorted(found, key=lambda section: section.position)

    @property
    def main_action(self) -> Button | None:
        """The action of the first section that has one."""
        return next((each.action for each in self.sections if each.action), None)
