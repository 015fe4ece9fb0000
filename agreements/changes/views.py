"""Opening a change, reading one, answering it and withdrawing it."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from agreements.changes.forms import AnswerForm
from agreements.changes.pages import Changes
from agreements.changes.queries import Said, said_of
from agreements.changes.rules import Kind, needs
from agreements.changes.services import answering
from agreements.changes.to_open import form_of
from agreements.changes.ways import SLUGS, link_to
from agreements.changes.words import LEADS, opened_in_words
from agreements.core.by_link import NO_LONGER, acts, opened_by
from agreements.core.parties import side_of
from agreements.core.reached import agreement_of, steps, subpage_url
from agreements.core.telling import told_others
from agreements.emails.pages import EmailsOn
from agreements.models import Change
from mail.models import SentLink
from parties.acting import acting_of
from web.carrying_out import ReasonForm, save_form
from web.link_forms import link_form
from web.links import gone

_KINDS = {slug: Kind(kind) for kind, slug in SLUGS.items()}
KEY = "changes"


def open_change(request: HttpRequest, reference: str, slug: str) -> HttpResponse:
    """The form of one kind of change, where this reader can open it now."""
    agreement, acting = agreement_of(request, reference), acting_of(request)
    side_of(agreement, acting)
    if slug not in _KINDS:
        raise Http404
    kind, changes = _KINDS[slug], Changes(agreement, acting)
    form, act = form_of(request.POST or None, kind, changes)
    return save_form(
        request,
        form,
        act,
        done=lambda change: f"{_done(change)}\n{told_others(agreement, acting)}",
        to=subpage_url(reference, KEY),
        leads_to=lambda change: reverse("agreements:change", args=[reference, change.pk]),
        title=link_to(agreement, kind, changes.period).text,
        lead=LEADS[kind],
        caption=agreement.full_title,
        way=steps(agreement),
        template="agreements/change_open.jinja",
        changes=changes,
    )


def shown(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """One change: what was opened, what each party says, and what the reader can do."""
    said, changes = _said(request, reference, pk)
    context = {
        "agreement": changes.agreement,
        "changes": changes,
        "said": said,
        "emails": EmailsOn("change", said.change, changes.acting),
        "way": steps(changes.agreement),
    }
    return render(request, "agreements/change.jinja", context)


def answer(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Another party accepts it, or says why not."""
    said, changes = _said(request, reference, pk)
    acting, change = acting_of(request), said.change
    side_of(changes.agreement, acting)
    if not changes.may_answer(said):
        return redirect("agreements:change", reference, pk)
    if change.is_of_text:
        return _disagree(request, said, changes)
    form = _answer_form(request, change)

    def act(because: str, **_: object) -> None:
        answering.answer_change(by=acting, change=change, agrees=form.agrees, because=because)

    return save_form(
        request,
        form,
        act,
        done=lambda _: f"Your answer is recorded.\n{told_others(changes.agreement, acting)}",
        to=reverse("agreements:change", args=[reference, pk]),
        template="agreements/change_answer.jinja",
        agreement=changes.agreement,
        changes=changes,
        said=said,
        way=steps(changes.agreement),
    )


def _disagree(request: HttpRequest, said: Said, changes: Changes) -> HttpResponse:
    """Who agrees to another text signs it; who does not says so here, and why."""
    acting, agreement, change = changes.acting, changes.agreement, said.change
    what = change.get_kind_display().lower()
    return save_form(
        request,
        ReasonForm(request.POST or None, label="Why you do not agree", hint="The parties read it."),
        partial(answering.answer_change, by=acting, change=change, agrees=False),
        done=lambda _: f"Your answer is recorded.\n{told_others(agreement, acting)}",
        to=reverse("agreements:change", args=[agreement.reference, change.pk]),
        title=f"Say that you do not agree to the {what}",
        lead="It ends by that, and its draft is given up. The text in force stays as it is. If you "
        "agree to it in part, change the draft instead.",
        button="We do not agree",
        caption=agreement.full_title,
        way=steps(agreement),
    )


def withdraw(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """The party that opened it takes it back while it waits."""
    said, changes = _said(request, reference, pk)
    acting = acting_of(request)
    side_of(changes.agreement, acting)
    answering.require_opener(acting, said.change)
    return save_form(
        request,
        ReasonForm(request.POST or None, label="Why you withdraw it", hint="The parties read it."),
        partial(answering.withdraw_change, by=acting, change=said.change),
        done=lambda _: f"It is withdrawn.\n{told_others(changes.agreement, acting)}",
        to=reverse("agreements:change", args=[reference, pk]),
        title=f"Withdraw: {said.change.get_kind_display().lower()}",
        button="Withdraw it",
        caption=changes.agreement.full_title,
        way=steps(changes.agreement),
    )


def answer_by_link(request: HttpRequest, link: SentLink) -> HttpResponse:
    """The same answer by a link, for a key contact without an account (record 0052)."""
    by = opened_by(link)
    if by is None:
        return gone(request, sentence=NO_LONGER)
    visible = Change.objects.visible_to(by.acting).filter(pk=by.about)
    change = visible.select_related("agreement", "opened_for").first()
    if change is None or not change.takes_words:
        return gone(request, sentence="Nobody waits for an answer to this any more.")
    form = _answer_form(request, change)

    def act(because: str, **_: object) -> None:
        with acts(by) as acting:
            answering.answer_change(by=acting, change=change, agrees=form.agrees, because=because)

    changes = Changes(change.agreement, by.acting)
    return link_form(
        request,
        form,
        act,
        done=lambda: f"Your answer is recorded.\n{told_others(change.agreement, by.acting)}",
        title=f"Do you accept this? {change.get_kind_display()}",
        caption=by.title,
        facts=[("What", opened_in_words(change, "this MoU")), *changes.facts(said_of(change))],
    )


def _said(request: HttpRequest, reference: str, pk: int) -> tuple[Said, Changes]:
    agreement = agreement_of(request, reference)
    visible = Change.objects.visible_to(acting_of(request)).filter(agreement=agreement)
    rows = visible.select_related("opened_by__person", "opened_for", "about")
    change = get_object_or_404(rows, pk=pk)
    change.agreement = agreement
    return said_of(change), Changes(agreement, acting_of(request))


def _answer_form(request: HttpRequest, change: Change) -> AnswerForm:
    return AnswerForm(request.POST or None, change=change)


def _done(change: Change) -> str:
    if change.state != Change.State.OPEN:
        return f"{change.get_kind_display()} is recorded."
    who = "One of the others has" if needs(change) == "one" else "The others have"
    return f"{change.get_kind_display()} is recorded. {who} to answer before it holds."
