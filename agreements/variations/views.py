"""Opening a variation or a correction, and saying that one's party does not agree to it."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from agreements.changes.pages import Changes
from agreements.changes.rules import Kind
from agreements.changes.ways import WORDS, offered
from agreements.changes.words import LEADS
from agreements.core.parties import side_of
from agreements.core.reached import agreement_of, steps
from agreements.core.telling import told_others
from agreements.models import Agreement, Change
from agreements.variations.services import begin_correction, begin_variation
from parties.acting import Acting, acting_of
from web.carrying_out import ReasonForm, save_form


def vary(request: HttpRequest, reference: str) -> HttpResponse:
    return _open(request, reference, Kind.VARIATION)


def correct(request: HttpRequest, reference: str) -> HttpResponse:
    return _open(request, reference, Kind.CORRECTION)


def _open(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """Asks why, then leads to the draft."""
    agreement, acting = agreement_of(request, reference), acting_of(request)
    side_of(agreement, acting)
    if request.method != "POST" and kind not in _offered(agreement, acting):
        return redirect("agreements:subpage", reference, "changes")
    service = begin_variation if kind == Kind.VARIATION else begin_correction

    def done(change: Change) -> str:
        told = told_others(agreement, acting)
        return (
            f"{change.get_kind_display()} is begun: this is its draft.\n{told} Next: change the "
            "text, then send it for approval. The text in force stays until all have signed."
        )

    return save_form(
        request,
        ReasonForm(request.POST or None, label=_ASKED[kind], hint="The parties read this."),
        partial(service, by=acting, agreement=agreement),
        done=done,
        to=reverse("agreements:text", args=[reference]),
        title=WORDS[kind],
        lead=LEADS[kind],
        button="Open the draft",
        caption=agreement.full_title,
        way=steps(agreement),
    )


def _offered(agreement: Agreement, acting: Acting) -> list[str]:
    """What this reader can open now: while one text is being agreed, its page says so."""
    changes = Changes(agreement, acting)
    return list(offered(agreement, changes.terms, changes.period, changes.said, acting))


_ASKED: dict[str, str] = {
    Kind.VARIATION: "What is to change, and why",
    Kind.CORRECTION: "What is to be corrected",
}
