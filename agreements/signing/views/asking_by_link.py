"""Asking somebody without an account to sign, sending the link again, and taking it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from agreements.core.asking_for import check_asks_for
from agreements.core.parties import parties_of
from agreements.core.reached import about_version, numbered_of, page_of, request_of
from agreements.core.rejections import rejected, standing_of
from agreements.models import SignatureRequest
from agreements.signing.by_link import link_of
from agreements.signing.link_forms import AskByLinkForm, LinkChangeForm
from agreements.signing.pages.signing import Slots
from agreements.signing.services.asking_by_link import (
    ask_by_link,
    ask_by_link_instead,
    send_again_by_link,
    take_back_link,
)
from agreements.signing.services.notices import title_of
from mail.links.opening import masked
from nhsuk.dates import moment
from parties.acting import acting_of
from parties.models import CheckedAddress
from web.carrying_out import save_form


def ask(request: HttpRequest, reference: str, seq: int, party: int) -> HttpResponse:
    """Asks whoever stands on one's own list of addresses for the party; or another one instead."""
    version, by = numbered_of(request, reference, seq), acting_of(request)
    of = next((each for each in parties_of(version.agreement) if each.pk == party), None)
    if of is None:
        raise Http404
    check_asks_for(by, version, of)
    slots = Slots(version, of)
    if not slots.open_ones:
        messages.info(request, "Every signature of this party has been given or is on paper.")
        return redirect(page_of(version))
    standing = standing_of(version, of)
    listed = CheckedAddress.objects.visible_to(by).filter(organisation=of.organisation)
    right = {str(each.pk): each for each in listed.right()}
    form = AskByLinkForm(
        request.POST or None,
        slots=slots.choices,
        signatories=slots.signatories,
        addresses=[(pk, f"{each.name}, {each.email}") for pk, each in right.items()],
        approved=standing.is_given,
    )

    def act(slot: str, address: str, because: str = "", **_: Any) -> SignatureRequest:
        chosen = right[address]
        if asked := slots.asked.get(slot):
            asked.party = of
            return ask_by_link_instead(by=by, request=asked, address=chosen, wanted=form.wanted)
        return ask_by_link(
            by=by, version=version, party=of, slot=slot, address=chosen, because=because,
            wanted=form.wanted,
        )  # fmt: skip

    return save_form(
        request,
        form,
        act,
        done=_asked,
        template="agreements/ask_by_link.jinja",
        version=version,
        party=of,
        approved=standing.is_given,
        rejection=rejected(standing.rejection, of.name) if standing.rejection else "",
        nobody=not right,
        waiting=listed.waiting().exists(),
        **about_version(version),
    )


def _asked(asked: SignatureRequest) -> str:
    label = asked.version.label
    if asked.state == SignatureRequest.State.WAITS:
        first = title_of(asked, asked.after_slot)
        return (
            f"{asked.person} is asked to sign version {label} when the {first} has signed.\n"
            "We send the link then. Nobody is told now."
        )
    assert asked.address  # noqa: S101 - it was asked by a link
    return (
        f"{asked.person} is asked to sign version {label}.\nWe sent a link to "
        f"{masked(asked.address.email)}. Nobody here sees it. Next: their signature."
    )


def change(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Sends the link once more, or takes it back."""
    asked, by = request_of(request, reference, pk), acting_of(request)
    check_asks_for(by, asked.version, asked.party)
    link = link_of(asked)
    if link is None:
        raise Http404
    form = LinkChangeForm(request.POST or None)

    def act(what: str) -> str:
        if what == "again":
            send_again_by_link(by=by, request=asked)
            return f"The e-mail is on its way again, to {masked(link.address)}, with the same link."
        take_back_link(by=by, request=asked)
        return "The link no longer works.\nNext: ask somebody else, or record a paper signature."

    return save_form(
        request,
        form,
        act,
        done=lambda said: said,
        title=f"The link of {asked.person}",
        lead=(
            f"It was sent to {masked(link.address)}, and works until {moment(link.expires_at)}. "
            "Nobody here sees it."
        ),
        button="Do this",
        cancel=reverse("agreements:version", args=[reference, asked.version.seq]),
        **about_version(asked.version),
    )
