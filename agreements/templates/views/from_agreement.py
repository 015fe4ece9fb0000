"""A template from an agreement: shows what becomes a blank again, before it is made."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from agreements.core.parties import version_of_terms
from agreements.core.reached import agreement_of
from agreements.templates.forms import FromAgreementForm
from agreements.templates.pages.turned_back import TurnedBackPage
from agreements.templates.services.turning_back import template_from
from agreements.templates.views.kept import page_of, steps
from parties.acting import acting_of
from web.carrying_out import save_form


def make(request: HttpRequest, reference: str) -> HttpResponse:
    """From the text that holds now: the one in force, else the newest."""
    version = version_of_terms(agreement_of(request, reference))
    page = TurnedBackPage(version)
    begin = {"name": version.agreement.title, "shown": page.made.mark}
    return save_form(
        request,
        FromAgreementForm(request.POST or None, initial=begin),
        lambda **said: template_from(by=acting_of(request), version=version, **said),
        done=lambda made: (
            f"“{made.template.name}” is made.\nIt is a draft: look for names that are still in it, "
            "then publish it."
        ),
        to=reverse("agreements:subpage", args=[reference, "versions"]),
        leads_to=page_of,
        template="templates/from_agreement.jinja",
        page=page,
        way=steps(),
    )
