"""The list of templates: those one can read, and those that come with the portal."""

from __future__ import annotations

from functools import cached_property

from django.urls import reverse

from agreements.library import LibraryTemplate, library
from agreements.models import Template, TemplateVersion
from agreements.templates.pages.states import state_tag
from house.clock import london_day
from nhsuk.components import Cell, Column
from nhsuk.dates import day
from parties.acting import Acting
from parties.models import Role


class TemplateList:
    """What the reader may use or take (four queries, however many templates)."""

    def __init__(self, acting: Acting) -> None:
        self.acting = acting
        visible = Template.objects.visible_to(acting).select_related("organisation")
        self.templates = list(visible.prefetch_related("organisation__names", "versions"))

    columns = (Column("Template"), Column("Newest version"), Column("Kept by"))

    @cached_property
    def rows(self) -> list[list[Cell]]:
        return [self._row(template) for template in self.templates]

    @cached_property
    def shelf(self) -> list[LibraryTemplate]:
        """Those that come with the portal and that the organisation has not taken yet."""
        own = {t.key for t in self.templates if t.organisation_id == self.acting.organisation_id}
        return [source for key, source in library().items() if key not in own]

    @property
    def may_take(self) -> bool:
        return self.acting.has(Role.MANAGER)

    def _row(self, template: Template) -> list[Cell]:
        page = reverse("templates:template", args=[template.pk])
        own = template.organisation_id == self.acting.organisation_id
        return [
            Cell(template.name, page),
            self._newest(list(template.versions.all())),
            Cell(template.organisation.name, under="" if own else "You may edit it"),
        ]

    def _newest(self, versions: list[TemplateVersion]) -> Cell:
        """The published version that agreements start from; the draft under it."""
        published = next((v for v in versions if not v.is_draft), None)
        draft = next((v for v in versions if v.is_draft), None)
        if published is None or published.published_at is None:
            return Cell("None is published yet", tag=state_tag(draft) if draft else None)
        on = day(london_day(published.published_at))
        under = f"{draft.name} is open" if draft else ""
        return Cell(f"Version {published.seq}, published {on}", under=under)
