"""Putting a registration right, withdrawing it, and another party's answer to either."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from agreements.core.by_link import NO_LONGER, acts, opened_by
from agreements.core.confirming import ConfirmationForm, by_any_of
from agreements.core.parties import side_of, version_of_terms
from agreements.core.reached import not_disposed, steps
from agreements.core.telling import told_others, told_parties
from agreements.models import CopyChange, RegisteredCopy
from agreements.register.changing import (
    answer_change,
    correct_registration,
    withdraw_registration,
)
from agreements.register.confirmed import (
    answerers_of,
    check_may_change,
    concerned,
    require_answerer,
)
from agreements.register.date_forms import CorrectForm
from agreements.register.facts import rows_of
from agreements.register.views import copy_of
from house.refusals import NotYours, Refused
from mail.models import SentLink
from nhsuk.dates import day
from parties.acting import Acting, acting_of
from web.carrying_out import ReasonForm, save_form
from web.link_forms import link_form
from web.links import gone


def correct(request: HttpRequest, reference: str) -> HttpResponse:
    """Title and days, as they stand in the signed MoU."""
    copy, by = copy_of(request, reference), acting_of(request)
    if away := _not_now(request, by, copy):
        return away
    form = CorrectForm(copy, version_of_terms(copy.agreement).typed_terms, request.POST or None)

    def act(because: str, edit_no: int, dates_are_right: bool, **_: Any) -> CopyChange:
        return correct_registration(
            by=by, copy=copy, facts=form.facts, because=because, edit_no=edit_no,
            dates_are_right=dates_are_right,
        )  # fmt: skip

    return save_form(
        request,
        form,
        act,
        done=lambda change: _done(change, by, "The registration is put right."),
        to=_overview(reference),
        template="agreements/copy_correct.jinja",
        copy=copy,
        way=steps(copy.agreement),
    )


def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Asks why, and says what follows."""
    copy, by = copy_of(request, reference), acting_of(request)
    if away := _not_now(request, by, copy):
        return away
    hint = "All parties read this. Nothing is due under it then; the file may be registered again."
    return save_form(
        request,
        ReasonForm(request.POST or None, label="Why it was registered in error", hint=hint),
        lambda because: withdraw_registration(by=by, copy=copy, because=because),
        done=lambda change: _done(change, by, "The registration is withdrawn."),
        to=_overview(reference),
        title="Withdraw the registration",
        caption=f"{copy.agreement.title}, {reference}",
        lead="It then counts as registered in error: nothing under it is due, and nobody is "
        "reminded. What was recorded stays readable. The file stays with your organisation.",
        button="Withdraw the registration",
        warning=True,
        way=steps(copy.agreement),
    )


def answer(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """A party of another side says whether a correction or a withdrawal is right."""
    changes = CopyChange.objects.visible_to(acting_of(request))
    rows = changes.select_related("copy__agreement", "made_by__person", "made_for")
    change = get_object_or_404(rows, copy__agreement__reference=reference, pk=pk)
    by, agreement = acting_of(request), not_disposed(change.copy.agreement)
    side_of(agreement, by)
    require_answerer(by, change)
    if request.method != "POST" and change.state != CopyChange.State.ASKED:
        messages.info(request, f"It was answered: {change.get_state_display().lower()}.")
        return redirect(_overview(reference))
    form = _answer_form(request, change)

    def say(because: str, **_: object) -> None:
        answer_change(by=by, change=change, agrees=form.agrees, because=because)

    return save_form(
        request,
        form,
        say,
        done=lambda _: _answered(change, by, form),
        to=_overview(reference),
        template="agreements/copy_change.jinja",
        change=change,
        agreement=agreement,
        rows=rows_of(change),
        way=steps(agreement),
    )


def answer_by_link(request: HttpRequest, link: SentLink) -> HttpResponse:
    """The same by a link, for a key contact without an account (record 0052)."""
    by = opened_by(link)
    if by is None:
        return gone(request, sentence=NO_LONGER)
    visible = CopyChange.objects.visible_to(by.acting).filter(pk=by.about)
    change = visible.select_related("copy__agreement", "made_by__person", "made_for").first()
    if change is None:
        return gone(request)
    is_asked = change.state == CopyChange.State.ASKED
    form = _answer_form(request, change) if is_asked else None

    def say(because: str, **_: object) -> None:
        with acts(by) as acting:
            answer_change(by=acting, change=change, agrees=bool(form and form.agrees),
                          because=because)  # fmt: skip

    kind = change.get_kind_display()
    return link_form(
        request,
        form,
        say,
        done=lambda: _answered(change, by.acting, form) if form else "",
        title=f"{kind} of the registration",
        caption=by.title,
        facts=[
            ("Asked for by", f"{change.made_by}, {change.made_for}, {day(change.made_at)}"),
            ("The reason", change.because),
            *((label, f"{new}, not {old}") for label, old, new in rows_of(change)),
        ],
        lead="" if is_asked else f"It was answered: {change.get_state_display().lower()}.",
    )


def _answer_form(request: HttpRequest, change: CopyChange) -> ConfirmationForm:
    what = f"the {change.get_kind_display().lower()}"
    return ConfirmationForm(request.POST or None, what=what)


def _answered(change: CopyChange, by: Acting, form: ConfirmationForm) -> str:
    verb = "change_confirmed" if form.agrees else "change_refused"
    return f"{form.done}\n{told_parties(concerned(change, verb), by)}"


def _not_now(request: HttpRequest, by: Acting, copy: RegisteredCopy) -> HttpResponse | None:
    """Away from a form that nobody can send now, with the reason; NotYours is raised."""
    try:
        check_may_change(by, copy)
    except NotYours:
        raise
    except Refused as refusal:
        if request.method == "POST":
            return None
        messages.info(request, refusal.sentence)
        return redirect(_overview(copy.agreement.reference))
    return None


def _done(change: CopyChange, by: Acting, made: str) -> str:
    if change.state == CopyChange.State.MADE:
        return f"{made}\n{told_others(change.copy.agreement, by)}"
    answerers = answerers_of(change)
    return (
        f"Your {change.get_kind_display().lower()} waits for the word of {by_any_of(answerers)}, "
        f"because what is registered is confirmed.\n{told_parties(answerers, by)}"
    )


def _overview(reference: str) -> str:
    return reverse("agreements:agreement", args=[reference])
