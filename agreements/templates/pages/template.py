"""A template's page: its versions, who keeps it, and what is next."""

from __future__ import annotations

from functools import cached_property

from django.db.models import Count, Q
from django.urls import reverse

from agreements.models import Template, TemplateVersion
from agreements.templates.pages.states import state_tag
from agreements.templates.services.people import keepers_of, let_in, may_edit
from house.clock import london_day
from nhsuk.components import Action, Cell, Column
from nhsuk.dates import day
from parties.acting import Acting
from parties.models import Role, User


class TemplatePage:
    """A template with its versions and people (about six queries)."""

    columns = (
        Column("Version"),
        Column("State"),
        Column("Published"),
        Column("Your agreements from it", numeric=True),
    )

    def __init__(self, template: Template, acting: Acting) -> None:
        self.template, self.acting = template, acting

    @cached_property
    def versions(self) -> list[TemplateVersion]:
        """The newest first, each with how many agreements of the reader's started from it."""
        mine = Q(agreements__access__organisation=self.acting.organisation_id or 0)
        counted = Count("agreements", filter=mine, distinct=True)
        return list(self.template.versions.annotate(made=counted).order_by("-seq"))

    @cached_property
    def may_edit(self) -> bool:
        return may_edit(self.acting, self.template)

    @property
    def is_keeper(self) -> bool:
        own = self.template.organisation_id == self.acting.organisation_id
        return own and self.acting.has(Role.MANAGER)

    @cached_property
    def published(self) -> TemplateVersion | None:
        return next((v for v in self.versions if not v.is_draft), None)

    @cached_property
    def draft(self) -> TemplateVersion | None:
        return next((v for v in self.versions if v.is_draft), None)

    @cached_property
    def keepers(self) -> list[User]:
        return list(keepers_of(self.template))

    @cached_property
    def let_in(self) -> list[User]:
        return list(let_in(self.template))

    @property
    def standing(self) -> str:
        """Which version agreements start from, and whether the next one is being written."""
        sentences = []
        if self.published and self.published.published_at:
            on = day(london_day(self.published.published_at))
            sentences.append(f"New agreements start from version {self.published.seq} of {on}.")
        else:
            sentences.append("No version is published yet, so no agreement can start from it.")
        if self.draft:
            sentences.append(f"A draft of version {self.draft.seq} is open.")
        return " ".join(sentences)

    @property
    def actions(self) -> list[Action]:
        """What the reader can do with it, the main thing first."""
        actions = [self._edit()] if self.may_edit else []
        if self.published and self.acting.has(Role.EDITOR, Role.MANAGER):
            start = reverse("agreements:new")
            kind = "secondary" if actions else ""
            actions.append(Action("Start from this template", start, kind=kind))  # type: ignore[arg-type]
        return actions

    @property
    def rows(self) -> list[list[Cell]]:
        return [self._row(version) for version in self.versions]

    def _edit(self) -> Action:
        if self.draft:
            page = reverse("templates:version", args=[self.template.pk, self.draft.seq])
            return Action("Go on with the draft", page)
        open_it = reverse("templates:open_draft", args=[self.template.pk])
        return Action("Open a draft", post_to=open_it)

    def _row(self, version: TemplateVersion) -> list[Cell]:
        page = reverse("templates:version", args=[self.template.pk, version.seq])
        on = version.published_at
        return [
            Cell(f"Version {version.seq}", page),
            Cell(tag=state_tag(version)),
            Cell(day(london_day(on)) if on else "Not yet"),
            Cell(str(version.made)),  # type: ignore[attr-defined]
        ]
