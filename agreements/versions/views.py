"""Numbered versions: freezing, the page of one, two compared, sending, recalling."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from agreements.core.in_groups import note_opened
from agreements.core.parties import side_of
from agreements.core.reached import newest_of, numbered_of, page_of, steps, version_of
from agreements.drafting.forms.text import CompareForm, FreezeForm
from agreements.drafting.pages.compare import VersionComparison
from agreements.drafting.pages.draft import EditedDraft
from agreements.versions.own_links import own_links
from agreements.versions.pages import VersionPage
from agreements.versions.services.versions import freeze, recall, send_for_approval
from parties.acting import acting_of
from web.carrying_out import NoForm, ReasonForm, posted, save_form


def freeze_draft(request: HttpRequest, reference: str) -> HttpResponse:
    """Gives the draft a number and sends it for approval. What is missing has to be accepted."""
    version = newest_of(request, reference)
    if request.method != "POST" and not version.is_draft:
        return redirect(page_of(version))
    draft = EditedDraft(version, acting_of(request))
    label = draft.next_label

    def act(what_changed: str, **_: bool) -> None:
        read = request.POST.get("read", "")
        freeze(by=acting_of(request), version=version, summary=what_changed, send=True, read=read)

    return save_form(
        request,
        FreezeForm(
            request.POST or None, incomplete=bool(draft.gaps), figures=bool(draft.typed_against)
        ),
        act,
        done=lambda _: _frozen(draft, label),
        to=reverse("agreements:version", args=[reference, version.seq]),
        template="agreements/freeze.jinja",
        draft=draft,
        label=label,
        comparison=VersionComparison(version.based_on, version) if version.based_on else None,
        way=steps(version.agreement, version),
    )


def version_page(request: HttpRequest, reference: str, seq: int) -> HttpResponse:
    """The text as a document, and where it stands."""
    version = version_of(request, reference, seq)
    if version.is_draft:
        return redirect(page_of(version))
    note_opened(version.agreement, acting_of(request))
    page = VersionPage(version, acting_of(request))
    context = {"page": page, "own_links": list(own_links(page)), "way": steps(version.agreement)}
    return render(request, "agreements/version.jinja", context)


def compare(request: HttpRequest, reference: str, older: int, newer: int) -> HttpResponse:
    """Any two versions of an agreement, clause by clause."""
    chosen = CompareForm.chosen_in(request.GET)
    one, other = sorted(chosen or (older, newer))
    if (one, other) != (older, newer):
        return redirect("agreements:compare", reference, one, other)
    before, after = version_of(request, reference, older), version_of(request, reference, newer)
    versions = after.agreement.versions.order_by("seq")
    context = {
        "comparison": VersionComparison(before, after),
        "form": CompareForm(versions, older=older, newer=newer),
        "way": steps(after.agreement, after),
    }
    return render(request, "agreements/compare.jinja", context)


def send(request: HttpRequest, reference: str, seq: int) -> HttpResponse:
    """Asks before everybody is told that the version awaits their approval."""
    version, by = numbered_of(request, reference, seq), acting_of(request)
    side_of(version.agreement, by)
    return save_form(
        request,
        posted(request, NoForm),
        lambda: send_for_approval(by=by, version=version),
        done=lambda _: _sent(version.label),
        to=page_of(version),
        template="agreements/send.jinja",
        page=VersionPage(version, by),
        way=steps(version.agreement, version),
    )


def recall_version(request: HttpRequest, reference: str, seq: int) -> HttpResponse:
    """Asks why, and says what becomes void."""
    version, by = numbered_of(request, reference, seq), acting_of(request)
    side_of(version.agreement, by)
    hint = "The parties and everybody who was asked to sign can read this."
    return save_form(
        request,
        ReasonForm(request.POST or None, label="Why it is recalled", hint=hint),
        lambda because: recall(by=by, version=version, because=because),
        done=lambda _: (
            f"Version {version.label} is recalled.\nWe told the parties and everybody "
            "who was asked to sign. Next: change the text of the new draft, then send it again."
        ),
        to=reverse("agreements:text", args=[reference]),
        template="agreements/recall.jinja",
        page=VersionPage(version, by),
        way=steps(version.agreement, version),
    )


def _frozen(draft: EditedDraft, label: str) -> str:
    if draft.deciding:
        return _sent(label)
    return (
        f"This text is version {label} now and no longer changes.\nWe told {draft.others}. "
        "Next: each party asks for its signature."
    )


def _sent(label: str) -> str:
    return (
        f"Version {label} is out for approval: its text no longer changes.\nWe told the MoU "
        "managers of the parties. Next: each party decides by its own route, and its MoU manager "
        "records it."
    )
