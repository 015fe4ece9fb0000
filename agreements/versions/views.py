"""Numbered versions: freezing, the page of one, two compared, sending, recalling, deciding."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from agreements.core.choices import people_of
from agreements.core.parties import side_of
from agreements.core.reached import newest_of, numbered_of, page_of, steps, version_of
from agreements.core.rejections import standing_of
from agreements.core.states import ApprovalStanding, open_delegation
from agreements.drafting.forms.text import CompareForm, FreezeForm
from agreements.drafting.pages.compare import VersionComparison
from agreements.drafting.pages.draft import EditedDraft
from agreements.models import Approval
from agreements.versions.forms import DecisionForm
from agreements.versions.pages import VersionPage
from agreements.versions.services.approving import confirm_changes, record_approval
from agreements.versions.services.versions import freeze, recall, send_for_approval
from house.refusals import NotYours
from nhsuk.dates import day
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
    context = {"page": VersionPage(version, acting_of(request)), "way": steps(version.agreement)}
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


def decision(request: HttpRequest, reference: str, seq: int) -> HttpResponse:
    """Records what one's own party decided, by its route."""
    version, by = numbered_of(request, reference, seq), acting_of(request)
    party = side_of(version.agreement, by)
    standing, people = standing_of(version, party), people_of(party.organisation)
    form = DecisionForm(request.POST or None, version=version, standing=standing, people=people)

    def act(**said: Any) -> str:
        approval = record_approval(by=by, version=version, **said)
        return _decided(approval, standing_of(version, party))

    return save_form(
        request,
        form,
        act,
        done=str,
        to=page_of(version),
        template="agreements/decision.jinja",
        page=VersionPage(version, by),
        route=standing.route,
        way=steps(version.agreement, version),
    )


def confirm(request: HttpRequest, reference: str, seq: int) -> HttpResponse:
    """The delegate reads what changed since the approval, and confirms it."""
    version, by = numbered_of(request, reference, seq), acting_of(request)
    delegation = open_delegation(version, side_of(version.agreement, by))
    if delegation is None:
        messages.info(request, "There are no changes to confirm for this version now.")
        return redirect(page_of(version))
    if getattr(by.user, "person_id", None) != delegation.delegated_to_id:
        raise NotYours(f"Only {delegation.delegated_to} may confirm these changes.")
    return save_form(
        request,
        posted(request, NoForm),
        lambda: confirm_changes(by=by, version=version, rests_on=delegation),
        done=lambda _: (
            f"You confirmed the changes. The approval now holds for version {version.label}.\n"
            "We told the other party. Next: your MoU manager asks for the signature."
        ),
        to=page_of(version),
        template="agreements/confirm_changes.jinja",
        version=version,
        delegation=delegation,
        comparison=VersionComparison(delegation.version, version),
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


def _decided(approval: Approval, now: ApprovalStanding) -> str:
    told, decider = "We told the other party.", approval.decider
    if now.latest and now.latest.pk != approval.pk:
        later = f"{now.latest.in_words}, {day(now.latest.decided_on)}"
        return f"The decision of the {decider} is recorded. A later one counts: {later}.\n{told}"
    if now.is_given:
        return f"The approval by the {decider} is recorded.\n{told} Next: ask for the signature."
    held = " Nobody can sign it for you until a new decision approves it." if now.rejection else ""
    return (
        f"The decision of the {decider} is recorded. It does not approve the text for signing."
        f"{held}\n{told} If the text has to change, recall the version."
    )
