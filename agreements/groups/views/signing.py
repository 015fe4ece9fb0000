"""The page on which a signatory signs what waits for them in a group: all that is ticked."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from agreements.groups.forms.signing import SignTickedForm
from agreements.groups.pages.signing import SigningPage
from agreements.groups.services.signing import sign_ticked
from agreements.groups.views.preparing import page_of
from agreements.groups.views.reached import share_of
from agreements.signing.reauthentication import Way, is_fresh, make_sure, page_with_name, way_of
from agreements.signing.services.statements import OF_TICKED
from jobs.models import Job
from nhsuk.words import plural
from parties.acting import acting_of
from web.carrying_out import save_form


@sensitive_post_parameters("password")
def sign_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """One text in full, what differs in each agreement, and one form to sign those ticked."""
    share, by = share_of(request, key), acting_of(request)
    way = way_of(request)
    page = SigningPage(share, by, way=way, fresh=way is Way.ELSEWHERE and is_fresh(request))
    if request.method != "POST" and not page.waiting:
        messages.info(request, "Nothing of this group waits for your signature now.")
        return redirect(page_of(share.issue))
    form = SignTickedForm(
        request.POST or None,
        statement=OF_TICKED.format(party=by.on_behalf_of.name),
        ask_password=way is Way.PASSWORD,
        choices=page.choices,
        hints=page.hints,
        initial={"ticked": page.ticked, "typed_name": request.GET.get("name", "")},
    )

    def act(ticked: dict[int, str], typed_name: str, password: str = "", **_: bool) -> Job:
        make_sure(request, way, password)
        return sign_ticked(by=by, share=share, ticked=ticked, typed_name=typed_name)

    return save_form(
        request,
        form,
        act,
        done=_begun,
        to=page_of(share.issue),
        leads_to=lambda job: reverse("agreements:group_job", args=[share.issue.key, job.key]),
        template="agreements/group_sign.jinja",
        page=page,
        again=page_with_name(request, form) if way is Way.ELSEWHERE else "",
    )


def _begun(job: Job) -> str:
    number = len(job.context["ticked"])
    return (
        f"Your signature under {plural(number, 'agreement')} is being recorded, one by one.\n"
        "This page says which are done, and which were not signed and why."
    )
