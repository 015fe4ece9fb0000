"""Whether the key contacts are still right: by the link in an e-mail, or on one page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from agreements.contacts.forms import NO_LONGER, StillContactForm
from agreements.contacts.links import Asked, asked_with
from agreements.contacts.pages.confirming import AskedPage, ContactsPage
from agreements.contacts.services.confirming import confirm_all, confirm_by_link, leave_by_link
from agreements.core.parties import side_of
from agreements.core.reached import agreement_of, steps
from house.refusals import NotYours, Refused
from nhsuk.words import plural
from parties.acting import acting_of
from web.carrying_out import carried_out


def contacts(request: HttpRequest, reference: str) -> HttpResponse:
    """A party's own contacts with when each was confirmed; one button confirms them all."""
    agreement, acting = agreement_of(request, reference), acting_of(request)
    party = side_of(agreement, acting)
    if request.method == "POST":
        try:
            count = confirm_all(by=acting, party=party)
        except NotYours:
            raise
        except Refused as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, f"{plural(count, 'key contact')} confirmed.")
        return redirect("agreements:contacts", reference)
    context = {"page": ContactsPage(agreement, party), "way": steps(agreement)}
    return render(request, "agreements/contacts.jinja", context)


@never_cache
def by_mail(request: HttpRequest, token: str) -> HttpResponse:
    """A contact's answer, with or without an account. Only the button acts."""
    asked = asked_with(token)
    if asked is None:
        return render(request, "agreements/contact_link_gone.jinja", status=404)
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
