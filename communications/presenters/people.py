"""Who may see an announcement before its release, who did, and what they said."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from communications.models import Acknowledgement, Announcement, Share
from communications.queries.page import Reading
from nhsuk.components import Cell, Column
from nhsuk.dates import moment
from nhsuk.words import and_list, plural


class People:
    """The named readers with what they did, as rows of a table."""

    def __init__(
        self,
        announcement: Announcement,
        shares: Sequence[Share],
        readings: Sequence[Reading],
        acknowledgements: Sequence[Acknowledgement],
        *,
        may_keep: bool,
    ) -> None:
        self.announcement, self.may_take_back = announcement, may_keep and announcement.is_open
        self.shares = [share for share in shares if share.ended_at is None]
        self.ended = [share for share in shares if share.ended_at]
        self._readings, self._acknowledgements = readings, acknowledgements

    @property
    def columns(self) -> list[Column]:
        named = [Column("Who"), Column("Draft"), Column("Read"), Column("Acknowledged")]
        return [*named, Column("Change")] if self.may_take_back else named

    @property
    def rows(self) -> list[list[Cell]]:
        return [self._row(share) for share in self.shares]

    def _row(self, share: Share) -> list[Cell]:
        who = f"{share.reader} (team)" if share.team else share.reader
        row = [
            Cell(who, under=share.organisation.name),
            Cell(f"Draft {share.draft.number}", under=f"Since {moment(share.shared_at)}"),
            self._read(share),
            self._acknowledged(share),
        ]
        if self.may_take_back:
            at = reverse("announcements:take_back", args=[self.announcement.public_id, share.pk])
            row.append(Cell(f"Take back from {share.reader}", href=at))
        return row

    def _read(self, share: Share) -> Cell:
        found = [r for r in self._readings if self._is_of(share, r.draft, r.organisation, r.person)]
        if not found:
            return Cell("Not yet")
        times = plural(sum(each.times for each in found), "time")
        names = f" by {and_list(each.name for each in found)}" if share.team else ""
        return Cell(f"{times}{names}", under=f"First {moment(min(r.first for r in found))}")

    def _acknowledged(self, share: Share) -> Cell:
        found = [
            given
            for given in self._acknowledgements
            if self._is_of(
                share, given.draft.number, given.organisation_id, given.reader.person_id or 0
            )
        ]
        if not found:
            return Cell("Not yet")
        names = f"By {and_list(str(each.reader) for each in found)}" if share.team else "Yes"
        return Cell(names, under=moment(found[0].at))

    def _is_of(self, share: Share, draft: int, organisation: int, person: int) -> bool:
        """Whether somebody did it through this share; in a team whoever was not named besides."""
        if (draft, organisation) != (share.draft.number, share.organisation_id):
            return False
        if share.person_id:
            return share.person_id == person
        named = {each.person_id for each in self.shares if each.draft_id == share.draft_id}
        return person not in named
