"""A version of a template is published, withdrawn, or discarded as a draft: each asks first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from agreements.drafting.blanks import in_few_words
from agreements.models import TemplateVersion
from agreements.templates.pages.text import (
    changes_since,
    to_put_right,
)
from agreements.templates.rules import text_fingerprint, what_is_missing
from agreements.templates.services.keeping import discard_draft, publish, withdraw
from agreements.templates.views.kept import page_of, steps
from agreements.templates.views.text import no_longer_a_draft, to_edit
from nhsuk.words import in_sentence
from parties.acting import acting_of
from web.carrying_out import NoForm, ReasonForm, posted, save_form

_WENT = "The template went with it, as no version of it was ever published."
_STAYS = "New agreements start from the published version."
_ALL_GOES = (
    "The template has no other version, so it goes with its draft. Nothing that was made from it "
    "is lost: no agreement could start from it yet."
)
_CHANGES_GO = (
    "Everything that was changed in this draft goes. The published version, and agreements already "
    "made, stay as they are."
)


def publish_version(request: HttpRequest, pk: int, seq: int) -> HttpResponse:
    """Says what publishing means and what changes, and asks."""
    version = to_edit(request, pk, seq)
    if answer := no_longer_a_draft(request, version):
        return answer
    shown = request.POST.get("shown", "")
    return save_form(
        request,
        posted(request, NoForm),
        lambda: publish(by=acting_of(request), version=version, shown=shown),
        done=lambda _: (
            f"Version {version.seq} is published.\nNew agreements start from it. "
            "Agreements made before stay as they are."
        ),
        to=reverse("templates:template", args=[pk]),
        template="templates/publish.jinja",
        version=version,
        missing=what_is_missing(version),
        shown=text_fingerprint(version),
        comparison=changes_since(version),
        wrong=in_few_words(to_put_right(version), "place"),
        way=steps(version.template, version),
    )


def withdraw_version(request: HttpRequest, pk: int, seq: int) -> HttpResponse:
    """Says what withdrawing a published version means, and asks why."""
    version = to_edit(request, pk, seq)
    return save_form(
        request,
        ReasonForm(
            request.POST or None,
            label="Why is it withdrawn?",
            hint="Whoever may use the template reads this on its page.",
        ),
        lambda because: withdraw(by=acting_of(request), version=version, because=because),
        done=lambda _: (
            f"Version {version.seq} is withdrawn.\nNobody starts a new agreement from it. "
            "Agreements made from it stay as they are."
        ),
        to=reverse("templates:template", args=[pk]),
        title=f"Withdraw version {seq}",
        caption=version.template.name,
        lead=_instead(version),
        button="Withdraw it",
        warning=True,
        way=steps(version.template, version),
        cancel=page_of(version),
    )


def _instead(version: TemplateVersion) -> str:
    """What withdrawing means, and what new agreements start from afterwards."""
    others = version.template.versions.published().exclude(pk=version.pk)
    left = max((each.seq for each in others), default=0)
    then = "Nobody can start an agreement from this template then."
    if left:
        then = f"New agreements start from version {left} then."
        if left > version.seq:
            then = f"New agreements start from version {left}, as they do now."
    return f"{then} Agreements made from version {version.seq} stay as they are."


def discard_version(request: HttpRequest, pk: int, seq: int) -> HttpResponse:
    """Says what discarding the draft means, and asks."""
    version = to_edit(request, pk, seq)
    if answer := no_longer_a_draft(request, version):
        return answer
    template, name = version.template, version.name
    template_page = reverse("templates:template", args=[pk])
    is_only_one = template.versions.count() == 1
    return save_form(
        request,
        posted(request, NoForm),
        lambda: discard_draft(by=acting_of(request), version=version),
        done=lambda alone: f"{name} is discarded.\n{_WENT if alone else _STAYS}",
        to=reverse("templates:template", args=[pk]),
        leads_to=lambda alone: reverse("templates:list") if alone else template_page,
        title="Discard this draft",
        caption=f"{template.name}, {in_sentence(name)}",
        lead=_ALL_GOES if is_only_one else _CHANGES_GO,
        button="Discard the draft",
        warning=True,
        way=steps(template, version),
        cancel=page_of(version),
    )
