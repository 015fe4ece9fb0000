"""Signatures on paper: recording a scan, and another person's look at it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from agreements.core.asking_for import check_asks_for
from agreements.core.parties import side_of
from agreements.core.reached import about_version, not_disposed, request_of, version_of
from agreements.models import PaperSignature, Signature
from agreements.signing.forms import PaperCheckForm, PaperForm
from agreements.signing.pages.documents import damage_in
from agreements.signing.pages.signing import PAPER_TAGS, findings_on
from agreements.signing.services.paper import (
    check_recorded,
    confirm_paper,
    may_check,
    record_paper,
    reject_paper,
    withdraw_paper,
)
from documents.storage import download
from parties.acting import acting_of
from parties.who import DRAFTERS
from web.carrying_out import ReasonForm, save_form


def record(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """How to sign on paper, and the form for the scan."""
    asked, by = request_of(request, reference, pk), acting_of(request)
    check_asks_for(by, asked.version, asked.party)
    for_another = {"in_place_of": asked.in_place_of, "authority": asked.authority}
    form = PaperForm(request.POST or None, request.FILES or None, initial=for_another)
    form.asks = by

    def act(signed_by: str, signed_on: date, in_place_of: str, authority: str, **_: Any) -> None:
        scan = form.brought()
        record_paper(
            by=by, request=asked, scan=scan.data, signed_by=signed_by, signed_on=signed_on,
            mended=scan.mended, for_another=(in_place_of, authority),
        )  # fmt: skip
        form.taken()

    return save_form(
        request,
        form,
        act,
        done=lambda _: RECORDED,
        template="agreements/paper.jinja",
        asked=asked,
        **about_version(asked.version),
    )


def check(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """The facts and the scan, and whether they are right."""
    paper, by = _paper_of(request, reference, pk), acting_of(request)
    side_of(paper.request.version.agreement, by)
    form = PaperCheckForm(request.POST or None)

    def act(answer: str, because: str) -> Signature | None:
        if answer == "right":
            return confirm_paper(by=by, paper=paper)
        reject_paper(by=by, paper=paper, because=because)
        return None

    return save_form(
        request,
        form,
        act,
        done=lambda signature: _confirmed(request, paper) if signature else REJECTED,
        template="agreements/paper_check.jinja",
        paper=paper,
        damage=damage_in(paper.scan.copy_of) if paper.scan.copy_of else "",
        tags=PAPER_TAGS,
        findings=findings_on(paper),
        may_check=may_check(by, paper),
        may_withdraw=paper.recorded_by_id == by.user.pk and DRAFTERS.includes(by),
        **about_version(paper.request.version),
    )


def withdraw(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Who recorded it says why it is no signature after all."""
    paper, by = _paper_of(request, reference, pk), acting_of(request)
    check_recorded(by, paper)
    form = ReasonForm(
        request.POST or None, label="Why it is withdrawn", hint="The parties read this."
    )
    return save_form(
        request,
        form,
        lambda because: withdraw_paper(by=by, paper=paper, because=because),
        done=lambda _: WITHDRAWN.format(name=paper.signed_by),
        title=f"Withdraw the paper signature of {paper.signed_by}",
        lead="It no longer counts. The scan stays as evidence of what was recorded, and the page "
        "says that it was withdrawn. This can be done until all have signed.",
        button="Withdraw it",
        **about_version(paper.request.version),
    )


def scan(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """The scan itself, for whoever may see the agreement."""
    paper = _paper_of(request, reference, pk)
    return download(paper.scan, name=paper.scan.name)


def scan_as_uploaded(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """The damaged or locked file that the scan was made of."""
    repair = _paper_of(request, reference, pk).scan.copy_of
    if repair is None:
        raise Http404
    return download(repair.original, name=f"As it was uploaded, {repair.original.name}")


RECORDED = (
    "The signature on paper is recorded.\nWe told the MoU managers of the parties. "
    "Next: somebody else, of any party, looks at the scan and confirms it."
)
REJECTED = (
    "You said that the scan is not right.\nWe told the MoU managers of the parties. Next: the "
    "signature is awaited again, here or on paper."
)

WITHDRAWN = (
    "The paper signature of {name} is withdrawn.\nWe told the MoU managers of the parties. Next: "
    "the signature is asked for again, here or on paper."
)


def _confirmed(request: HttpRequest, paper: PaperSignature) -> str:
    version = paper.request.version
    now = version_of(request, version.agreement.reference, version.seq)
    done = f"The signature of {paper.signed_by} counts."
    if now.is_complete:
        return (
            f"{done} All have signed: the agreement is in force.\nWe told everybody who signed, "
            "and the MoU managers. Next: the final signed copy is made within a minute."
        )
    return f"{done}\nWe told the MoU managers. Next: the signatures that are still missing."


def _paper_of(request: HttpRequest, reference: str, pk: int) -> PaperSignature:
    papers = PaperSignature.objects.visible_to(acting_of(request)).select_related(
        "request__version__agreement__template_version",
        "request__party",
        "request__person",
        "scan__repair__original",
        "recorded_by__person",
        "checked_by__person",
    )
    papers = papers.prefetch_related("request__party__spells__organisation__names")
    found = get_object_or_404(papers, request__version__agreement__reference=reference, pk=pk)
    not_disposed(found.request.version.agreement)
    return found
