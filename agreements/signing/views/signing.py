"""Asking for signatures, signing, and saying why not yet."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from agreements.core.choices import signatories_of
from agreements.core.in_groups import note_opened
from agreements.core.parties import side_of
from agreements.core.reached import about_version, numbered_of, page_of, request_of
from agreements.core.rejections import rejected, rejections_of, standing_of
from agreements.core.sides import concerned_by
from agreements.core.told import told_managers
from agreements.drafting.unprintable import unprintable_names
from agreements.models import ENDED, Party, SignatureRequest, Version
from agreements.signing.forms import AskForm, SignForm
from agreements.signing.pages.signing import SignPage, Slots
from agreements.signing.reauthentication import Way, is_fresh, make_sure, page_with_name, way_of
from agreements.signing.services.asking import ask_instead, open_for_signature
from agreements.signing.services.notices import title_of
from agreements.signing.services.signing import (
    check_is_asked,
    say_not_ready,
    sign,
)
from agreements.signing.services.statements import statement_for
from agreements.versions.pages import VersionPage
from parties.acting import Acting, acting_of
from parties.models import Person
from web.carrying_out import ReasonForm, save_form


def open_signature(request: HttpRequest, reference: str, seq: int) -> HttpResponse:
    """Asks one of one's own signatories; or another one instead, while nobody has signed."""
    version, by = numbered_of(request, reference, seq), acting_of(request)
    party = side_of(version.agreement, by)
    slots = Slots(version, party)
    if not slots.open_ones:
        messages.info(request, "Every signature of your party has been given or is on paper.")
        return redirect(page_of(version))
    standing, people = standing_of(version, party), signatories_of(party.organisation)
    page = VersionPage(version, by)
    form = AskForm(
        request.POST or None, slots=slots.choices, signatories=slots.signatories, people=people,
        approved=standing.is_given,
    )  # fmt: skip

    def act(slot: str, person: Person, because: str = "", **_: Any) -> SignatureRequest:
        if asked := slots.asked.get(slot):
            return ask_instead(by=by, request=asked, person=person, wanted=form.wanted)
        return open_for_signature(
            by=by, version=version, slot=slot, person=person, because=because, wanted=form.wanted
        )

    return save_form(
        request,
        form,
        act,
        done=lambda asked: _asked(asked, party, by),
        template="agreements/open_signature.jinja",
        page=page,
        unprintable=unprintable_names(version, page.standings, people),
        party=party,
        approved=standing.is_given,
        asks_changes=standing.asks_changes,
        rejection=rejected(standing.rejection, party.name) if standing.rejection else "",
        only=slots.choices[0][1] if len(slots.choices) == 1 else "",
        nobody=not people.exists(),
        **about_version(version),
    )


@sensitive_post_parameters("password")
def sign_page(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """The text in full, and the form to sign it."""
    asked, by = request_of(request, reference, pk), acting_of(request)
    check_is_asked(by, asked)
    note_opened(asked.version.agreement, by)
    if nothing_to_sign := _nothing_to_sign(request, asked):
        messages.info(request, nothing_to_sign)
        return redirect(page_of(asked.version))
    way = way_of(request)
    page = SignPage(asked, by, way=way, fresh=way is Way.ELSEWHERE and is_fresh(request))
    form = SignForm(
        request.POST or None,
        statement=statement_for(asked),
        ask_password=page.way is Way.PASSWORD,
        initial={"sha256": asked.version.sha256, "typed_name": request.GET.get("name", "")},
    )

    def act(sha256: str, typed_name: str, password: str = "", **_: bool) -> None:
        make_sure(request, page.way, password)
        sign(by=by, request=asked, sha256=sha256, typed_name=typed_name)

    return save_form(
        request,
        form,
        act,
        done=lambda _: _thanks(asked, by),
        template="agreements/sign.jinja",
        page=page,
        again=page_with_name(request, form) if page.way is Way.ELSEWHERE else "",
        **about_version(asked.version),
    )


def not_ready(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """The signatory says why not yet; all parties are told."""
    asked, by = request_of(request, reference, pk), acting_of(request)
    check_is_asked(by, asked)
    form = ReasonForm(
        request.POST or None,
        label="Why you are not ready to sign",
        hint="The parties read this. You may sign later all the same.",
    )

    return save_form(
        request,
        form,
        lambda because: say_not_ready(by=by, request=asked, because=because),
        done=lambda _: (
            "We recorded why you are not ready to sign.\nWe told the MoU managers of the "
            "parties. Next: they answer you, or recall the version to change it."
        ),
        title=f"Not ready to sign version {asked.version.label}",
        lead="We tell the MoU managers of the parties at once. They answer you, or recall the "
        "version to change it.",
        button="Tell them why",
        cancel=reverse("agreements:sign", args=[reference, pk]),
        **about_version(asked.version),
    )


def _asked(asked: SignatureRequest, party: Party, by: Acting) -> str:
    person, version = asked.person, asked.version
    if asked.state == SignatureRequest.State.WAITS:
        first = title_of(asked, asked.after_slot)
        return (
            f"{person} is asked to sign version {version.label} when the {first} has signed.\n"
            "We write to them then. Nobody is told now."
        )
    if person.pk == by.who.person_id:
        return f"You are asked to sign version {version.label}.\nNext: read it here and sign it."
    told = (
        "They hear of it in the e-mail of the day."
        if party.told_daily
        else "We sent them an e-mail with a link to the page."
    )
    return f"{person} is asked to sign version {version.label}.\n{told} Next: their signature."


def _nothing_to_sign(request: HttpRequest, asked: SignatureRequest) -> str:
    """Why there is no page to sign on; empty where there is one."""
    if asked.state == SignatureRequest.State.SIGNED:
        return "You have signed this version. Nothing more is needed from you."
    # What somebody sends all the same is refused with what they typed.
    if request.method == "POST":
        return ""
    if asked.state in ENDED:
        return "This is not asked of you any more. This page says why."
    if asked.state == SignatureRequest.State.WAITS:
        return "It is not your turn yet. We write to you when you can sign."
    if asked.version.state != Version.State.OUT_FOR_SIGNATURE:
        return "This version cannot be signed now. This page says why."
    return ""


def _thanks(asked: SignatureRequest, by: Acting) -> str:
    """What was done, who was told, what comes next."""
    version = asked.version
    signed = f"You signed version {version.label_before_signature} for {asked.party.name}."
    if version.is_complete:
        return (
            f"{signed} All have signed: the agreement is in force.\n"
            "We told everybody who signed, and the MoU managers. Next: the final signed copy is "
            "made within a minute. It is on the page of the agreement."
        )
    only = concerned_by(version, asked.party)
    told = f"{signed}\n{told_managers(version.agreement, by, only)}"
    if rejections_of(version):
        return f"{told} It does not come into force while a party's rejection of it stands."
    return (
        f"{told} Next: the signatures that are still missing. We write to you when all have signed."
    )
