"""The page of one announcement, as its owner, a named reader or a party sees it."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property

from django.urls import reverse
from markupsafe import Markup

from agreements.emails.pages import EmailsOn
from communications.models import Announcement, ConcernedAgreement, Draft, Move
from communications.presenters import words
from communications.presenters.drafts import NamedReaders
from communications.presenters.line import line_of_time, others_in_words, story_of
from communications.presenters.teams import AskedRow, how_awaited, rows_of
from communications.queries import page as reads
from communications.queries.final_text import FinalText, final_texts
from communications.queries.touched import touched_among
from communications.rules import is_owners, may_keep
from documents.markdown import to_html
from house import clock
from nhsuk.components import Button, Link, RailStep, Tag, TimelineEntry
from nhsuk.words import and_list, in_short
from parties.acting import Acting

# What its keepers can do: what it says, and the page.
SHARE = ("Share the draft", "share")
ADD = ("Add a draft", "draft_add")
RELEASE = ("Mark as released", "release")
CORRECT = ("Correct the final text", "correct")
TEAM = ("Ask a team", "team_ask")
REST = (("Edit", "edit"), ("Move", "move"), ("Withdraw", "withdraw"))


class AnnouncementPage:
    """One announcement for one reader. Reads its rows once (sixteen queries at most)."""

    def __init__(self, announcement: Announcement, acting: Acting) -> None:
        self.announcement, self.acting = announcement, acting
        self.own = is_owners(acting, announcement)
        self.may_keep = may_keep(acting, announcement)
        self.concerned, self.sides = reads.concerned_and_sides(announcement, acting)
        self.drafts = reads.drafts_of(announcement, acting)
        self.shares = reads.shares_of(announcement, acting)

    @property
    def tags(self) -> list[Tag]:
        found = [words.state_tag(self.announcement), words.embargo_tag(self.announcement)]
        return [tag for tag in found if tag]

    @property
    def is_reader(self) -> bool:
        """Somebody of another party who was named, as against its members at large."""
        return not self.own and bool(self.shares)

    @cached_property
    def texts(self) -> list[FinalText]:
        """The final text once it is released, and those from before it was corrected."""
        return final_texts(self.announcement.release) if self.announcement.is_released else []

    def in_html(self, final: FinalText) -> Markup | None:
        """None for a file."""
        return to_html(final.text) if final.text else None

    def until(self, final: FinalText) -> datetime:
        """When a text from before was corrected."""
        return self.texts[self.texts.index(final) - 1].at

    @property
    def about(self) -> str:
        """Whom it is about, of the agreements that the reader knows of; empty between two."""
        parties = [party for those in self.sides.values() for party in those]
        found = touched_among(self.announcement, parties)
        return and_list(each.name for each in found) if found else ""

    @property
    def others(self) -> str:
        return others_in_words(self.concerned, self.sides, self.announcement.owner_id)

    def others_of(self, concerned: ConcernedAgreement) -> str:
        """The other parties of one agreement, seen from the reader's side."""
        own = self.acting.organisation_id
        parties = self.sides[concerned.agreement_id]
        return in_short([party.name for party in parties if party.organisation.pk != own])

    @property
    def line(self) -> list[RailStep]:
        return line_of_time(self.announcement, self.concerned, self.sides)

    @cached_property
    def people(self) -> NamedReaders:
        return NamedReaders(
            self.shares,
            reads.readings_of(self.announcement, self.acting),
            reads.acknowledgements_of(self.announcement, self.acting),
        )

    @cached_property
    def comments(self) -> dict[int, int]:
        """Draft number -> how many comments the reader may see."""
        return reads.comments_counted(self.announcement, self.acting)

    def open_to(self, draft: Draft) -> str:
        of_draft = [share for share in self.shares if share.draft_id == draft.pk]
        names = [share.reader for share in of_draft if not share.ended_at]
        return in_short(names) if names else "Your organisation only"

    @cached_property
    def emails(self) -> EmailsOn:
        """For its owner's people and the named readers: the e-mails on it."""
        return EmailsOn("announcement", self.announcement, self.acting)

    @property
    def story(self) -> list[TimelineEntry]:
        moves: list[Move] = reads.moves_of(self.announcement, self.acting)
        return story_of(
            self.announcement, self.drafts, self.shares, moves, self.texts, own=self.own
        )

    # --- What comes next

    @cached_property
    def is_passed(self) -> bool:
        """Whether its planned release has passed and nobody has said what came of it."""
        return self.announcement.is_open and self.announcement.planned_for <= clock.now()

    @property
    def may_act(self) -> bool:
        return self.may_keep and self.announcement.is_open

    @cached_property
    def teams(self) -> list[AskedRow]:
        """The teams that the owner asked; others hear nothing of it."""
        return rows_of(self.announcement, self.acting) if self.own else []

    @property
    def missing(self) -> list[str]:
        """For its owner what is missing, as sentences."""
        if not self.own or not self.announcement.is_open:
            return []
        found = [sentence] if (sentence := self._missing_draft()) else []
        waiting = [each.asked for each in self.teams if each.is_awaited]
        found += [how_awaited(waiting)] if waiting else []
        if self.is_passed:
            found.append("The planned release has passed. Say what came of it.")
        return found

    def _missing_draft(self) -> str:
        if not self.drafts:
            return "There is no draft yet. Add one, then share it."
        newest = self.drafts[0]
        if waiting := [row for row in self.concerned if row.reached_at is None]:
            who = others_in_words(waiting, self.sides, self.announcement.owner_id)
            return f"Share a draft with {who}."
        if not any(s.draft_id == newest.pk and s.ended_at is None for s in self.shares):
            return f"Draft {newest.number} is newer than what you shared."
        return ""

    @property
    def actions(self) -> list[Button]:
        """The main action, and marking the release; each leads to a page of its own."""
        if self.may_act:
            first = [] if self.is_passed else [SHARE if self.drafts else ADD]
            return [
                Button(text, self._url(name), kind="secondary" if place else "")
                for place, (text, name) in enumerate([*first, RELEASE])
            ]
        if self.announcement.is_open and self.is_reader and self.drafts:
            newest = self.drafts[0]
            return [Button(f"Read draft {newest.number}", words.draft_url(newest))]
        return []

    @property
    def links(self) -> list[Link]:
        """What else its keepers can do, the dangerous one last."""
        if self.may_keep and self.announcement.is_released:
            return [Link(text, self._url(name)) for text, name in (CORRECT,)]
        if not self.may_act:
            return []
        more = [ADD] if self.drafts or self.is_passed else []
        if self.drafts and self.is_passed:
            more = [SHARE, ADD]
        if self.drafts:
            more.append(TEAM)
        return [Link(text, self._url(name)) for text, name in (*more, *REST)]

    def _url(self, name: str) -> str:
        return reverse(f"announcements:{name}", args=[self.announcement.public_id])
