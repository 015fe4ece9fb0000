"""Numbered versions: freezing, the page of one, two compared, sending out, recalling."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from agreements.core.parties import side_of
from agreements.core.reached import newest_of, page_of, steps, version_of
from agreements.drafting.forms.text import CompareForm, FreezeForm
from agreements.drafting.pages.compare import VersionComparison
from agreements.drafting.pages.draft import Draft
from agreements.versions.pages import VersionPage
from agreements.versions.services.versions import freeze, recall, send_for_approval
from parties.acting import acting_of
from web.carrying_out import carried_out
from web.forms import NoForm, ReasonForm

RECALL_LABEL = "Why it is recalled"
RECALL_HINT = "The parties and everybody who was asked to sign can read this."


def freeze_draft(request: HttpRequest, reference: str) -> HttpResponse:
    """Gives the draft a number. What is missing is said first, and has to be accepted."""
    version = newest_of(request, reference)
    if request.method != "POST" and not version.is_draft:
        return redirect(page_of(version))
    draft = Draft(version, acting_of(request))
    form = FreezeForm(request.POST or None, incomplete=bool(draft.gaps))
    label = draft.next_label

    def act(what_changed: str, **_: bool) -> None:
        freeze(by=acting_of(request), version=version, summary=what_changed)

    if carried_out(request, form, act):
        frozen = f"Version {label} is frozen: its text no longer changes."
        messages.success(
            request, f"{frozen}\nWe told {draft.others}. Next: send it out for approval."
        )
        return redirect("agreements:version", reference, version.seq)
    context = {
        "form": form,
        "draft": draft,
        "label": label,
        "comparison": VersionComparison(version.based_on, version) if version.based_on else None,
        "way": steps(version.agreement, version),
    }
    return render(request, "agreements/freeze.jinja", context)


def version_page(request: HttpRequest, reference: str, seq: int) -> HttpResponse:
    """The text as a document, and where it stands."""
    version = version_of(request, reference, seq)
    if version.is_draft:
        return redirect(page_of(version))
    page = VersionPage(version, acting_of(request))
    context = {"page": page, "way": steps(version.agreement)}
    return render(request, "agreements/version.jinja", context)


def compare(request: HttpRequest, reference: str, older: int, newer: int) -> HttpResponse:
    """Any two versions of an agreement, clause by clause."""
    chosen = CompareForm.chosen_in(request.GET)
    one, other = sorted(chosen or (older, newer))
    if (one, other) != (older, newer):
        return redirect("agreements:compare", reference, one, other)
    before, after = version_of(request, reference, older), version_of(request, reference, newer)
    comparison = VersionComparison(before, after)
    versions = after.agreement.versions.order_by("seq")
    context = {
        "comparison": comparison,
        "form": CompareForm(versions, older=older, newer=newer),
        "way": steps(after.agreement, after),
    }
    return render(request, "agreements/compare.jinja", context)


def send(request: HttpRequest, reference: str, seq: int) -> HttpResponse:
    """Asks before everybody is told that the version awaits their approval."""
    version = version_of(request, reference, seq)
    side_of(version.agreement, acting_of(request))
    page = VersionPage(version, acting_of(request))
    form = NoForm(request.POST if request.method == "POST" else None)

    def act() -> None:
        send_for_approval(by=acting_of(request), version=version)

    if carried_out(request, form, act):
        messages.success(
            request,
            f"Version {version.label} is out for approval.\nWe told the MoU managers of the "
            "parties. Next: each party decides by its own route, and its MoU manager records it.",
        )
        return redirect(page_of(version))
    context = {"form": form, "page": page, "way": steps(version.agreement, version)}
    return render(request, "agreements/send.jinja", context)


def recall_version(request: HttpRequest, reference: str, seq: int) -> HttpResponse:
    """Asks why, and says what becomes void."""
    version = version_of(request, reference, seq)
    side_of(version.agreement, acting_of(request))
    page = VersionPage(version, acting_of(request))
    form = ReasonForm(request.POST or None, label=RECALL_LABEL, hint=RECALL_HINT)

    def act(because: str) -> None:
        recall(by=acting_of(request), version=version, because=because)

    if carried_out(request, form, act):
        messages.success(
            request,
            f"Version {version.label} is recalled.\nWe told the parties and everybody who was "
            "asked to sign. Next: change the text of the new draft, then freeze it.",
        )
        return redirect("agreements:text", reference)
    context = {"form": form, "page": page, "way": steps(version.agreement, version)}
    return render(request, "agreements/recall.jinja", context)
