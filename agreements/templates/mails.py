"""The e-mails to somebody who is let in to a template, or whose organisation may use one."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from agreements.models import Template, TemplateShare
from agreements.templates.pages.text import changes_since
from agreements.templates.services.offering import offer_of
from agreements.templates.services.people import let_in
from agreements.templates.services.sharing import managers_of
from mail.kinds import Message, NotNeeded, kind
from nhsuk.dates import day


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


@kind("template_offered", "Asked to edit a template")
def template_offered(context: dict[str, Any]) -> Message:
    offer = offer_of(context["template"], context["address"], context["by"])
    if offer is None:
        raise NotNeeded
    keeper = offer.template.organisation.name
    return Message(
        subject=f"You are asked to edit a template of MoUs: of {keeper}",
        heading="You are asked to edit a template of MoUs",
        about=(f"Template of {keeper}",),
        paragraphs=(
            f"{keeper} offers to let you edit one of its templates, from which MoUs start.",
            "You need an account with this address. Your own organisation can invite you.",
        ),
        why=f"an MoU manager of {keeper} entered your address.",
        button_text="Look at the offer",
        button_url=f"{settings.SITE_URL}{reverse('templates:offer', args=[offer.token])}",
        waits_for_account=True,
    )


_MAY = "You can read it, and copy it to change the copy. The template itself its keepers change."


def _share(context: dict[str, Any]) -> TemplateShare:
    """Raises NotNeeded where it ended, or the reader is MoU manager there no more."""
    shares = TemplateShare.objects.current().select_related("template__organisation")
    share = shares.filter(pk=context["share"]).first()
    if share is None or not managers_of(share.organisation_id).filter(pk=context["user"]).exists():
        raise NotNeeded
    return share


@kind("template_shared", "A template shared with your organisation")
def template_shared(context: dict[str, Any]) -> Message:
    share = _share(context)
    keeper, yours = share.template.organisation.name, share.organisation.name
    return Message(
        subject=f"You may start MoUs from a template of {keeper}",
        heading="A template of MoUs is shared with you",
        about=(f"Template of {keeper}",),
        paragraphs=(
            f"{keeper} shares one of its templates with {yours}, from which MoUs start.",
            f"Editors and MoU managers find it where they start a new agreement. {_MAY}",
        ),
        why=f"you are MoU manager of {yours}.",
        button_text="Read the template",
        button_url=f"{settings.SITE_URL}/templates/{share.template_id}/",
    )


_DRAFTS = "Drafts and agreements that were made before stay as they are."


@kind("template_published", "A new version of a template shared with your organisation")
def template_published(context: dict[str, Any]) -> Message:
    share = _share(context)
    version = share.template.versions.get(pk=context["version"])
    if not version.is_published:
        raise NotNeeded
    keeper, changes = share.template.organisation.name, changes_since(version)
    page = reverse("templates:version", args=[share.template_id, version.seq])
    yours, what = share.organisation.name, f" {changes.summary}" if changes else ""
    said = f"{keeper} published version {version.seq} of a template that it shares with {yours}."
    return Message(
        subject=f"There is a new version of a template of {keeper}",
        heading="A template of MoUs has a new version",
        about=(f"Template of {keeper}",),
        paragraphs=(
            f"On {day(version.published_at)} {said}{what}",
            f"New agreements start from this version. {_DRAFTS}",
        ),
        why=f"you are MoU manager of {yours}.",
        button_text="Read the new version",
        button_url=f"{settings.SITE_URL}{page}",
    )


@kind("template_withdrawn", "A version of a template shared with your organisation is withdrawn")
def template_withdrawn(context: dict[str, Any]) -> Message:
    share = _share(context)
    version = share.template.versions.get(pk=context["version"])
    left = share.template.versions.published().order_by("-seq").first()
    then = f"start from version {left.seq}" if left else "cannot start from this template now"
    keeper, yours = share.template.organisation.name, share.organisation.name
    said = f"{keeper} withdrew version {version.seq} of a template that it shares with {yours}."
    return Message(
        subject=f"A version of a template of {keeper} is withdrawn",
        heading="A version of a template of MoUs is withdrawn",
        about=(f"Template of {keeper}",),
        paragraphs=(
            f"On {day(version.withdrawn_at)} {said} Its page says why.",
            f"New agreements {then}. {_DRAFTS}",
        ),
        why=f"you are MoU manager of {yours}.",
        button_text="Read why",
        button_url=f"{settings.SITE_URL}/templates/{share.template_id}/",
    )
