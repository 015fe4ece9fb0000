"""What practice concerns answer to the rooms below, each reader their own and nothing to others.

There are answers that they do not give (record 0078): what all readers of an agreement are told
(its timeline, what is left open, what a successor takes over, an agenda, calendars, search), and
what leaves the portal as a paper or a table (how it stood, exports, reports).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from agreements.models import Agreement, Party
from deadlines.kinds import DeadlineKind
from escalations.concerns import keeping, queries
from escalations.concerns.presenters import words
from escalations.concerns.presenters.words import open_url
from escalations.concerns.reminders import CONCERN_ACTION
from escalations.concerns.rules import NEVER, why_none
from escalations.concerns.services.leaving import (
    concern_key,
    hand_over_concerns,
    lock_concerns,
    read_by,
)
from escalations.concerns.services.receiving import contact_named, see_to_unread
from escalations.concerns.todos import asking_todos
from house.answers import Keeping, NavigationEntry, Section, Todo
from house.asked_together import Asking
from house.room import Room
from house.rooms import register
from nhsuk.components import Button
from parties.acting import Acting
from parties.holdings import Holding
from parties.models import Organisation, Person
from parties.services.people import Leaving
from parties.who import DRAFTERS

SHOWN = 10
SUBPAGE = "kept"


class ConcernsRoom(Room):
    name, called = "escalations.concerns", "Practice concerns"
    locks_at = 40

    def navigation(self, acting: Acting) -> list[NavigationEntry]:
        if acting.organisation is None:
            return []
        return [NavigationEntry("Practice concerns", "concerns:list", 55, in_footer=True)]

    def asking_todo(self, acting: Acting) -> Asking[Sequence[Todo]]:
        return asking_todos(acting)

    def sections(self, agreement: Agreement, subpage: str, acting: Acting) -> list[Section]:
        if subpage != SUBPAGE or not agreement.in_force_version_id:
            return []
        return [_section(agreement, acting)]

    def keeping_kinds(self) -> dict[str, str]:
        return {keeping.KEY: "the record of practice concerns"}

    def asking_keepings(
        self, agreements: Sequence[Agreement], acting: Acting
    ) -> Asking[Mapping[int, Mapping[str, Keeping]]]:
        return keeping.asking(agreements, acting)

    def deadline_kinds(self) -> list[DeadlineKind]:
        return [CONCERN_ACTION]

    def contact_named(self, party: Party, by: Acting) -> None:
        contact_named(party)

    def time_passed(self) -> None:
        see_to_unread()

    def asking_holdings(
        self, person: Person, organisation: Organisation, most: int
    ) -> Asking[Sequence[Holding]]:
        """In words that say nothing: administrators carry a handover out. Whoever takes over the
        rest does not follow here unless they are named for it."""
        [found] = yield [read_by(person, organisation)[:most]]
        return [
            Holding(
                f"Confidential record under {named.concern.agreement.reference}",
                key=concern_key(named),
                otherwise="Its other readers keep it, else your MoU manager",
                by_default=False,
            )
            for named in found
        ]

    def held_under(self, person: Person, organisation: Organisation) -> set[int]:
        return set(read_by(person, organisation).values_list("concern__agreement", flat=True))

    def lock_held(self, leaving: Leaving) -> None:
        lock_concerns(leaving)

    def person_leaves(self, leaving: Leaving) -> None:
        hand_over_concerns(leaving)


def _section(agreement: Agreement, acting: Acting) -> Section:
    """The same words for everybody; a reader's own concerns below them."""
    why = why_none(agreement)
    may_open = not why and DRAFTERS.includes(acting)
    found = queries.under([agreement], acting).get(agreement.pk, ())
    return Section(
        anchor="concerns",
        heading="Practice concerns",
        position=60,
        template="escalations/concerns/section.jinja",
        context={
            "rows": sorted(found, key=lambda each: not each.is_open)[:SHOWN],
            "words": words,
            "never": NEVER if why == NEVER else "",
            "more": len(found) > SHOWN,
        },
        action=Button("Record a concern", open_url(agreement)) if may_open else None,
    )


register(ConcernsRoom())
