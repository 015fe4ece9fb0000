"""The page of an action: what has to be done, by whom, how it goes."""

from __future__ import annotations

from functools import cached_property

from django.urls import reverse
from markupsafe import Markup

from agreements.core.parties import parties_of
from agreements.emails.pages import EmailsOn
from commitments.models import Action
from commitments.queries import sources_of
from commitments.rules import may_answer, may_call_an_error, may_record, may_work_on
from documents.markdown import to_html
from nhsuk.components import Button, Link, TimelineEntry
from nhsuk.words import with_whom
from parties.acting import Acting


class ActionPage:
    """One action for one reader."""

    def __init__(self, action: Action, acting: Acting) -> None:
        self.action, self.acting = action, acting
        self.agreement = action.agreement

    @property
    def caption(self) -> str:
        return f"Action {self.action.number} of {self.agreement.reference}"

    @property
    def details(self) -> Markup:
        return to_html(self.action.details, under=2)

    @property
    def of_agreement(self) -> str:
        others = [p.name for p in parties_of(self.agreement) if p.pk != self.action.owner_id]
        return f"{self.agreement.title}, {self.action.owner} {with_whom(others)}"

    @cached_property
    def source(self) -> Link | None:
        """Where it was agreed, if the reader may see that."""
        return sources_of([self.action], self.acting).get(self.action.source_key)

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

    @cached_property
    def emails(self) -> EmailsOn:
        return EmailsOn("action", self.action, self.acting)

    @property
    def may_call_an_error(self) -> bool:
        return may_call_an_error(self.acting, self.action)

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
