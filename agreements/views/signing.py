"""Asking for signatures, signing, and saying why not yet."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from agreements.forms.signing import AskForm, SignForm
from agreements.forms.text import ReasonForm
from agreements.models import Signature, SignatureRequest, Version
from agreements.people import signatories_of
from agreements.presenters.asking import Slots
from agreements.presenters.signing import SignPage
from agreements.presenters.version import VersionPage
from agreements.reauthentication import Way, check_password, is_fresh, page_for_it, way_of
from agreements.rules.parties import side_of
from agreements.services.asking import ask_instead, is_approved, open_for_signature
from agreements.services.signing import check_is_asked, say_not_ready, sign
from agreements.views.of_text import (
    carried_out,
    page_of,
    request_of,
    show_refusal,
    steps,
    version_of,
)
from agreements.views.reached import acting_of
from house.refusals import Refused
from parties.models import Person

AGAIN = "Show again that it is you: it was too long ago. Your name is kept. Nothing was signed."


@require_http_methods(["GET", "POST"])
def open_signature(request: HttpRequest, reference: str, seq: int) -> HttpResponse:
    """Asks one of one's own signatories; or another one instead, while nobody has signed."""
    version, by = version_of(request, reference, seq), acting_of(request)
    party = side_of(version.agreement, by)
    slots = Slots(version, party)
    if not slots.open_ones:
        messages.info(request, "Every signature of your party has been given or is on paper.")
        return redirect(page_of(version))
    approved = is_approved(version, party)
    people = signatories_of(party.organisation)
    form = AskForm(request.POST or None, slots=slots.choices, people=people, approved=approved)

    def act(slot: str, person: Person, because: str = "") -> None:
        if asked := slots.asked.get(slot):
            ask_instead(by=by, request=asked, person=person)
        else:
            open_for_signature(by=by, version=version, slot=slot, person=person, because=because)

    if carried_out(request, form, act):
        person = form.cleaned_data["person"]
        messages.success(
            request,
            f"{person} is asked to sign version {version.label}.\nWe sent them an e-mail with a "
            "link to the page. Next: their signature.",
        )
        return redirect(page_of(version))
    context = {
        "form": form,
        "page": VersionPage(version, by),
        "party": party,
        "approved": approved,
        "only": slots.choices[0][1] if len(slots.choices) == 1 else "",
        "nobody": not people.exists(),
        "way": steps(version.agreement, version),
    }
    return render(request, "agreements/open_signature.jinja", context)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_page(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """The text in full, and the form to sign it."""
    asked, by = request_of(request, reference, pk), acting_of(request)
    check_is_asked(by, asked)
    if Signature.objects.visible_to(by).filter(request=asked).exists():
        messages.info(request, "You have signed this version. Nothing more is needed from you.")
        return redirect(page_of(asked.version))
    if request.method == "GET" and asked.version.state != Version.State.OUT_FOR_SIGNATURE:
        messages.info(request, "This version cannot be signed now. This page says why.")
        return redirect(page_of(asked.version))
    page = SignPage(asked, by, way=way_of(request), fresh=is_fresh(request))
    form = SignForm(
        request.POST or None,
        statement=page.statement,
        ask_password=page.way is Way.PASSWORD,
        initial={"sha256": asked.version.sha256, "typed_name": request.GET.get("name", "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            _make_sure(request, page, form)
            sign(
                by=by,
                request=asked,
                sha256=form.cleaned_data["sha256"],
                typed_name=form.cleaned_data["typed_name"],
            )
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _thanks(request, asked))
            return redirect(page_of(asked.version))
    typed = form["typed_name"].value() or ""
    again = f"{request.path}?{urlencode({'name': typed[:120]})}" if typed else request.path
    context = {
        "form": form,
        "page": page,
        "again": page_for_it(request, again) if page.way is Way.ELSEWHERE else "",
        "way": steps(asked.version.agreement, asked.version),
    }
    return render(request, "agreements/sign.jinja", context)


@require_http_methods(["GET", "POST"])
def not_ready(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """The signatory says why not yet; all parties are told."""
    asked, by = request_of(request, reference, pk), acting_of(request)
    check_is_asked(by, asked)
    form = ReasonForm(
        request.POST or None,
        label="Why you are not ready to sign",
        hint="The parties read this. You may sign later all the same.",
    )

    def act(because: str) -> None:
        say_not_ready(by=by, request=asked, because=because)

    if carried_out(request, form, act):
        messages.success(
            request,
            "We recorded why you are not ready to sign.\nWe told the MoU managers of the "
            "parties. Next: they answer you, or recall the version to change it.",
        )
        return redirect(page_of(asked.version))
    context = {"form": form, "asked": asked, "way": steps(asked.version.agreement, asked.version)}
    return render(request, "agreements/not_ready.jinja", context)


def _make_sure(request: HttpRequest, page: SignPage, form: SignForm) -> None:
    """That it is the person who logged in. Raises Refused."""
    if page.way is Way.NONE:
        raise Refused("You have no password and no passkey, so you cannot sign here.")
    if page.way is Way.PASSWORD:
        check_password(request, form.cleaned_data["password"])
    elif not page.fresh:
        raise Refused(AGAIN)


def _thanks(request: HttpRequest, asked: SignatureRequest) -> str:
    """What was done, who was told, what comes next."""
    version = version_of(request, asked.version.agreement.reference, asked.version.seq)
    signed = f"You signed version {version.label_before_signature} for {asked.party.name}."
    if version.state == Version.State.SIGNED:
        return (
            f"{signed} All have signed: the agreement is in force.\n"
            "We told everybody who signed, and the MoU managers. Next: the final signed copy is "
            "made within a minute. It is on the page of the agreement."
        )
    return (
        f"{signed}\nWe told the MoU managers of the parties. Next: the signatures that are still "
        "missing. We write to you when all have signed."
    )
