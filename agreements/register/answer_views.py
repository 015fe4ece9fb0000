"""Another party says whether a registered copy is right: by account, or by a link (record 0052)."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from agreements.core.by_link import NO_LONGER, ByLink, acts, opened_by
from agreements.core.confirming import ConfirmationForm, require_other_party
from agreements.core.parties import parties_of, side_of
from agreements.core.reached import steps
from agreements.core.telling import told_parties
from agreements.models import RegisteredCopy
from agreements.register.confirmed import is_confirmed, registered_by, times_put_right
from agreements.register.facts import facts_of
from agreements.register.services import WITHDRAWN, say_of_copy
from agreements.register.views import copy_of
from agreements.signing.pages.documents import registered_files
from agreements.terms import end_in_words
from documents.storage import download
from mail.models import SentLink
from nhsuk.components import Link
from nhsuk.dates import day
from nhsuk.words import and_list, capital
from parties.acting import Acting, acting_of
from web.carrying_out import save_form
from web.link_forms import link_form
from web.links import gone, path_of

YES = "this is the MoU that we signed, and what is entered is right"


def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """Another party confirms the registered copy, or says what is not right."""
    copy, acting = copy_of(request, reference), acting_of(request)
    side_of(copy.agreement, acting)
    require_other_party(acting, copy.agreement, copy.recorded_for_id)
    if copy.withdrawn_at:
        messages.info(request, WITHDRAWN)
        return redirect("agreements:agreement", reference)
    form = _form(request, copy)

    def say(because: str, edit_no: int | None, **_: object) -> None:
        say_of_copy(by=acting, copy=copy, agrees=form.agrees, because=because, edit_no=edit_no)

    return save_form(
        request,
        form,
        say,
        done=lambda _: _done(copy, acting, form),
        to=reverse("agreements:agreement", args=[reference]),
        template="agreements/copy_answer.jinja",
        copy=copy,
        agreement=copy.agreement,
        files=registered_files(copy),
        said_before=_said_before(copy, acting),
        facts_said=list(_facts(copy)),
        way=steps(copy.agreement),
    )


def answer_by_link(request: HttpRequest, link: SentLink) -> HttpResponse:
    """The same by a link, for a key contact without an account."""
    by = opened_by(link)
    if by is None:
        return gone(request, sentence=NO_LONGER)
    if (copy := _copy_of_link(by)) is None:
        return gone(request, sentence=WITHDRAWN)
    form = _form(request, copy)

    def say(because: str, edit_no: int | None, **_: object) -> None:
        with acts(by) as acting:
            say_of_copy(by=acting, copy=copy, agrees=form.agrees, because=because, edit_no=edit_no)

    return link_form(
        request,
        form,
        say,
        done=lambda: _done(copy, by.acting, form),
        title="Is the registered copy right?",
        caption=by.title,
        facts=[(name, "\n".join(lines)) for name, lines in _facts_by_link(copy)],
        links=[Link("Read the signed MoU (PDF)", path_of(request, "pdf"))],
        lead=_said_before(copy, by.acting),
    )


def pdf_by_link(request: HttpRequest, link: SentLink) -> HttpResponse:
    """The file that she is asked about."""
    by = opened_by(link)
    if by is None:
        return gone(request, sentence=NO_LONGER)
    if (copy := _copy_of_link(by)) is None:
        return gone(request, sentence=WITHDRAWN)
    return download(copy.file, name=f"{by.agreement.reference} registered copy.pdf")


def _copy_of_link(by: ByLink) -> RegisteredCopy | None:
    """What the link is about; None once the registration was withdrawn."""
    seen = RegisteredCopy.objects.visible_to(by.acting).filter(agreement=by.agreement)
    copy = seen.filter(withdrawn_at=None).select_related("file", "recorded_for").first()
    if copy:
        copy.agreement = by.agreement
    return copy


def _form(request: HttpRequest, copy: RegisteredCopy) -> ConfirmationForm:
    return ConfirmationForm(
        request.POST or None, what="the registered copy", yes=YES, edit_no=times_put_right(copy)
    )


def _done(copy: RegisteredCopy, acting: Acting, form: ConfirmationForm) -> str:
    told = told_parties(registered_by(copy), acting)
    alone = form.agrees and not is_confirmed(copy)
    more = " It is not confirmed yet: the word of another side counts for that." if alone else ""
    return f"{form.done}\n{told}{more}"


def _said_before(copy: RegisteredCopy, acting: Acting) -> str:
    """What one's own organisation said of it before, if it did."""
    own = copy.confirmations.filter(organisation=acting.organisation_id)
    said = own.select_related("user__person").order_by("at", "pk").last()
    if said is None:
        return ""
    what = "that it is right." if said.agrees else f"what is not right: {said.reason}"
    return f"{said.said_by} said on {day(said.at)} {what}"


def _facts(copy: RegisteredCopy) -> Iterator[tuple[str, list[str]]]:
    """What was entered of the signed MoU; what it does not name is left out."""
    said = facts_of(copy)
    yield "Parties", [and_list(party.name for party in parties_of(copy.agreement))]
    yield "Date of sign-off", [day(said.signed_on)]
    if said.effective_on:
        yield "With effect from", [day(said.effective_on)]
    yield "Date of review", [day(said.review_on) or "None is entered"]
    if end := end_in_words(said.end).removeprefix("on "):
        yield "End", [capital(end)]
    if said.who_signed:
        yield "Who signed it", said.who_signed.splitlines()
    if said.who_approved:
        yield "Who approved it", said.who_approved.splitlines()
    if said.other_days:
        yield "Other days that it names", said.other_days.splitlines()


def _facts_by_link(copy: RegisteredCopy) -> Iterator[tuple[str, list[str]]]:
    yield "Registered by", [copy.recorded_for.name]
    yield from _facts(copy)
