"""The page of an action: what has to be done, by whom, how it goes."""

from __future__ import annotations

from functools import cached_property

from django.urls import reverse
from markupsafe import Markup

from agreements.core.parties import parties_of, with_whom
from commitments.models import Action
from commitments.presenters.words import (
    closed_words,
    due_words,
    owner_words,
    standing_words,
    state_tag,
)
from commitments.queries import sources_of
from commitments.rules import may_answer, may_call_an_error, may_record, may_work_on
from documents.markdown import to_html
from house import clock
from nhsuk.components import Action as Button
from nhsuk.components import Link, SummaryRow, Tag, TimelineEntry
from nhsuk.words import plural
from parties.acting import Acting


class ActionPage:
    """One action for one reader."""

    def __init__(self, action: Action, acting: Acting) -> None:
        self.action, self.acting, self.today = action, acting, clock.today()
        self.agreement = action.agreement

    @property
    def caption(self) -> str:
        return f"Action {self.action.number} of {self.agreement.reference}"

    @property
    def tag(self) -> Tag:
        return state_tag(self.action, self.today)

    @property
    def standing(self) -> str:
        return standing_words(self.action)

    @property
    def closed(self) -> str:
        return closed_words(self.action)

    @property
    def details(self) -> Markup:
        return to_html(self.action.details, under=2)

    @property
    def facts(self) -> list[SummaryRow]:
        others = [p.name for p in parties_of(self.agreement) if p.pk != self.action.owner_id]
        page = reverse("agreements:agreement", args=[self.agreement.reference])
        title = f"{self.agreement.title}, {self.action.owner} {with_whom(others)}"
        rows = [
            SummaryRow("Who", owner_words(self.action)),
            SummaryRow("Due", due_words(self.action, self.today)),
            SummaryRow("Agreement", title, href=page),
        ]
        return [*rows, *self._agreed_at]

    @property
    def _agreed_at(self) -> list[SummaryRow]:
        if not self.action.source_key:
            return []
        source = sources_of([self.action], self.acting).get(self.action.source_key)
        if source is None:
            return [SummaryRow("Agreed at", "A meeting")]
        carried = plural(self.action.carried, "later meeting")
        lines = [source.text] + ([f"Carried to {carried}"] if self.action.carried else [])
        return [SummaryRow("Agreed at", lines, href=source.href)]

    @cached_property
    def buttons(self) -> list[Button]:
        """What the reader can do, the likeliest first."""
        found = []
        if may_answer(self.acting, self.action):
            found.append(self._button("Say whether it is right", "answer"))
        if self.action.is_open and may_work_on(self.acting, self.action):
            kind = "secondary" if found else ""
            found.append(self._button("Record progress", "progress", kind))
        if self.action.is_open and may_record(self.acting, self.agreement):
            found.append(self._button("Change", "change", "secondary"))
        if self._may_reopen:
            found.append(self._button("Open it again", "reopen", "secondary"))
        return found

    @property
    def error_link(self) -> Link | None:
        if not may_call_an_error(self.acting, self.action):
            return None
        url = reverse("commitments:error", args=[self.action.key])
        return Link("This was entered in error", url)

    @property
    def notes(self) -> list[TimelineEntry]:
        """How it went, the newest first."""
        rows = self.action.notes.select_related("by__person", "organisation")
        found = rows.prefetch_related("organisation__names").order_by("-at", "-pk")
        return [
            TimelineEntry(note.at, note.text, f"{note.by}, {note.organisation}") for note in found
        ]

    @property
    def _may_reopen(self) -> bool:
        closed = self.action.state in {Action.State.DONE, Action.State.DROPPED}
        return closed and may_record(self.acting, self.agreement)

    def _button(self, text: str, page: str, kind: str = "") -> Button:
        href = reverse(f"commitments:{page}", args=[self.action.key])
        return Button(text, href, kind=kind)  # type: ignore[arg-type]
