"""How an announcement is marked as released, and how its final text is corrected afterwards."""

from __future__ import annotations

import uuid
from datetime import datetime
from functools import partial
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from communications.forms.planning import boxes_of
from communications.forms.releasing import FILE, TEXT, CorrectForm, ReleaseForm, as_draft
from communications.models import Announcement, Draft
from communications.presenters.line import others_in_words
from communications.presenters.teams import how_awaited
from communications.presenters.words import kind_of, url_of
from communications.queries.before_release import what_looks_odd
from communications.queries.final_text import final_texts
from communications.queries.page import concerned_and_sides
from communications.rules import require_keeper
from communications.services.correcting import correct_final_text
from communications.services.outcomes import final_from, release, would_need_reason
from communications.services.sharing import newest_draft
from communications.services.teams import awaited
from communications.views.reached import about, announcement_of, for_keepers, pdf_bytes
from house import clock
from parties.acting import acting_of
from web.carrying_out import posted, save_form


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
        awaited=how_awaited(awaited(announcement)),
        initial=boxes_of(clock.now()) | {"final": as_draft(newest) if newest else None},
    )

    def act(at: datetime, because: str, without_team: str = "", **said: Any) -> None:
        final = _final(newest=newest, **said)
        release(
            by=acting, announcement=announcement, released_at=at, because=because,
            without_team=without_team, **final,
        )  # fmt: skip

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
