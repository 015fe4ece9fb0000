"""Pages that a key contact reaches by the link in an e-mail, with or without an account."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from agreements.contacts.answers import NO_LONGER, ProposedForm, StillContactForm
from agreements.contacts.asking import Asked, asked_by_former_link, asked_of_link
from agreements.contacts.pages import AskedPage
from agreements.contacts.proposed import (
    ProposedPage,
    proposal_of_link,
    proposed_by_former_link,
)
from agreements.contacts.services.answering import answer_by_link
from agreements.contacts.services.confirming import confirm_by_link, leave_by_link
from agreements.models import ContactProposal
from mail.models import SentLink
from web.carrying_out import carried_out
from web.links import gone

OLD = "It worked for 60 days, and these are over."


def confirm(request: HttpRequest, link: SentLink) -> HttpResponse:
    """A contact's answer, with or without an account. Only the button acts."""
    return _confirm(request, asked_of_link(link))


@never_cache
def by_mail(request: HttpRequest, token: str) -> HttpResponse:
    """The same by a link in an e-mail of a former release."""
    return _confirm(request, asked_by_former_link(token))


def _confirm(request: HttpRequest, asked: Asked | None) -> HttpResponse:
    if asked is None:
        return gone(request, sentence=OLD)
    page = AskedPage(asked)
    if not page.asked:
        return render(request, "agreements/contact_thanks.jinja", {"page": page})
    form = StillContactForm(page.choices, page.person, page.job_title, request.POST or None)
    if carried_out(request, form, lambda **_: _answer(asked, form)):
        left = form.cleaned_data["answer"] == NO_LONGER
        messages.success(request, _thanks(asked, left=left))
        return redirect(request.path)
    return render(request, "agreements/contact_asked.jinja", {"form": form, "page": page})


def _answer(asked: Asked, form: StillContactForm) -> None:
    if form.cleaned_data["answer"] == NO_LONGER:
        leave_by_link(asked=asked, contacts=form.gone, suggestion=form.cleaned_data["suggestion"])
    else:
        confirm_by_link(asked=asked, details=form.details)


def _thanks(asked: Asked, *, left: bool) -> str:
    if left:
        return f"Thank you. {asked.organisation} is told, and names somebody else."
    return "Thank you. Your answer is recorded."


def answer_proposed(request: HttpRequest, link: SentLink) -> HttpResponse:
    """Whom another party proposed says whether it is so. Only the button acts."""
    return _proposed(request, proposal_of_link(link))


@never_cache
def proposed(request: HttpRequest, token: str) -> HttpResponse:
    """The same by a link in an e-mail of a former release."""
    return _proposed(request, proposed_by_former_link(token))


def _proposed(request: HttpRequest, proposal: ContactProposal | None) -> HttpResponse:
    if proposal is None:
        return gone(request, sentence=OLD)
    page = ProposedPage(proposal)
    if proposal.answer:
        return render(request, "agreements/contact_thanks.jinja", {"page": page})
    form = ProposedForm(request.POST or None)
    if carried_out(request, form, lambda **_: answer_by_link(proposal=proposal, yes=form.is_so)):
        messages.success(request, "Thank you. Your answer is recorded.")
        return redirect(request.path)
    return render(request, "agreements/contact_proposed.jinja", {"form": form, "page": page})
