"""Who has a draft, and what each did with it."""

from __future__ import annotations

from collections.abc import Sequence

from communications.models import Acknowledgement, Share
from communications.queries.page import Reading
from nhsuk.dates import moment
from nhsuk.words import and_list, plural

NOT_YET = ("Not yet", "")


class People:
    """The named readers with what they did. Each answer is a cell: its words, the line under."""

    def __init__(
        self,
        shares: Sequence[Share],
        readings: Sequence[Reading],
        acknowledgements: Sequence[Acknowledgement],
    ) -> None:
        self.shares = [share for share in shares if share.ended_at is None]
        self._readings, self._acknowledgements = readings, acknowledgements

    def read(self, share: Share) -> tuple[str, str]:
        """ "2 times", first when; of a team also by whom."""
        found = [r for r in self._readings if self._is_of(share, r.draft, r.organisation, r.person)]
        if not found:
            return NOT_YET
        times = plural(sum(each.times for each in found), "time")
        names = f" by {and_list(each.name for each in found)}" if share.team else ""
        return f"{times}{names}", f"First {moment(min(r.first for r in found))}"

    def acknowledged(self, share: Share) -> tuple[str, str]:
        """ "Yes", or for a team by whom, and when."""
        found = [
            given
            for given in self._acknowledgements
            if self._is_of(
                share, given.draft.number, given.organisation_id, given.reader.person_id or 0
            )
        ]
        if not found:
            return NOT_YET
        names = f"By {and_list(str(each.reader) for each in found)}" if share.team else "Yes"
        return names, moment(found[0].at)

    def _is_of(self, share: Share, draft: int, organisation: int, person: int) -> bool:
        """Whether somebody did it through this share; in a team whoever was not named besides."""
        if (draft, organisation) != (share.draft.number, share.organisation_id):
            return False
        if share.person_id:
            return share.person_id == person
        named = {each.person_id for each in self.shares if each.draft_id == share.draft_id}
        return person not in named
