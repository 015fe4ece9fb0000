"""One draft for one reader: its text, the comments, and what they can say."""

from __future__ import annotations

from functools import cached_property

from markupsafe import Markup

from communications.models import Acknowledgement, Comment, Draft
from communications.queries import page as reads
from communications.rules import is_owners, may_keep
from documents.markdown import to_html
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
