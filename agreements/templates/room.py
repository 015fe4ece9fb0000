"""What templates answer to the portal's frame."""

from __future__ import annotations

from collections.abc import Collection

from django.urls import reverse

from agreements.models import Agreement, Template
from agreements.templates.services.taking_over import take_over
from house.answers import NavigationEntry, PassingOn, Section
from house.room import Room
from house.rooms import register
from nhsuk.components import Button
from parties.acting import Acting
from parties.models import Organisation, Role, Succession
from parties.who import DRAFTERS


class TemplatesRoom(Room):
    name = "agreements.templates"

    def navigation(self, acting: Acting) -> list[NavigationEntry]:
        if acting.organisation is None or not DRAFTERS.includes(acting):
            return []
        return [NavigationEntry("Templates", "templates:list", 8, in_footer=True)]

    def to_pass_on(
        self, old: Organisation, agreements: Collection[int], *, full: bool
    ) -> list[PassingOn]:
        kept = Template.objects.filter(organisation=old).count()
        stays = "" if full else "they stay with who keeps them"
        return [PassingOn("template", "templates", kept, stays)]

    def succeed_beside(self, succession: Succession, by: Acting) -> None:
        take_over(succession, by)

    def sections(self, agreement: Agreement, subpage: str, acting: Acting) -> list[Section]:
        """On the page of the text, for whoever may make a template of it."""
        if subpage != "versions" or not acting.has(Role.MANAGER):
            return []
        make = reverse("templates:from_agreement", args=[agreement.reference])
        action = Button("Make a template from it", make, kind="secondary")
        page = "templates/from_agreement_section.jinja"
        return [Section("template", "Use this text again", 9, page, action=action)]


register(TemplatesRoom())
