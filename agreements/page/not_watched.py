"""The duties that the portal does not watch: those that a person reviewed by hand, and the rest.

What was reviewed by hand is no answer of a room, so it stands and is counted apart (record 0083).
"""

from __future__ import annotations

from functools import cached_property

from agreements.by_hand.pages import BY_HAND, ByHandOf
from agreements.models import Agreement
from agreements.page.kept import Kept, Unwatched
from nhsuk.words import plural
from parties.acting import Acting


class NotWatched:
    """Of one agreement for one reader."""

    tag = BY_HAND

    def __init__(self, kept: Kept, agreement: Agreement, acting: Acting) -> None:
        self.kept, self.by_hand = kept, ByHandOf(agreement, acting)

    @cached_property
    def reviewed(self) -> list[Unwatched]:
        return [each for each in self.kept.unwatched if self.by_hand.stands(each.clause)]

    @cached_property
    def rest(self) -> list[Unwatched]:
        return [each for each in self.kept.unwatched if not self.by_hand.stands(each.clause)]

    @property
    def summary(self) -> str:
        """ "3 more were reviewed by hand."; of one that is watched in part nothing is counted."""
        whole = [each for each in self.reviewed if not self.kept.is_watched(each.clause)]
        if not whole:
            return ""
        return f"{plural(len(whole), 'other was', 'others were')} reviewed by hand."

    def said(self, each: Unwatched) -> list[str]:
        return self.by_hand.said(each.clause)

    @property
    def href(self) -> str:
        return "#by_hand"
