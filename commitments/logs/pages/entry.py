"""The page of one entry: what was noted, by whom, who else reads it, and how it was before."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from markupsafe import Markup

from agreements.core.parties import there_today
from commitments.logs import words
from commitments.logs.pages.agreement import is_late
from commitments.logs.queries import documents_called, shares_of
from commitments.logs.rights import (
    may_change,
    may_give_reference,
    may_pass_on,
    may_take_back,
)
from commitments.logs.words import MORE, WHEN
from commitments.models import LogEntry, LogShare, RiskReference
from documents.markdown import to_html
from nhsuk.components import Button, Tag, TimelineEntry
from nhsuk.dates import day
from nhsuk.words import plural
from parties.acting import Acting


@dataclass(frozen=True)
class Shared:
    """Another agreement whose parties read the entry; where it can be taken back."""

    title: str
    url: str
    said: str
    take_back: str = ""


class EntryPage:
    """One entry for one reader: a party to its agreement, or one whom it was passed on to."""

    def __init__(self, entry: LogEntry, acting: Acting, *, is_own: bool) -> None:
        self.entry, self.acting, self.is_own = entry, acting, is_own
        self.agreement = entry.agreement

    @property
    def caption(self) -> str:
        """Of where it comes from whoever it was passed on to learns no more."""
        of = f" of {self.agreement.reference}" if self.is_own else ", from another MoU"
        return f"{self.entry.called}{of}"

    @property
    def tag(self) -> Tag:
        return words.state_tag(self.entry, is_late(self.entry))

    @property
    def text(self) -> Markup:
        return to_html(self.entry.text, under=2)

    @property
    def text_heading(self) -> str:
        return MORE[self.entry.kind]

    @property
    def facts(self) -> list[tuple[str, str]]:
        entry = self.entry
        found = [
            (WHEN[entry.kind], day(entry.happened_on)),
            ("Who was asked", entry.groups),
            ("In which way", entry.mechanism),
            ("Document", self._document),
            ("Date of review", day(entry.review_on) if entry.review_on else ""),
            ("Recorded by", words.recorded(entry) if self.is_own else str(entry.recorded_for)),
        ]
        return [(name, said) for name, said in found if said]

    @property
    def _document(self) -> str:
        if not self.is_own or not self.entry.document_id:
            return ""
        return documents_called([self.entry]).get(self.entry.document_id, "")

    @property
    def ended(self) -> str:
        """ "Closed by Olga Other on 3 March 2014: …". Empty while it stands."""
        entry = self.entry
        if entry.is_open:
            return ""
        by = f" by {entry.closed_by}" if self.is_own else ""
        return f"{entry.get_state_display()}{by} on {day(entry.closed_at)}: {entry.because}"

    @cached_property
    def references(self) -> list[tuple[str, RiskReference | None]]:
        """Each party with the reference that its own register has, or none."""
        rows = {each.party_id: each for each in self.entry.references.all()}
        return [(party.name, rows.get(party.pk)) for party in there_today(self.agreement)]

    @property
    def reviews(self) -> list[TimelineEntry]:
        """The newest first."""
        rows = self.entry.reviews.select_related("by__person", "organisation").order_by("-pk")
        return [
            TimelineEntry(
                each.reviewed_on, _reviewed(each), f"{each.by}, {each.organisation}"
            )
            for each in rows.prefetch_related("organisation__names")
        ]  # fmt: skip

    @cached_property
    def _shares(self) -> tuple[list[LogShare], int]:
        return shares_of(self.entry, self.acting)

    @property
    def shared(self) -> list[Shared]:
        return [self._shared(each) for each in self._shares[0]] if self.is_own else []

    def _shared(self, share: LogShare) -> Shared:
        share.entry, agreement = self.entry, share.agreement
        here = [self.entry.key, share.pk]
        may = may_take_back(self.acting, share)
        return Shared(
            agreement.full_title,
            reverse("agreements:agreement", args=[agreement.reference]),
            f"by {share.shared_for} on {day(share.shared_at)}",
            reverse("commitments:log_take_back", args=here) if may else "",
        )

    @property
    def shared_besides(self) -> str:
        """How many more agreements there are, which the reader does not see."""
        many = self._shares[1] if self.is_own else 0
        return f"Passed on to {plural(many, 'other MoU')} that you do not see." if many else ""

    @property
    def before(self) -> list[TimelineEntry]:
        """How it was before each change, the newest first; the last row is how it is."""
        if not self.is_own or not self.entry.edit_no:
            return []
        rows = self.entry.history.select_related("history_user__person").order_by("-history_id")
        return [
            TimelineEntry(each.history_date, each.what, str(each.history_user), each.text)
            for each in _each_wording(rows)[1:]
        ]

    @property
    def buttons(self) -> list[Button]:
        """What the reader can do, the likeliest first."""
        found: list[Button] = []
        for text, page in self._steps() if self.is_own else ():
            href = reverse(f"commitments:log_{page}", args=[self.entry.key])
            found.append(Button(text, href, kind="secondary" if found else ""))
        return found

    def _steps(self) -> list[tuple[str, str]]:
        entry, steps = self.entry, []
        changes = entry.is_open and may_change(self.acting, entry)
        if changes and entry.is_risk:
            steps.append(("Record a review", "reviewed"))
        if self.agreement.takes_acts and may_pass_on(self.acting, entry):
            steps.append(("Pass it on to other MoUs", "pass_on"))
        if may_give_reference(self.acting, entry):
            steps.append(("Enter your own reference", "reference"))
        if changes:
            steps.append(("Change", "change"))
        if changes and entry.is_risk:
            steps.append(("Close this risk", "close"))
        return steps

    @property
    def may_call_an_error(self) -> bool:
        return self.is_own and may_change(self.acting, self.entry)


def _reviewed(review: Any) -> str:
    following = f" The next one is on {day(review.next_on)}." if review.next_on else ""
    return f"{review.note or 'Reviewed.'}{following}"


def _each_wording(rows: Any) -> list[Any]:
    """Without those that changed no word."""
    found: list[Any] = []
    for each in rows:
        if not found or (found[-1].what, found[-1].text) != (each.what, each.text):
            found.append(each)
    return found
