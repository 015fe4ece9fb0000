"""What its keepers do with an announcement: plan, edit, move, withdraw it, mark it as released."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from communications.forms.drafts import FILE, ReleaseForm, as_draft
from communications.forms.planning import (
    AboutForm,
    Choices,
    MoveForm,
    PlanForm,
    WithdrawForm,
    boxes_of,
)
from communications.models import Announcement, Draft
from communications.presenters.line import others_in_words
from communications.presenters.words import kind_of, told_named, url_of
from communications.queries.agreements import agreements_to_announce, with_other_parties
from communications.queries.page import concerned_and_sides
from communications.services.drafting import newest_draft
from communications.services.outcomes import (
    final_from,
    move_release,
    release,
    withdraw,
    would_need_reason,
)
from communications.services.planning import edit, plan
from communications.views.reached import for_keepers, form_page, pdf_bytes, way
from house import clock
from nhsuk.dates import moment
from parties.acting import acting_of
from web.carrying_out import carried_out, posted

WITHDRAWN = (
    "It will not be released, and this cannot be undone. Everybody who has a draft is told. The "
    "drafts close to them, and no more reminders go out."
)


def plan_one(request: HttpRequest) -> HttpResponse:
    """One form puts an announcement into the forward plan."""
    acting = acting_of(request)
    choices = with_other_parties(agreements_to_announce(acting), acting)
    made: list[Announcement] = []
    form = posted(request, PlanForm, agreements=choices, initial=_suggested(request, choices))

    def act(at: datetime, **said: Any) -> None:
        made.append(plan(by=acting, planned_for=at, **said))

    if carried_out(request, form, act):
        messages.success(
            request,
            f"The {kind_of(made[0])} is in your forward plan.\nOnly your organisation sees it. "
            "Next: add a draft, then share it with named people of the other party.",
        )
        return redirect(url_of(made[0]))
    context = {"form": form, "has_choice": bool(choices), "way": way()}
    return render(request, "communications/plan.jinja", context)


def _suggested(request: HttpRequest, choices: Choices) -> dict[str, object]:
    """The agreement from whose page one comes, or the only one there is."""
    wanted = request.GET.get("agreement", "")
    found = [pk for pk, text in choices if f"({wanted})" in text] if wanted else []
    return {"agreements": found or ([choices[0][0]] if len(choices) == 1 else [])}


@for_keepers
def edit_one(request: HttpRequest, announcement: Announcement) -> HttpResponse:
    """What it is, what it is called, and which agreements it touches."""
    acting = acting_of(request)
    touched = list(announcement.concerned.values_list("agreement", flat=True))
    choices = with_other_parties(agreements_to_announce(acting, besides=touched), acting)
    said = {
        "kind": announcement.kind,
        "title": announcement.title,
        "agreements": [str(pk) for pk in touched],
    }
    return form_page(
        request,
        announcement,
        posted(request, AboutForm, agreements=choices, initial=said),
        partial(edit, by=acting, announcement=announcement),
        done=lambda _: "Saved.\nThe lead times and reminders follow from it.",
        title=f"Edit the {kind_of(announcement)}",
        lead="To change when it is released, use Move.",
        button="Save",
    )


@for_keepers
def move_one(request: HttpRequest, announcement: Announcement) -> HttpResponse:
    """Another time for the release."""
    acting = acting_of(request)
    later = max(announcement.planned_for, clock.now() + timedelta(hours=1))
    form = posted(request, MoveForm, initial=boxes_of(later))

    def act(at: datetime, because: str) -> None:
        move_release(by=acting, announcement=announcement, planned_for=at, because=because)

    def done(_: None) -> str:
        moved = f"The release is moved to {moment(form.cleaned_data['at'])}."
        return f"{moved}\n{told_named(announcement)} The reminders moved too."

    lead = (
        f"The release is planned for {moment(announcement.planned_for)}. Share-by times and "
        "reminders move with it, and everybody who has a draft is told."
    )
    return form_page(
        request, announcement, form, act, done=done, title="Move the release", lead=lead
    )


@for_keepers
def withdraw_one(request: HttpRequest, announcement: Announcement) -> HttpResponse:
    """It will not be released: says what that means, and asks why."""
    kind = kind_of(announcement)
    return form_page(
        request,
        announcement,
        posted(request, WithdrawForm),
        partial(withdraw, by=acting_of(request), announcement=announcement),
        done=lambda _: (
            f"The {kind} is withdrawn.\n{told_named(announcement)} No more reminders go out."
        ),
        title=f"Withdraw the {kind}",
        lead=WITHDRAWN,
        warning=True,
    )


@for_keepers
def release_one(request: HttpRequest, announcement: Announcement) -> HttpResponse:
    """When it was released and with which text: from then on the parties see that text."""
    acting, newest = acting_of(request), newest_draft(announcement)
    form = posted(
        request,
        ReleaseForm,
        newest=newest,
        short=would_need_reason(announcement),
        initial=boxes_of(clock.now()) | {"final": as_draft(newest) if newest else None},
    )

    def act(at: datetime, because: str, **said: Any) -> None:
        final = _final(newest=newest, **said)
        release(by=acting, announcement=announcement, released_at=at, because=because, **final)

    others = others_in_words(*concerned_and_sides(announcement, acting), announcement.owner_id)
    return form_page(
        request,
        announcement,
        form,
        act,
        done=lambda _: (
            f"The {kind_of(announcement)} is marked as released.\nAll of {others} can see the "
            "final text now, and no draft. We told their MoU managers and whoever had a draft."
        ),
        title="Mark as released",
        lead=f"From then on everybody at {others} sees the final text, and nothing else: no draft "
        "and no comment. This cannot be undone. Their MoU managers and whoever had a draft are "
        "told.",
    )


def _final(
    *, final: str, text: str, pdf: UploadedFile | None, newest: Draft | None
) -> dict[str, Any]:
    """The final text as the service takes it: typed, or the bytes of a PDF."""
    if newest and final == as_draft(newest):
        return final_from(newest)
    if final == FILE:
        return {"pdf": pdf_bytes(pdf, field="pdf")}
    return {"text": text}
