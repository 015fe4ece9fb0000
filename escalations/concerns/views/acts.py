"""What readers do about a concern, each on a page of its own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from agreements.models import Party
from escalations.concerns.forms.deciding import DecideForm, ReaderForm, TakeBackForm
from escalations.concerns.forms.working import CloseForm, ErrorForm, NoteMoreForm, ReopenForm
from escalations.concerns.presenters.page import ConcernPage
from escalations.concerns.rules import Reader
from escalations.concerns.services.deciding import keep_concern, share_concern, take_back_concern
from escalations.concerns.services.noting import (
    close_concern,
    enter_in_error,
    note_more,
    reopen_concern,
)
from escalations.concerns.services.reading import end_reading, name_reader
from escalations.concerns.services.receiving import reached
from escalations.concerns.views.reached import about, of_reader
from escalations.models import ConcernReader, PracticeConcern
from nhsuk.words import and_list
from web.carrying_out import NoForm, posted, save_form


@of_reader(Reader.require_keeper, while_open=True)
def decide(request: HttpRequest, page: ConcernPage) -> HttpResponse:
    """Whether another party is told, to whom, and why (A22)."""
    others, concern = page.to_share_with, page.concern
    if not others:
        raise Http404
    form = posted(
        request, DecideForm, concern=concern, others=others, may_keep=not page.shared_with
    )

    def act(decision: str, parties: Sequence[Party], because: str) -> str:
        if decision == "keep":
            keep_concern(by=page.acting, concern=concern, because=because)
            return "It is recorded that the concern is not shared for now, and why."
        share_concern(by=page.acting, concern=concern, parties=parties, because=because)
        return f"The decision is recorded. {_told(parties)}"

    return save_form(
        request, form, act, done=str, title="Decide whether another party is told",
        lead="Whoever looks after the MoU for a party that you share it with is told, reads all "
        "of it, and names who else of that party does.",
        button="Record the decision", **about(page),
    )  # fmt: skip


def _told(parties: Sequence[Party]) -> str:
    found = reached(parties)
    told = [party.name for party in parties if found[party.pk]]
    others = [party.name for party in parties if not found[party.pk]]
    said = [f"We told the MoU manager of {and_list(told)}."] if told else []
    if others:
        said.append(
            f"Nobody of {and_list(others)} can be told yet. Whoever is named as its MoU manager "
            "is told then."
        )
    return "\n".join(said)


@of_reader(Reader.require_keeper, while_open=True)
def take_back(request: HttpRequest, page: ConcernPage) -> HttpResponse:
    """Ends the sharing with a party, at once."""
    if not page.shared_with:
        raise Http404
    names = and_list(party.name for party in page.shared_with)
    return save_form(
        request,
        posted(request, TakeBackForm, concern=page.concern, readers=page.shared_with),
        partial(take_back_concern, by=page.acting, concern=page.concern),
        done=lambda _: "They read it no more, and were told so.",
        title="Share it no longer",
        lead=f"It is shared with {names}. Whoever of theirs reads it loses it at once. What they "
        "have read they know: who opened it, and when, stays in the record.",
        button="Share it no longer",
        warning=True,
        **about(page),
    )


@of_reader(Reader.require_writer, while_open=True)
def note(request: HttpRequest, page: ConcernPage) -> HttpResponse:
    return save_form(
        request,
        posted(request, NoteMoreForm, concern=page.concern),
        partial(note_more, by=page.acting, concern=page.concern),
        done=lambda _: "It is in the record. We told the others who read it.",
        title="Add what is known",
        button="Add it",
        **about(page),
    )


@of_reader(Reader.require_writer)
def name(request: HttpRequest, page: ConcernPage) -> HttpResponse:
    """Lets a colleague read it."""
    own = page.reader.party.name
    return save_form(
        request,
        posted(request, ReaderForm, people=page.people_to_name),
        partial(name_reader, by=page.acting, concern=page.concern),
        done=lambda _: "They may read it from now on. We told them.",
        title=f"Let somebody of {own} read it",
        lead="They read all of it. Editors and MoU managers add to it too.",
        button="Let them read it",
        **about(page),
    )


@of_reader(Reader.require_writer)
def end(request: HttpRequest, page: ConcernPage, pk: int) -> HttpResponse:
    """Ends the right of a colleague, or one's own."""
    visible = ConcernReader.objects.visible_to(page.acting)
    rows = visible.select_related("concern__agreement", "user")
    named = get_object_or_404(
        rows, pk=pk, concern=page.concern, party=page.reader.party, ended_at=None
    )
    return save_form(
        request,
        posted(request, NoForm),
        partial(end_reading, by=page.acting, named=named),
        done=lambda _: f"{named.user} reads it no more.",
        title=f"End the right of {named.user} to read it",
        lead="It ends at once, also on a page that they have open.",
        button="End the right",
        warning=True,
        **about(page) | _after(page, named),
    )


def _after(page: ConcernPage, named: ConcernReader) -> Any:
    """Whoever ends their own right cannot be led back to the page."""
    return {"leads_to": lambda _: "/concerns/"} if named.user == page.acting.who else {}


@of_reader(Reader.require_keeper, while_open=True)
def close(request: HttpRequest, page: ConcernPage) -> HttpResponse:
    """Closes it with what came of it; open actions are recorded (A23)."""
    if page.concern.state == PracticeConcern.State.OPEN:
        raise Http404
    return save_form(
        request,
        posted(request, CloseForm, concern=page.concern, open_actions=page.open_actions),
        partial(close_concern, by=page.acting, concern=page.concern),
        done=lambda _: "The concern is closed. Whoever reads it was told.",
        title="Close the concern",
        lead=f"{page.counted_actions}." if page.open_actions else "No action is open.",
        button="Close it",
        **about(page),
    )


@of_reader(Reader.require_keeper)
def reopen(request: HttpRequest, page: ConcernPage) -> HttpResponse:
    """Opens it again; how it was closed stays."""
    if page.concern.state != PracticeConcern.State.CLOSED:
        raise Http404
    return save_form(
        request,
        posted(request, ReopenForm, concern=page.concern),
        partial(reopen_concern, by=page.acting, concern=page.concern),
        done=lambda _: "The concern is open again. Whoever reads it was told.",
        title="Open the concern again",
        lead="Whoever reads it now reads it still, and nobody else. How it was closed stays in the "
        "record. People are reminded of open actions again.",
        button="Open it again",
        **about(page),
    )


@of_reader(Reader.require_keeper)
def error(request: HttpRequest, page: ConcernPage) -> HttpResponse:
    """It never should have been recorded."""
    if page.concern.state == PracticeConcern.State.IN_ERROR:
        raise Http404
    return save_form(
        request,
        posted(request, ErrorForm, concern=page.concern),
        partial(enter_in_error, by=page.acting, concern=page.concern),
        done=lambda _: "The concern is marked as entered in error.",
        title="Entered in error",
        lead="It counts nowhere from then on. Its readers still read it, with your reason. This "
        "cannot be undone.",
        button="Mark as entered in error",
        warning=True,
        **about(page),
    )
