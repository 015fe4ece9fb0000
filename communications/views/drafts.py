"""Drafts: adding, sharing and reading one, taking its file, acknowledging it, commenting on it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from communications.forms.drafts import AnswerToReadersForm, CommentForm, DraftForm, ShareForm
from communications.models import Announcement, Draft, Read, Share
from communications.presenters.drafts import DraftPage
from communications.presenters.words import draft_url, told
from communications.queries.candidates import candidates_for
from communications.queries.readers import Reader
from communications.rules import require_keeper
from communications.services.reading import acknowledge, answer, comment, log_read, require_reader
from communications.services.sharing import add_draft, newest_draft, share, short_for, take_back
from communications.views.reached import about, draft_of, for_keepers, pdf_bytes, way
from documents.storage import download
from nhsuk.forms import Form
from nhsuk.words import and_list
from parties.acting import acting_of
from web.carrying_out import NoForm, act_at_once, posted, save_form

DRAFT_PAGE = "communications/draft.jinja"


@for_keepers
def add(request: HttpRequest, announcement: Announcement) -> HttpResponse:
    """The next draft: the text of the newest stands in the box, to go on from."""
    acting, newest = acting_of(request), newest_draft(announcement)

    def act(text: str, pdf: UploadedFile | None) -> None:
        file = pdf_bytes(pdf, field="pdf")
        add_draft(by=acting, announcement=announcement, text=text, pdf=file)

    lead = "Nobody outside your organisation sees it until you share it."
    if newest:
        lead = f"Draft {newest.number} stays as it is; this becomes draft {newest.number + 1}."
    return save_form(
        request,
        posted(request, DraftForm, initial={"text": newest.text} if newest else {}),
        act,
        done=lambda _: (
            "The draft is added.\nNobody outside your organisation sees it. Next: share it."
        ),
        title="Add a draft",
        lead=lead,
        button="Add the draft",
        **about(announcement),
    )


@for_keepers
def share_draft(request: HttpRequest, announcement: Announcement) -> HttpResponse:
    """Opens the newest draft to named people and teams of the other parties."""
    newest = newest_draft(announcement)
    if newest is None:
        messages.info(request, "Add a draft first.\nThen you can share it.")
        return redirect("announcements:draft_add", announcement.public_id)

    def act(draft: int, readers: list[Reader], because: str = "", **_: Any) -> list[Share]:
        seen = get_object_or_404(announcement.drafts.filter(number=draft))
        return share(by=acting_of(request), draft=seen, readers=readers, because=because)

    return save_form(
        request,
        _share_form(request, announcement, newest),
        act,
        done=lambda shared: (
            f"Draft {newest.number} is shared.\n{told(shared)} Every reading of it is logged, and "
            "you are told when somebody comments on it or acknowledges it."
        ),
        template="communications/share.jinja",
        draft=newest,
        announcement=announcement,
        **about(announcement),
    )


def _share_form(request: HttpRequest, announcement: Announcement, newest: Draft) -> ShareForm:
    short = short_for(announcement)
    return ShareForm(
        request.POST or None,
        candidates=candidates_for(announcement, acting_of(request)),
        draft=newest.number,
        short=and_list(organisation.name for organisation in short) if short else "",
    )


@for_keepers
def take_share_back(request: HttpRequest, announcement: Announcement, pk: int) -> HttpResponse:
    """Closes a draft to one person or team, after saying what that does and does not do."""
    acting = acting_of(request)
    shares = Share.objects.visible_to(acting).filter(draft__announcement=announcement)
    held = get_object_or_404(
        shares.select_related("draft__announcement", "person", "team", "organisation"), pk=pk
    )
    number = held.draft.number
    return save_form(
        request,
        posted(request, NoForm),
        lambda: take_back(by=acting, share=held),
        done=lambda _: (
            f"{held.reader} cannot read draft {number} any more.\n"
            "What they read before stays in the log. They were not told."
        ),
        title=f"Take draft {number} back",
        lead=f"{held.reader}, {held.organisation}, can then no longer open draft {number}. What "
        "was read before stays in the log. Nobody is told by e-mail.",
        button="Take it back",
        warning=True,
        **about(announcement),
    )


def draft(request: HttpRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    """A draft to read. Readers of the other side are logged before its text leaves the portal."""
    shown, acting = draft_of(request, public_id, number), acting_of(request)
    if shown.text:
        log_read(by=acting, draft=shown, how=Read.How.VIEWED)
    page = DraftPage(shown, acting)
    form = AnswerToReadersForm(sides=page.sides) if page.own else CommentForm()
    context = {"page": page, "form": form, "way": way(page.announcement)}
    return render(request, DRAFT_PAGE, context)


def draft_file(request: HttpRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    """The PDF of a draft. Readers of the other side are logged."""
    shown = draft_of(request, public_id, number)
    if shown.file is None:
        raise Http404
    log_read(by=acting_of(request), draft=shown, how=Read.How.DOWNLOADED)
    return download(shown.file, name=f"Under embargo, draft {shown.number}.pdf")


def acknowledge_draft(request: HttpRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    """A named reader has read it."""
    shown, acting = draft_of(request, public_id, number), acting_of(request)
    return act_at_once(
        request,
        lambda: acknowledge(by=acting, draft=shown),
        done=f"You have acknowledged draft {number}.\nWe told {shown.announcement.owner}.",
        to=draft_url(shown),
    )


def comment_on_draft(request: HttpRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    """A named reader's comment."""
    shown, acting = draft_of(request, public_id, number), acting_of(request)
    require_reader(acting, shown)
    act, owner = partial(comment, by=acting, draft=shown), shown.announcement.owner
    done = f"Your comment is kept.\nWe told {owner}."
    return _say(request, DraftPage(shown, acting), CommentForm(request.POST), act, done=done)


def answer_readers(request: HttpRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    """The owner's answer to the named readers of one side."""
    shown, acting = draft_of(request, public_id, number), acting_of(request)
    require_keeper(acting, shown.announcement)
    page = DraftPage(shown, acting)

    def act(text: str, side: str) -> None:
        chosen = next(each for each in page.sides if str(each.pk) == side)
        answer(by=acting, draft=shown, text=text, side=chosen)

    done = "Your answer is kept.\nWe told the readers of that side."
    return _say(request, page, AnswerToReadersForm(request.POST, sides=page.sides), act, done=done)


def _say(
    request: HttpRequest, page: DraftPage, form: Form, act: Callable[..., object], *, done: str
) -> HttpResponse:
    """Keeps what was said about a draft, or shows its page with what is wrong."""
    return save_form(
        request,
        form,
        act,
        done=lambda _: done,
        to=draft_url(page.draft),
        template=DRAFT_PAGE,
        page=page,
        way=way(page.announcement),
    )
