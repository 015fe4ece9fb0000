"""A draft: its page for one reader, and who has it and what each did with it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from markupsafe import Markup

from communications.models import Acknowledgement, Comment, Draft, Share
from communications.queries import page as reads
from communications.queries.page import Reading
from communications.rules import is_owners, may_keep
from documents.markdown import to_html
from nhsuk.dates import moment
from nhsuk.words import and_list, plural
from parties.acting import Acting
from parties.models import Organisation


class DraftPage:
    """One draft for its owner's members or for somebody with whom it is shared."""

    def __init__(self, draft: Draft, acting: Acting) -> None:
        self.draft, self.acting = draft, acting
        self.announcement = draft.announcement
        self.own = is_owners(acting, self.announcement)
        self.may_keep = may_keep(acting, self.announcement)

    @property
    def html(self) -> Markup | None:
        """The text; None for a PDF."""
        return to_html(self.draft.text) if self.draft.text else None

    @cached_property
    def newer(self) -> Draft | None:
        """A newer draft that the reader may see."""
        drafts = reads.drafts_of(self.announcement, self.acting)
        return drafts[0] if drafts[0].number > self.draft.number else None

    @cached_property
    def comments(self) -> list[Comment]:
        return reads.comments_on(self.draft, self.acting)

    @cached_property
    def acknowledged(self) -> Acknowledgement | None:
        """The reader's own acknowledgement of this draft."""
        given = reads.acknowledgements_of(self.announcement, self.acting)
        mine = [each for each in given if each.reader_id == self.acting.user.pk]
        return next((each for each in mine if each.draft_id == self.draft.pk), None)

    @property
    def may_answer(self) -> bool:
        """Whether the reader is asked for an acknowledgement and comments."""
        return not self.own and self.announcement.is_open

    @cached_property
    def sides(self) -> list[Organisation]:
        """For the owner: the sides that it can answer, by name."""
        if not self.may_keep or not self.announcement.is_open:
            return []
        shares = reads.shares_of(self.announcement, self.acting)
        found = {s.organisation.pk: s.organisation for s in shares if s.ended_at is None}
        return sorted(found.values(), key=lambda each: each.name)

    def who(self, comment: Comment) -> str:
        """Whose comment it is, and for the owner to whom its own answer goes."""
        to = f", to {comment.organisation}" if self.own and self._is_answer(comment) else ""
        return f"{comment.author}, {comment.by_organisation}{to}"

    def _is_answer(self, comment: Comment) -> bool:
        return comment.by_organisation_id == self.announcement.owner_id


NOT_YET = ("Not yet", "")


class NamedReaders:
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
