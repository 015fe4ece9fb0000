"""The e-mails about what is asked and changes, and about what ends before all have signed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from agreements.core.asking_for import STILL_ASKED
from agreements.core.letters import HappeningLetter
from agreements.models import SignatureRequest
from agreements.signing.due import message_said
from agreements.signing.mails import by_their_link
from mail.kinds import Message, NotNeeded, kind
from nhsuk.dates import day


@kind("sign_by_changed", "Another day to sign by")
def sign_by_changed(context: dict[str, Any]) -> Message:
    request = SignatureRequest.objects.select_related("version__agreement", "party").get(
        pk=context["request"]
    )
    if context["person"] != request.person_id or request.state not in STILL_ASKED:
        raise NotNeeded
    about, label = HappeningLetter(context), request.version.label
    on = day(request.sign_by)
    message = about.message(
        f"sign version {label} by {on}" if on else f"no day any more to sign version {label} by",
        f"On {about.on} the day was changed by which you sign version {label} of the MoU between "
        f"{about.own.name} and {about.others}. "
        + (f"It is {on} now." if on else "There is none any more."),
        *message_said(request),
        button="Read and sign",
        path=f"sign/{request.pk}/",
        why=f"you were asked to sign it for {about.own.name} as {context['title']}.",
    )
    return by_their_link(message, request.pk, "Read and sign")


@kind("request_withdrawn", "A request to sign that was withdrawn")
def request_withdrawn(context: dict[str, Any]) -> Message:
    """To who was asked. Where a link asked, it is dead, and there is no page to go to."""
    about = HappeningLetter(context)
    message = about.message(
        f"version {about.label} not asked of you any more, since {about.on}",
        f"You were asked to sign version {about.label} of the MoU between {about.own.name} and "
        f"{about.others}. That request was withdrawn on {about.on}.",
        "Nothing is asked of you now. A link that we sent you for it no longer works.",
        why=f"you were asked to sign it for {about.own.name} as {context['title']}.",
    )
    rows = SignatureRequest.objects.filter(pk=context["request"], address=None)
    return message if rows.exists() else replace(message, button_text="", button_url="")


@kind("request_ended", "A request to sign that was withdrawn")
def request_ended(context: dict[str, Any]) -> Message:
    about = HappeningLetter(context)
    return about.message(
        f"signature for {about.data['party']} not asked for any more, since {about.on}",
        f"On {about.on} the request to sign version {about.label} of your MoU with {about.others} "
        f"for {about.data['party']} was withdrawn. The reason is on its page.",
        f"It is still needed: {about.data['party']} asks somebody for it again.",
        button="See why",
    )


@kind("signature_withdrawn", "A signature that was withdrawn")
def signature_withdrawn(context: dict[str, Any]) -> Message:
    about = HappeningLetter(context)
    return about.message(
        f"signature for {about.data['party']} withdrawn on {about.on}",
        f"On {about.on} a signature for {about.data['party']} under version {about.label} of your "
        f"MoU with {about.others} was withdrawn. It no longer counts. The reason is on its page.",
        f"The version stays as it is. {about.data['party']} can ask for the signature again.",
        button="See why",
    )


@kind("paper_withdrawn", "A scan that was withdrawn")
def paper_withdrawn(context: dict[str, Any]) -> Message:
    about = HappeningLetter(context)
    return about.message(
        f"paper signature withdrawn on {about.on}",
        f"Who recorded a signature on paper for {about.data['party']} under version {about.label} "
        f"withdrew it on {about.on}. Nobody has to look at its scan any more.",
        button="See why",
    )
