"""Changing and withdrawing what is asked, declining, and withdrawing one's own signature."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from agreements.core.asking_for import MAY_CHANGE, check_asks_for
from agreements.core.reached import about_version, page_of, request_of
from agreements.core.sides import concerned_by
from agreements.core.told import told_managers
from agreements.models import SignatureRequest
from agreements.signing.pages.signing import SignPage
from agreements.signing.reauthentication import Way, is_fresh, make_sure, page_for_it, way_of
from agreements.signing.services.ending import (
    change_request,
    check_signed_here,
    decline_to_sign,
    take_back_signature,
    withdraw_request,
)
from agreements.signing.services.signing import check_is_asked
from agreements.signing.wanted_forms import AskedForm, WithdrawForm
from agreements.versions.pages import VersionPage
from nhsuk.components import Link
from nhsuk.dates import day
from parties.acting import acting_of
from web.carrying_out import ReasonForm, save_form

NOT_OPEN = "This signature is given, on paper, or not asked for any more. This page says which."


def asked(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Another day or another message; and the way to withdraw the request."""
    found, by = request_of(request, reference, pk), acting_of(request)
    check_asks_for(by, found.version, found.party)
    if request.method != "POST" and found.state not in MAY_CHANGE:
        messages.info(request, NOT_OPEN)
        return redirect(page_of(found.version))
    form = AskedForm(
        request.POST or None,
        waits=found.state == SignatureRequest.State.WAITS,
        initial={"sign_by": found.sign_by, "message": found.message},
    )

    def act(sign_by: date | None, message: str, *, at_once: bool = False) -> str:
        return change_request(
            by=by, request=found, sign_by=sign_by, message=message, at_once=at_once
        )

    return save_form(
        request,
        form,
        act,
        done=lambda told: f"{_changed(request, reference, pk)}\n{told}".strip(),
        template="agreements/asked.jinja",
        asked=found,
        withdraw=Link(
            f"Withdraw the request to {found.person}",
            reverse("agreements:withdraw_request", args=[reference, pk]),
        ),
        **about_version(found.version),
    )


def _changed(request: HttpRequest, reference: str, pk: int) -> str:
    now = request_of(request, reference, pk)
    until = f" They are asked to sign by {day(now.sign_by)}." if now.sign_by else ""
    return f"What {now.person} is asked is changed.{until}"


def withdraw(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Asks why; the signature can then be asked for again, of the same person or another."""
    found, by = request_of(request, reference, pk), acting_of(request)
    check_asks_for(by, found.version, found.party)
    form = ReasonForm(
        request.POST or None,
        label="Why the request is withdrawn",
        hint="The parties read this, and so may who was asked.",
    )
    only = concerned_by(found.version, found.party)
    return save_form(
        request,
        form,
        lambda because: withdraw_request(by=by, request=found, because=because),
        done=lambda told: (
            f"{found.person} is not asked any more.\n"
            f"{told} {told_managers(found.version.agreement, by, only) if told else ''} "
            "Next: ask for the signature again, of them or of somebody else."
        ),
        title=f"Withdraw the request to {found.person}",
        lead="They were not asked yet, so they hear nothing of it."
        if found.state == SignatureRequest.State.WAITS
        else "They are told, and no longer reminded. A link that was sent to them stops working.",
        button="Withdraw the request",
        cancel=reverse("agreements:asked", args=[reference, pk]),
        **about_version(found.version),
    )


def decline(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Who is asked will not sign, and says why."""
    found, by = request_of(request, reference, pk), acting_of(request)
    check_is_asked(by, found)
    form = ReasonForm(
        request.POST or None, label="Why you decline to sign", hint="The parties read this."
    )
    return save_form(
        request,
        form,
        lambda because: decline_to_sign(by=by, request=found, because=because),
        done=lambda _: (
            f"You declined to sign version {found.version.label}.\n"
            "We told the MoU managers of the parties, and remind you no more. Next: your MoU "
            "manager asks somebody else, or recalls the version to change it."
        ),
        title=f"Decline to sign version {found.version.label}",
        lead="We tell the MoU managers of the parties at once. The version stays as it is, and you "
        "can still sign it if you change your mind.",
        button="Decline to sign",
        cancel=reverse("agreements:sign", args=[reference, pk]),
        **about_version(found.version),
    )


@sensitive_post_parameters("password")
def take_back(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Who signed withdraws it, shown again to be them; until the last signature is given."""
    found, by = request_of(request, reference, pk), acting_of(request)
    check_signed_here(by, found)
    if request.method != "POST" and not _can_be_taken_back(found):
        messages.info(request, "This signature can no longer be withdrawn. This page says why.")
        return redirect(page_of(found.version))
    way = way_of(request)
    page = SignPage(found, by, way=way, fresh=way is Way.ELSEWHERE and is_fresh(request))
    form = WithdrawForm(request.POST or None, ask_password=way is Way.PASSWORD, initial={})

    def act(because: str, password: str = "") -> None:
        make_sure(request, way, password)
        take_back_signature(by=by, request=found, because=because)

    only = concerned_by(found.version, found.party)
    return save_form(
        request,
        form,
        act,
        done=lambda _: (
            f"Your signature under version {found.version.label} is withdrawn.\n"
            f"{told_managers(found.version.agreement, by, only)} Next: your MoU manager asks for "
            "the signature again, of you or of somebody else."
        ),
        template="agreements/withdraw_signature.jinja",
        page=page,
        text=VersionPage(found.version, by),
        again=page_for_it(request, request.path) if way is Way.ELSEWHERE else "",
        **about_version(found.version),
    )


def _can_be_taken_back(found: SignatureRequest) -> bool:
    out = found.version.state == "out_for_signature"
    return out and found.state == SignatureRequest.State.SIGNED
