"""What templates answer to the portal's frame."""

from __future__ import annotations

from django.urls import reverse

from agreements.models import Agreement
from house.room import NavigationEntry, Room, Section
from house.rooms import register
from nhsuk.components import Button
from parties.acting import Acting
from parties.models import Role
from parties.who import DRAFTERS


class TemplatesRoom(Room):
    name = "agreements.templates"

    def navigation(self, acting: Acting) -> list[NavigationEntry]:
        if acting.organisation is None or not DRAFTERS.includes(acting):
            return []
        return [NavigationEntry("Templates", "templates:list", 8, in_footer=True)]

    def sections(self, agreement: Agreement, subpage: str, acting: Acting) -> list[Section]:
        """On the page of the text, for whoever may make a template of it."""
        if subpage != "versions" or not acting.has(Role.MANAGER):
            return []
        make = reverse("templates:from_agreement", args=[agreement.reference])
        action = Button("Make a template from it", make, kind="secondary")
        page = "templates/from_agreement_section.jinja"
        return [Section("template", "Use this text again", 9, page, action=action)]


register(TemplatesRoom())
