"""Who gets a draft, and who gets it no longer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from communications.forms.sharing import ShareForm
from communications.models import Announcement, Draft, Share
from communications.presenters.todos import url_of
from communications.presenters.told import told
from communications.queries.candidates import candidates_for
from communications.queries.readers import Reader
from communications.services.drafting import newest_draft
from communications.services.sharing import share, short_for, take_back
from communications.views.reached import for_keepers, form_page, way
from nhsuk.forms import Form
from nhsuk.words import and_list
from parties.acting import acting_of
from web.carrying_out import carried_out


@for_keepers
def share_draft(request: HttpRequest, announcement: Announcement) -> HttpResponse:
    """Opens the newest draft to named people and teams of the other parties."""
    newest = newest_draft(announcement)
    if newest is None:
        messages.info(request, "Add a draft first.\nThen you can share it.")
        return redirect(reverse("announcements:draft_add", args=[announcement.public_id]))
    form = _form(request, announcement, newest)
    shared: list[Share] = []

    def act(draft: int, readers: list[Reader], because: str = "", **_: Any) -> None:
        seen = get_object_or_404(announcement.drafts.filter(number=draft))
        shared.extend(share(by=acting_of(request), draft=seen, readers=readers, because=because))

    if carried_out(request, form, act):
        messages.success(
            request,
            f"Draft {newest.number} is shared.\n{told(shared)} Every reading of it is logged, and "
            "you are told when somebody comments on it or acknowledges it.",
        )
        return redirect(url_of(announcement))
    context = {"form": form, "draft": newest, "announcement": announcement}
    return render(request, "communications/share.jinja", context | {"way": way(announcement)})


def _form(request: HttpRequest, announcement: Announcement, newest: Draft) -> ShareForm:
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
    form = Form(request.POST if request.method == "POST" else None)
    if carried_out(request, form, lambda: take_back(by=acting, share=held)):
        messages.success(
            request,
            f"{held.reader} cannot read draft {held.draft.number} any more.\n"
            "What they read before stays in the log. They were not told.",
        )
        return redirect(url_of(announcement))
    lead = (
        f"{held.reader}, {held.organisation}, can then no longer open draft {held.draft.number}. "
        "What was read before stays in the log. Nobody is told by e-mail."
    )
    title, button = f"Take draft {held.draft.number} back", "Take it back"
    return form_page(
        request, announcement, form, title=title, lead=lead, button=button, warning=True
    )
