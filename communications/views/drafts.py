"""Drafts: adding one, reading it, taking its file, acknowledging it, commenting on it."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from communications.forms.drafts import AnswerForm, CommentForm, DraftForm
from communications.models import Announcement, Read
from communications.presenters.drafts import DraftPage, draft_url
from communications.presenters.todos import url_of
from communications.rules.who import require_keeper
from communications.services.drafting import add_draft, newest_draft
from communications.services.reading import acknowledge, answer, comment, log_read, require_reader
from communications.views.reached import draft_of, for_keepers, form_page, way
from communications.views.uploads import pdf_bytes
from documents.storage import download
from house.refusals import NotYours, Refused
from nhsuk.forms import Form
from parties.acting import acting_of
from web.carrying_out import carried_out


@for_keepers
def add(request: HttpRequest, announcement: Announcement) -> HttpResponse:
    """The next draft: the text of the newest stands in the box, to go on from."""
    acting, newest = acting_of(request), newest_draft(announcement)
    initial = {"text": newest.text} if newest else {}
    form = DraftForm(request.POST or None, request.FILES or None, initial=initial)

    def act(text: str, pdf: UploadedFile | None) -> None:
        file = pdf_bytes(pdf, field="pdf")
        add_draft(by=acting, announcement=announcement, text=text, pdf=file)

    if carried_out(request, form, act):
        messages.success(
            request,
            "The draft is added.\nNobody outside your organisation sees it. Next: share it.",
        )
        return redirect(url_of(announcement))
    lead = "Nobody outside your organisation sees it until you share it."
    if newest:
        lead = f"Draft {newest.number} stays as it is; this becomes draft {newest.number + 1}."
    title, button = "Add a draft", "Add the draft"
    return form_page(request, announcement, form, title=title, lead=lead, button=button)


def draft(request: HttpRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    """A draft to read. Readers of the other side are logged before its text leaves the portal."""
    shown = draft_of(request, public_id, number)
    if shown.text:
        log_read(by=acting_of(request), draft=shown, how=Read.How.VIEWED)
    page = DraftPage(shown, acting_of(request))
    return _page(request, page, AnswerForm(sides=page.sides) if page.own else CommentForm())


def draft_file(request: HttpRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    """The PDF of a draft. Readers of the other side are logged."""
    shown = draft_of(request, public_id, number)
    if shown.file is None:
        raise Http404
    log_read(by=acting_of(request), draft=shown, how=Read.How.DOWNLOADED)
    return download(shown.file, name=f"Under embargo, draft {shown.number}.pdf")


def acknowledge_draft(request: HttpRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    """A named reader has read it."""
    shown = draft_of(request, public_id, number)
    try:
        acknowledge(by=acting_of(request), draft=shown)
    except NotYours:
        raise
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        owner = shown.announcement.owner
        messages.success(request, f"You have acknowledged draft {number}.\nWe told {owner}.")
    return redirect(draft_url(shown))


def comment_on_draft(request: HttpRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    """A named reader's comment."""
    shown, acting = draft_of(request, public_id, number), acting_of(request)
    require_reader(acting, shown)
    form = CommentForm(request.POST)

    def act(text: str) -> None:
        comment(by=acting, draft=shown, text=text)

    if carried_out(request, form, act):
        told = f"We told {shown.announcement.owner}."
        messages.success(request, f"Your comment is kept.\n{told}")
        return redirect(draft_url(shown))
    return _page(request, DraftPage(shown, acting), form)


def answer_readers(request: HttpRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    """The owner's answer to the named readers of one side."""
    shown, acting = draft_of(request, public_id, number), acting_of(request)
    require_keeper(acting, shown.announcement)
    page = DraftPage(shown, acting)
    form = AnswerForm(request.POST, sides=page.sides)

    def act(text: str, side: str) -> None:
        chosen = next(each for each in page.sides if str(each.pk) == side)
        answer(by=acting, draft=shown, text=text, side=chosen)

    if carried_out(request, form, act):
        messages.success(request, "Your answer is kept.\nWe told the readers of that side.")
        return redirect(draft_url(shown))
    return _page(request, page, form)


def _page(request: HttpRequest, page: DraftPage, form: Form) -> HttpResponse:
    context = {"page": page, "form": form, "way": way(page.announcement)}
    return render(request, "communications/draft.jinja", context)
