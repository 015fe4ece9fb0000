"""What one looks at: the list, and one heads-up; and the link of who has no account."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from communications.heads_ups.forms import HeadsUpFilter
from communications.heads_ups.presenters import words
from communications.heads_ups.presenters.feedback import FeedbackPage
from communications.heads_ups.presenters.page import HeadsUpPage
from communications.heads_ups.queries import listing
from communications.heads_ups.services.answering import (
    acknowledge,
    acknowledge_by_link,
    note_read,
    told_of,
)
from communications.heads_ups.views.reached import heads_up_of, way
from mail.models import SentLink
from nhsuk.dates import moment
from parties.acting import acting_of
from parties.who import DRAFTERS
from web.carrying_out import NoForm, act_at_once, posted
from web.link_forms import link_form
from web.paging import LongList

PER_PAGE = 25


def heads_up_list(request: HttpRequest) -> HttpResponse:
    """The organisation's own, and those of others that the reader may see."""
    acting, form = acting_of(request), HeadsUpFilter(request.GET or None)
    rows = listing.found(acting, form.wanted).select_related("owner")
    pages = LongList(rows.prefetch_related("owner__names"), PER_PAGE)
    page: Any = pages.get_page(request.GET.get("page"))
    context = {
        "form": form,
        "narrowed": any(form.wanted.values()),
        "counted": pages.counted("heads-up"),
        "rows": listing.with_standings(page.object_list, acting),
        "pages": page,
        "words": words,
        "may_give": DRAFTERS.includes(acting),
    }
    return render(request, "heads_ups/list.jinja", context)


def heads_up(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """What it says, who was told since when, who has read it. Who was told is noted as a reader."""
    found, acting = heads_up_of(request, public_id), acting_of(request)
    note_read(by=acting, heads_up=found)
    page = FeedbackPage(found, acting) if found.is_feedback else HeadsUpPage(found, acting)
    context = {"page": page, "words": words, "way": way()}
    return render(request, "heads_ups/heads_up.jinja", context)


def acknowledge_one(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Somebody who was told says that they have read it."""
    found = heads_up_of(request, public_id)
    return act_at_once(
        request,
        lambda: acknowledge(by=acting_of(request), heads_up=found),
        done=f"You have read it.\n{found.owner} can see that you have.",
        to=words.url_of(found),
    )


def read_by_link(request: HttpRequest, link: SentLink) -> HttpResponse:
    """The same by a link, for a committee, a team, or a contact without an account."""
    told = told_of(link)
    heads_up = told.heads_up
    form = None if told.acknowledged_at else posted(request, NoForm)
    said = f"You said on {moment(told.acknowledged_at)} that you have read it."
    return link_form(
        request,
        form,
        lambda: acknowledge_by_link(link),
        done=lambda: f"Thank you: it is noted that you have read it.\n{heads_up.owner} can see it.",
        title=heads_up.title,
        caption=f"{'Feedback' if heads_up.is_feedback else 'Heads-up'} of {heads_up.owner}",
        facts=[
            ("When", words.when(heads_up)),
            ("To whom it goes", heads_up.audience),
            *([("Why", heads_up.because)] if heads_up.because else []),
            ("What it says", heads_up.text),
        ],
        button="I have read it",
        lead=said if form is None else "",
    )
