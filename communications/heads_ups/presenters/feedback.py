"""The page of feedback to a practice: nobody was to be told before it, so nobody is late."""

from __future__ import annotations

from functools import cached_property

from communications.heads_ups.presenters.page import HeadsUpPage
from communications.heads_ups.presenters.told import ToldRow, read_by
from communications.heads_ups.queries.telling import failed, feedback_told
from communications.heads_ups.rules import Standing, may_keep
from communications.models import OwedTo, Told
from nhsuk.components import Link, TimelineEntry
from nhsuk.dates import moment


class FeedbackPage(HeadsUpPage):
    """Read by its owner's members, who see all addresses, and by who was told."""

    @cached_property
    def owed(self) -> list[OwedTo]:
        return []

    @cached_property
    def told(self) -> dict[int, Told]:
        rows = feedback_told([self.heads_up.pk])[self.heads_up.pk]
        side = self.acting.organisation_id
        return {row.pk: row for row in rows if self.own or row.organisation_id == side}

    @cached_property
    def standings(self) -> list[Standing]:
        return [Standing(0, each.name, each.mailed_at) for each in self.told.values()]

    @property
    def facts(self) -> list[tuple[str, str]]:
        return [
            ("From", self.heads_up.owner.name),
            ("To whom it goes", self.heads_up.audience),
            ("Given", moment(self.heads_up.given_at)),
            *([("Why it was taken back", self.heads_up.because)] if self.heads_up.because else []),
        ]

    @property
    def links(self) -> list[Link]:
        if not (may_keep(self.acting, self.heads_up) and self.heads_up.is_sent):
            return []
        return [Link("Take it back", self._url("take_back"))]

    @property
    def rows(self) -> list[ToldRow]:
        troubled = failed(self.told.values()) if self.own else set()
        return [self._told_row(each, troubled) for each in self.told.values()]

    def _told_row(self, each: Told, troubled: set[int]) -> ToldRow:
        waits = "did not arrive" if each.pk in troubled else "is on its way"
        return ToldRow(
            name=self.heads_up.audience, under="", tag=None,
            told=moment(each.mailed_at) or f"Not yet: the e-mail {waits}",
            people=f"{each.name}, {each.address}" if self.own else each.name,
            read=read_by([each]) or "Not yet",
        )  # fmt: skip

    @property
    def story(self) -> list[TimelineEntry]:
        given = self.heads_up
        found = [TimelineEntry(given.given_at, "Given", str(given.given_by))]
        if given.closed_at and not given.is_sent:
            found.append(TimelineEntry(given.closed_at, "Taken back", str(given.closed_by)))
        return found[::-1]
