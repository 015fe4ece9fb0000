"""What its keepers do with an announcement: plan, edit, move, withdraw it, mark it as released."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from communications.forms.planning import (
    AboutForm,
    Choices,
    MoveForm,
    PlanForm,
    WithdrawForm,
    boxes_of,
)
from communications.forms.releasing import FILE, TEXT, CorrectForm, ReleaseForm, as_draft
from communications.models import Announcement, Draft
from communications.presenters.line import others_in_words
from communications.presenters.words import kind_of, told_named, url_of
from communications.queries.agreements import offered
from communications.queries.before_release import what_looks_odd
from communications.queries.final_text import final_texts
from communications.queries.page import concerned_and_sides
from communications.rules import require_keeper
from communications.services.correcting import correct_final_text
from communications.services.outcomes import (
    final_from,
    move_release,
    release,
    withdraw,
    would_need_reason,
)
from communications.services.planning import edit, plan
from communications.services.sharing import newest_draft
from communications.views.reached import about, announcement_of, for_keepers, pdf_bytes, way
from house import clock
from nhsuk.dates import moment
from parties.acting import acting_of
from web.carrying_out import posted, save_form

WITHDRAWN = (
    "It will not be released, and this cannot be undone. Everybody who has a draft is told. The "
    "drafts close to them, and no more reminders go out."
)


def plan_one(request: HttpRequest) -> HttpResponse:
    """One form puts an announcement into the forward plan."""
    acting = acting_of(request)
    reference = request.GET.get("agreement", "")
    offer = offered(acting, reference=reference)
    choices = offer["agreements"]

    def act(at: datetime, **said: Any) -> Announcement:
        return plan(by=acting, planned_for=at, **said)

    return save_form(
        request,
        posted(request, PlanForm, **offer, initial=_suggested(reference, choices)),
        act,
        done=lambda planned: (
            f"The {kind_of(planned)} is in your forward plan.\nOnly your organisation sees it. "
            "Next: add a draft, then share it with named people of the other party."
        ),
        to=reverse("announcements:list"),
        leads_to=url_of,
        template="communications/plan.jinja",
        has_choice=bool(choices),
        way=way(),
    )


def _suggested(wanted: str, choices: Choices) -> dict[str, object]:
    """The agreement from whose page one comes, or the only one there is."""
    found = [pk for pk, text in choices if f"({wanted})" in text] if wanted else []
    return {"agreements": found or ([choices[0][0]] if len(choices) == 1 else [])}


@for_keepers
def edit_one(request: HttpRequest, announcement: Announcement) -> HttpResponse:
    """What it is, what it is called, and which agreements it touches."""
    acting = acting_of(request)
    touched = list(announcement.concerned.values_list("agreement", flat=True))
    said = {
        "kind": announcement.kind,
        "title": announcement.title,
        "agreements": [str(pk) for pk in touched],
    }
    return save_form(
        request,
        posted(request, AboutForm, **offered(acting, besides=touched), initial=said),
        partial(edit, by=acting, announcement=announcement),
        done=lambda _: "Saved.\nThe lead times and reminders follow from it.",
        title=f"Edit the {kind_of(announcement)}",
        lead="To change when it is released, use Move.",
        **about(announcement),
    )


@for_keepers
def move_one(request: HttpRequest, announcement: Announcement) -> HttpResponse:
    """Another time for the release."""
    acting = acting_of(request)
    later = max(announcement.planned_for, clock.now() + timedelta(hours=1))

    def act(at: datetime, because: str) -> datetime:
        move_release(by=acting, announcement=announcement, planned_for=at, because=because)
        return at

    return save_form(
        request,
        posted(request, MoveForm, initial=boxes_of(later)),
        act,
        done=lambda at: (
            f"The release is moved to {moment(at)}.\n"
            f"{told_named(announcement)} The reminders moved too."
        ),
        title="Move the release",
        lead=f"The release is planned for {moment(announcement.planned_for)}. Share-by times and "
        "reminders move with it, and everybody who has a draft is told.",
        button="Move the release",
        **about(announcement),
    )


@for_keepers
def withdraw_one(request: HttpRequest, announcement: Announcement) -> HttpResponse:
    """It will not be released: says what that means, and asks why."""
    kind = kind_of(announcement)
    return save_form(
        request,
        posted(request, WithdrawForm),
        partial(withdraw, by=acting_of(request), announcement=announcement),
        done=lambda _: (
            f"The {kind} is withdrawn.\n{told_named(announcement)} No more reminders go out."
        ),
        title=f"Withdraw the {kind}",
        lead=WITHDRAWN,
        button=f"Withdraw the {kind}",
        warning=True,
        **about(announcement),
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
        odd=partial(what_looks_odd, announcement),
        initial=boxes_of(clock.now()) | {"final": as_draft(newest) if newest else None},
    )

    def act(at: datetime, because: str, **said: Any) -> None:
        final = _final(newest=newest, **said)
        release(by=acting, announcement=announcement, released_at=at, because=because, **final)

    others = others_in_words(*concerned_and_sides(announcement, acting), announcement.owner_id)
    return save_form(
        request,
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
        button="Mark as released",
        **about(announcement),
    )


def correct_one(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Another final text in place of one that was released by mistake. Both are kept."""
    announcement, acting = announcement_of(request, public_id), acting_of(request)
    require_keeper(acting, announcement)
    if not announcement.is_released:
        return redirect(url_of(announcement))
    now = final_texts(announcement.release)[0]
    form = posted(
        request, CorrectForm, initial={"final": FILE if now.file else TEXT, "text": now.text}
    )

    def act(because: str, **said: Any) -> None:
        final = _final(newest=None, **said)
        correct_final_text(by=acting, announcement=announcement, because=because, **final)

    return save_form(
        request,
        form,
        act,
        done=lambda _: (
            "The final text is corrected.\nThe text before stays below it. We told the MoU "
            "managers of the other parties and whoever had a draft."
        ),
        title="Correct the final text",
        lead="The parties see the new text from now on. The text before stays on the page, with "
        "your reason. We tell their MoU managers and whoever had a draft.",
        button="Correct the final text",
        **about(announcement),
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
