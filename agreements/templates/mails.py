"""The e-mail to somebody who was let in to a template of another organisation."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from agreements.models import Template
from agreements.templates.services.people import let_in
from mail.kinds import Message, NotNeeded, kind


@kind("template_let_in", "Let in to edit a template")
def template_let_in(context: dict[str, Any]) -> Message:
    template = Template.objects.select_related("organisation").get(pk=context["template"])
    if not let_in(template).filter(pk=context["user"]).exists():
        raise NotNeeded
    keeper = template.organisation.name
    return Message(
        subject=f"You may edit a template of MoUs: of {keeper}",
        heading="You may edit a template of MoUs",
        about=(f"Template of {keeper}",),
        paragraphs=(
            f"{keeper} lets you edit one of its templates, from which MoUs start.",
            "Open a draft, change it, and publish it. MoUs already made stay as they are.",
        ),
        why=f"an MoU manager of {keeper} let you in.",
        button_text="Open the template",
        button_url=f"{settings.SITE_URL}/templates/{template.pk}/",
    )
