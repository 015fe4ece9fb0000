"""How an announcement goes on: moved, withdrawn, marked as released."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from communications.forms.planning import MoveForm, WithdrawForm
from communications.forms.releasing import FILE, ReleaseForm, as_draft
from communications.forms.times import boxes_of
from communications.models import Announcement, Draft
from communications.presenters.line import others_in_words
from communications.presenters.todos import url_of
from communications.presenters.told import told_named
from communications.presenters.words import kind_of
from communications.queries.page import concerned_and_sides
from communications.services.drafting import newest_draft
from communications.services.outcomes import move_release, withdraw
from communications.services.releasing import final_from, release, would_need_reason
from communications.views.reached import for_keepers, form_page
from communications.views.uploads import pdf_bytes
from house import clock
from nhsuk.dates import moment
from parties.acting import acting_of
from web.carrying_out import carried_out

WITHDRAWN = (
    "It will not be released, and this cannot be undone. Everybody who has a draft is told. The "
    "drafts close to them, and no more reminders go out."
)


@for_keepers
def move_one(request: HttpRequest, announcement: Announcement) -> HttpResponse:
    """Another time for the release."""
    acting = acting_of(request)
    later = max(announcement.planned_for, clock.now() + timedelta(hours=1))
    form = MoveForm(request.POST or None, initial=boxes_of(later))

    def act(at: datetime, because: str) -> None:
        move_release(by=acting, announcement=announcement, planned_for=at, because=because)

    if carried_out(request, form, act):
        moved = f"The release is moved to {moment(form.cleaned_data['at'])}."
        told = told_named(announcement)
        messages.success(request, f"{moved}\n{told} The reminders moved too.")
        return redirect(url_of(announcement))
    lead = (
        f"The release is planned for {moment(announcement.planned_for)}. Share-by times and "
        "reminders move with it, and everybody who has a draft is told."
    )
    return form_page(request, announcement, form, title="Move the release", lead=lead)


@for_keepers
def withdraw_one(request: HttpRequest, announcement: Announcement) -> HttpResponse:
    """It will not be released: says what that means, and asks why."""
    acting, form = acting_of(request), WithdrawForm(request.POST or None)

    def act(because: str) -> None:
        withdraw(by=acting, announcement=announcement, because=because)

    if carried_out(request, form, act):
        done = f"The {kind_of(announcement)} is withdrawn."
        told = told_named(announcement)
        messages.success(request, f"{done}\n{told} No more reminders go out.")
        return redirect(url_of(announcement))
    title = f"Withdraw the {kind_of(announcement)}"
    return form_page(request, announcement, form, title=title, lead=WITHDRAWN, warning=True)


@for_keepers
def release_one(request: HttpRequest, announcement: Announcement) -> HttpResponse:
    """When it was released and with which text: from then on the parties see that text."""
    acting, newest = acting_of(request), newest_draft(announcement)
    form = ReleaseForm(
        request.POST or None,
        request.FILES or None,
        newest=newest,
        short=would_need_reason(announcement),
        initial=boxes_of(clock.now()) | {"final": as_draft(newest) if newest else None},
    )

    def act(at: datetime, because: str, **said: Any) -> None:
        final = _final(newest=newest, **said)
        release(by=acting, announcement=announcement, released_at=at, because=because, **final)

    concerned, sides = concerned_and_sides(announcement, acting)
    others = others_in_words(concerned, sides, announcement.owner_id)
    if carried_out(request, form, act):
        messages.success(
            request,
            f"The {kind_of(announcement)} is marked as released.\nAll of {others} can see the "
            "final text now, and no draft. We told their MoU managers and whoever had a draft.",
        )
        return redirect(url_of(announcement))
    lead = (
        f"From then on everybody at {others} sees the final text, and nothing else: no draft and "
        "no comment. This cannot be undone. Their MoU managers and whoever had a draft are told."
    )
    return form_page(request, announcement, form, title="Mark as released", lead=lead)


def _final(
    *, final: str, text: str, pdf: UploadedFile | None, newest: Draft | None
) -> dict[str, Any]:
    """The final text as the service takes it: typed, or the bytes of a PDF."""
    if newest and final == as_draft(newest):
        return final_from(newest)
    if final == FILE:
        return {"pdf": pdf_bytes(pdf, field="pdf")}
    return {"text": text}
