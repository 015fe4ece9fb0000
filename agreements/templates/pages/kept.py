"""The pages of templates: which there are, and one with its versions and people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from django.db.models import Count, Q
from django.urls import reverse

from agreements.library import LibraryTemplate, library
from agreements.models import Template, TemplateVersion
from agreements.templates.services.people import keepers_of, let_in, may_edit
from nhsuk.components import Button, Column, Tag
from nhsuk.dates import day
from parties.acting import Acting
from parties.models import Role, User
from parties.who import DRAFTERS


def state_tag(version: TemplateVersion) -> Tag:
    return Tag(version.get_state_display(), "blue" if version.is_draft else "green")


def published_of(versions: Iterable[TemplateVersion]) -> TemplateVersion | None:
    """The published version that agreements start from; the newest comes first."""
    return next((version for version in versions if not version.is_draft), None)


def draft_of(versions: Iterable[TemplateVersion]) -> TemplateVersion | None:
    return next((version for version in versions if version.is_draft), None)


class TemplateList:
    """What the reader may use or take (four queries, however many templates)."""

    published_of = staticmethod(published_of)
    draft_of = staticmethod(draft_of)
    tag = staticmethod(state_tag)

    def __init__(self, acting: Acting) -> None:
        self.acting = acting
        visible = Template.objects.visible_to(acting).select_related("organisation")
        self.templates = list(visible.prefetch_related("organisation__names", "versions"))
        self.may_take = acting.has(Role.MANAGER)

    def is_own(self, template: Template) -> bool:
        return template.organisation_id == self.acting.organisation_id

    @property
    def shelf(self) -> list[LibraryTemplate]:
        """Those that come with the portal and that the organisation has not taken yet."""
        own = {template.key for template in self.templates if self.is_own(template)}
        return [source for key, source in library().items() if key not in own]


class TemplatePage:
    """A template with its versions and people (about six queries)."""

    columns = ("Version", "State", "Published", Column("Your agreements from it", numeric=True))
    tag = staticmethod(state_tag)

    def __init__(self, template: Template, acting: Acting) -> None:
        self.template, self.acting = template, acting
        self.may_edit = may_edit(acting, template)
        own = template.organisation_id == acting.organisation_id
        self.is_keeper = own and acting.has(Role.MANAGER)

    @cached_property
    def versions(self) -> list[TemplateVersion]:
        """The newest first, each with how many agreements of the reader's started from it."""
        mine = Q(agreements__access__organisation=self.acting.organisation_id or 0)
        counted = Count("agreements", filter=mine, distinct=True)
        return list(self.template.versions.annotate(made=counted).order_by("-seq"))

    @cached_property
    def keepers(self) -> list[User]:
        return list(keepers_of(self.template))

    @cached_property
    def let_in(self) -> list[User]:
        return list(let_in(self.template))

    @property
    def standing(self) -> str:
        """Which version agreements start from, and whether the next one is being written."""
        published, draft = published_of(self.versions), draft_of(self.versions)
        said = "No version is published yet, so no agreement can start from it."
        if published and published.published_at:
            on = day(published.published_at)
            said = f"New agreements start from version {published.seq} of {on}."
        return f"{said} A draft of version {draft.seq} is open." if draft else said

    @property
    def actions(self) -> list[Button]:
        """What the reader can do with it, the main thing first."""
        actions = [self._edit()] if self.may_edit else []
        if published_of(self.versions) and DRAFTERS.includes(self.acting):
            start = Button("Start from this template", reverse("agreements:new"))
            actions.append(replace(start, kind="secondary") if actions else start)
        return actions

    def _edit(self) -> Button:
        if draft := draft_of(self.versions):
            page = reverse("templates:version", args=[self.template.pk, draft.seq])
            return Button("Go on with the draft", page)
        open_it = reverse("templates:open_draft", args=[self.template.pk])
        return Button("Open a draft", post_to=open_it)
