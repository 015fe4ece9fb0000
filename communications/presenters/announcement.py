"""The page of an announcement, for its owner's members, for named readers and for the parties."""

from __future__ import annotations

from functools import cached_property

from django.urls import reverse
from markupsafe import Markup

from communications.models import Announcement
from communications.presenters.drafts import COLUMNS, draft_rows, draft_url
from communications.presenters.line import Moment, line_of_time, others_in_words
from communications.presenters.next_steps import buttons_of, links_of, missing_of
from communications.presenters.people import People
from communications.presenters.story import story_of
from communications.presenters.words import (
    embargo_tag,
    kind_of,
    lead_time,
    notice_in_words,
    notice_tag,
    state_tag,
    why_short,
)
from communications.queries import page as reads
from communications.rules.who import is_owners, may_keep
from documents.markdown import to_html
from nhsuk.components import Action, Cell, Column, Link, Tag, TimelineEntry
from nhsuk.words import plural
from parties.acting import Acting

TOUCHED = [Column("Agreement"), Column("Lead time"), Column("Notice")]


class AnnouncementPage:
    """One announcement for one reader. Reads its rows once (sixteen queries at most)."""

    touched_columns, draft_columns = TOUCHED, COLUMNS

    def __init__(self, announcement: Announcement, acting: Acting) -> None:
        self.announcement, self.acting = announcement, acting
        self.own = is_owners(acting, announcement)
        self.may_keep = may_keep(acting, announcement)
        self.concerned, self.sides = reads.concerned_and_sides(announcement, acting)
        self.drafts = reads.drafts_of(announcement, acting)
        self.shares = reads.shares_of(announcement, acting)

    @property
    def kind(self) -> str:
        return kind_of(self.announcement)

    @property
    def tags(self) -> list[Tag]:
        found = [state_tag(self.announcement), embargo_tag(self.announcement)]
        return [tag for tag in found if tag]

    @property
    def is_reader(self) -> bool:
        """Somebody of another party who was named, as against its members at large."""
        return not self.own and bool(self.shares)

    @property
    def final(self) -> Markup | None:
        """The final text, once it is released, when it is not a file."""
        if not self.announcement.is_released or not self.announcement.release.text:
            return None
        return to_html(self.announcement.release.text)

    @property
    def others(self) -> str:
        return others_in_words(self.concerned, self.sides, self.announcement.owner_id)

    @cached_property
    def line(self) -> list[Moment]:
        return line_of_time(self.announcement, self.concerned, self.sides)

    @property
    def missing(self) -> list[str]:
        if not self.own or not self.announcement.is_open:
            return []
        return missing_of(self.announcement, self.concerned, self.sides, self.drafts, self.shares)

    @property
    def actions(self) -> list[Action]:
        if not self.announcement.is_open:
            return []
        if self.may_keep:
            return buttons_of(self.announcement, self._url, has_draft=bool(self.drafts))
        if self.is_reader and self.drafts:
            newest = self.drafts[0]
            return [Action(f"Read draft {newest.number}", draft_url(newest))]
        return []

    @property
    def links(self) -> list[Link]:
        if not self.may_keep or not self.announcement.is_open:
            return []
        return links_of(self.announcement, self._url, has_draft=bool(self.drafts))

    def _url(self, name: str) -> str:
        return reverse(f"announcements:{name}", args=[self.announcement.public_id])

    @property
    def touched_rows(self) -> list[list[Cell]]:
        return [
            [
                Cell(
                    row.agreement.title,
                    href=reverse("agreements:agreement", args=[row.agreement.reference]),
                    under=f"{row.agreement.reference}, with {self._others_of(row.agreement_id)}",
                ),
                Cell(lead_time(row)),
                Cell(
                    notice_in_words(row, self.announcement),
                    tag=notice_tag(row, self.announcement),
                    under=why_short(row),
                ),
            ]
            for row in self.concerned
        ]

    def _others_of(self, agreement_id: int) -> str:
        own = self.acting.organisation_id
        names = [p.name for p in self.sides[agreement_id] if p.organisation.pk != own]
        return names[0] if len(names) == 1 else f"{names[0]} and {plural(len(names) - 1, 'other')}"

    @cached_property
    def people(self) -> People:
        return People(
            self.announcement,
            self.shares,
            reads.readings_of(self.announcement, self.acting),
            reads.acknowledgements_of(self.announcement, self.acting),
            may_keep=self.may_keep,
        )

    @property
    def draft_rows(self) -> list[list[Cell]]:
        comments = reads.comments_counted(self.announcement, self.acting)
        return draft_rows(self.drafts, self.shares, comments)

    @property
    def story(self) -> list[TimelineEntry]:
        moves = reads.moves_of(self.announcement, self.acting)
        return story_of(self.announcement, self.drafts, self.shares, moves, own=self.own)
