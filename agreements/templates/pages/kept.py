"""The pages of templates: which there are, and one with its versions and people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from typing import Literal, NamedTuple

from django.db.models import Count, Prefetch, Q
from django.urls import reverse

from agreements.library import LibraryTemplate, library
from agreements.models import Template, TemplateShare, TemplateVersion
from agreements.templates.services.people import keepers_of, let_in, may_edit
from agreements.templates.services.sharing import shares_of
from nhsuk.components import Button, Column, Tag
from nhsuk.dates import day
from nhsuk.words import plural
from parties.acting import Acting
from parties.models import Role, User
from parties.who import DRAFTERS


def state_tag(version: TemplateVersion) -> Tag:
    colour: Literal["green", "grey"] = "green" if version.is_published else "grey"
    return Tag(version.get_state_display(), "blue" if version.is_draft else colour)


def published_of(versions: Iterable[TemplateVersion]) -> TemplateVersion | None:
    """The published version that agreements start from; the newest comes first."""
    return next((version for version in versions if version.is_published), None)


def draft_of(versions: Iterable[TemplateVersion]) -> TemplateVersion | None:
    return next((version for version in versions if version.is_draft), None)


class TemplateRow(NamedTuple):
    """A template in the list: what can be started from it, whose it is and who else may use it."""

    template: Template
    version: str
    draft: str
    whose: str


class TemplateList:
    """What the reader may use or take (six queries, however many templates)."""

    def __init__(self, acting: Acting) -> None:
        self.acting = acting
        versions = TemplateVersion.objects.visible_to(acting).order_by("-seq")
        visible = Template.objects.visible_to(acting).select_related("organisation")
        shared = Count(
            "shares", filter=Q(shares__ended_at=None, shares__isnull=False), distinct=True
        )
        self.templates = list(
            visible.annotate(shared=shared).prefetch_related(
                "organisation__names", Prefetch("versions", versions)
            )
        )
        drafted = Template.objects.drafted_by(acting)
        self.drafted = set(drafted.order_by().values_list("pk", flat=True))
        self.may_take = acting.has(Role.MANAGER)

    @property
    def rows(self) -> list[TemplateRow]:
        """One's own first, then those of others."""
        ordered = sorted(self.templates, key=lambda each: not self.is_own(each))
        return [self._row(template) for template in ordered]

    def is_own(self, template: Template) -> bool:
        return template.organisation_id == self.acting.organisation_id

    @property
    def shelf(self) -> list[LibraryTemplate]:
        """Those that come with the portal and that the organisation has not taken yet."""
        own = {template.key for template in self.templates if self.is_own(template)}
        return [source for key, source in library().items() if key not in own]

    def _row(self, template: Template) -> TemplateRow:
        versions = list(template.versions.all())
        published, draft = published_of(versions), draft_of(versions)
        said = "None to start from"
        if published and published.published_at:
            said = f"Version {published.seq}, published {day(published.published_at)}"
        return TemplateRow(
            template, said, f"{draft.name} is open" if draft else "", self._whose(template)
        )

    def _whose(self, template: Template) -> str:
        """Who else may use it, or what the reader may do with that of another organisation."""
        if self.is_own(template):
            count = template.shared  # type: ignore[attr-defined]
            return f"Shared with {plural(count, 'organisation')}" if count else ""
        return "You may edit it" if template.pk in self.drafted else "Shared with you, to use"


class TemplatePage:
    """A template with its versions and people (about six queries)."""

    columns = ("Version", "State", "Published", Column("Your agreements from it", numeric=True))
    tag = staticmethod(state_tag)

    def __init__(self, template: Template, acting: Acting) -> None:
        self.template, self.acting = template, acting
        self.may_edit = may_edit(acting, template)
        self.is_own = template.organisation_id == acting.organisation_id
        self.is_keeper = self.is_own and acting.has(Role.MANAGER)
        # Whose names are nobody's business who only uses it.
        self.shows_people = self.is_own or self.may_edit

    @cached_property
    def versions(self) -> list[TemplateVersion]:
        """The newest first, each with how many agreements of the reader's started from it."""
        mine = Q(agreements__access__organisation=self.acting.organisation_id or 0)
        counted = Count("agreements", filter=mine, distinct=True)
        seen = TemplateVersion.objects.visible_to(self.acting).filter(template=self.template)
        return list(seen.annotate(made=counted).order_by("-seq"))

    @cached_property
    def shares(self) -> list[TemplateShare]:
        """With which organisations it is shared, for the people of the one that keeps it."""
        return list(shares_of(self.template)) if self.is_own else []

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
        said = "No version is published, so no agreement can start from it."
        if published and published.published_at:
            on = day(published.published_at)
            said = f"New agreements start from version {published.seq} of {on}."
        return f"{said} A draft of version {draft.seq} is open." if draft else said

    @property
    def withdrawn(self) -> list[str]:
        """A sentence for each version that was withdrawn, newer than what can be started from."""
        published = published_of(self.versions)
        first = published.seq if published else 0
        return [
            f"Version {each.seq} was withdrawn on {day(on)}: {each.withdrawn_because}"
            for each in self.versions
            if (on := each.withdrawn_at) and each.seq > first
        ]

    @property
    def you_may(self) -> str:
        """What somebody who cannot change it can do."""
        keeper, yours = self.template.organisation, self.acting.on_behalf_of
        if self.may_edit:
            return ""
        if self.is_own:
            return "Editors and MoU managers start agreements from it. MoU managers change it."
        return (
            f"{keeper} shares it with {yours}. Your editors and MoU managers start agreements from "
            "it. You cannot change it, but your MoU managers may copy it and change the copy."
        )

    @property
    def actions(self) -> list[Button]:
        """What the reader can do with it, the main thing first."""
        actions = [self._edit()] if self.may_edit else []
        if (published := published_of(self.versions)) and DRAFTERS.includes(self.acting):
            start = f"{reverse('agreements:new')}?template={published.pk}"
            actions.append(Button("Start from this template", start))
        if self.versions and self.acting.has(Role.MANAGER):
            actions.append(Button("Copy it", reverse("templates:copy", args=[self.template.pk])))
        return actions[:1] + [replace(each, kind="secondary") for each in actions[1:]]

    def _edit(self) -> Button:
        if draft := draft_of(self.versions):
            page = reverse("templates:version", args=[self.template.pk, draft.seq])
            return Button("Go on with the draft", page)
        open_it = reverse("templates:open_draft", args=[self.template.pk])
        return Button("Open a draft", post_to=open_it)
