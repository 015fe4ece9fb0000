"""The e-mails about signing: who is asked, who has signed, and what that brought about."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from agreements.core.asking_for import STILL_ASKED
from agreements.core.carrying import to_confirm, what_to_do, why_you
from agreements.core.letters import HappeningLetter, so_far
from agreements.core.rejections import standing_of
from agreements.models import SignatureRequest, Version
from agreements.signing.by_link import link_of, request_of_link
from agreements.signing.due import message_said
from mail.kinds import Message, NotNeeded, kind
from mail.links.sending import link_of_mail, url_of
from nhsuk.dates import day


@kind("signature_awaited")
def signature_awaited(context: dict[str, Any]) -> Message:
    request = SignatureRequest.objects.select_related(
        "version__agreement", "party", "asked_by"
    ).get(pk=context["request"])
    asked_since = context.get("person", request.person_id) != request.person_id
    if asked_since or request.state not in {"asked", "not_ready"}:
        raise NotNeeded
    if standing_of(request.version, request.party).rejection:
        raise NotNeeded
    about = HappeningLetter(context | {"party": request.party_id})
    about.replies_to(request.asked_by, request.party.organisation.pk)
    return about.message(
        f"sign version {request.version.label}{_when(request, about)}",
        f"Version {request.version.label} of the MoU between {request.party.name} and "
        f"{about.others} is ready for your signature.",
        *_wanted(request),
        "Log in to read the text and sign it. If you are not ready to sign, say why there.",
        why=f"you were asked to sign for {request.party.name} {request.as_whom}.",
        button="Read and sign",
        path=f"sign/{request.pk}/",
    )


@kind("sign_by_link", "Asked to sign without an account")
def sign_by_link(context: dict[str, Any]) -> Message:
    """Carries a link that is for its reader alone."""
    link = link_of_mail(context)
    request = request_of_link(link)
    if request.state not in STILL_ASKED or not request.version.is_under_way:
        raise NotNeeded
    if standing_of(request.version, request.party).rejection:
        raise NotNeeded
    about = HappeningLetter(context)
    message = about.message(
        f"read and sign version {request.version.label}{_when(request, about)}",
        f"Version {request.version.label} of the MoU between {request.party.name} and "
        f"{about.others} is ready for your signature.",
        *_wanted(request),
        "You need no account. The page shows the whole text. To sign you ask there for a code, "
        "which we send to this address. You can also sign on paper, ask a question or decline.",
        "The link is yours: do not pass it on. The code goes to this address alone.",
        why=f"{request.asked_by} asked you to sign for {request.party.name} {request.as_whom}.",
        button="Read the MoU",
    )
    return replace(message, button_url=url_of(link))


def _when(request: SignatureRequest, about: HappeningLetter) -> str:
    return f" by {day(request.sign_by)}" if request.sign_by else f", asked on {about.on}"


def _wanted(request: SignatureRequest) -> tuple[str, ...]:
    """Nothing that somebody typed: the page has the names and the message."""
    said = message_said(request)
    if request.in_place_of:
        return ("You are asked to sign in the place of somebody. The page says of whom.", *said)
    return said


@kind("signature_declined")
def signature_declined(context: dict[str, Any]) -> Message:
    about = HappeningLetter(context)
    return about.message(
        f"declined for {about.data['party']} on {about.on}",
        f"On {about.on} {about.data['party']} declined to sign version {about.label} of your MoU "
        f"with {about.others}. The reason is on its page.",
        "The version stays as it is. Its MoU manager can ask somebody else to sign.",
        button="See why",
    )


@kind("question_by_link", "A question about a text")
def question_by_link(context: dict[str, Any]) -> Message:
    about = HappeningLetter(context)
    return about.message(
        f"question from {about.data['party']} of {about.on}",
        f"On {about.on} {about.data['party']} asked about version {about.label} of your MoU with "
        f"{about.others}, before signing it.",
        "The question is in the history of the agreement. Answer whoever asked by e-mail or by "
        "telephone: they have no account here.",
        button="Read the question",
        path="history/",
    )


@kind("not_ready_to_sign")
def not_ready_to_sign(context: dict[str, Any]) -> Message:
    about = HappeningLetter(context)
    return about.message(
        f"not ready to sign version {about.label}, said on {about.on}",
        f"A signatory of your MoU with {about.others} said on {about.on} why not to sign yet.",
        button="See why",
    )


@kind("signature_given")
def signature_given(context: dict[str, Any]) -> Message:
    about = HappeningLetter(context)
    return about.message(
        f"signed for {about.data['party']} on {about.on}",
        f"Version {about.label} of your MoU with {about.others} was signed for "
        f"{about.data['party']} on {about.on}.",
        *so_far(about.data, "signature", "given"),
        button="See who has signed",
    )


@kind("paper_to_confirm")
def paper_to_confirm(context: dict[str, Any]) -> Message:
    about = HappeningLetter(context)
    return about.message(
        f"confirm the paper signature recorded on {about.on}",
        f"A signature on paper for {about.data['party']} was recorded on {about.on}.",
        "Somebody other than the person who recorded it has to look at the scan and confirm it.",
        button="Look at the scan",
    )


@kind("paper_rejected")
def paper_rejected(context: dict[str, Any]) -> Message:
    about = HappeningLetter(context)
    return about.message(
        f"paper signature not right, answered on {about.on}",
        f"Somebody looked at the scanned signature on {about.on} and said it is not right.",
        button="See what is wrong",
    )


@kind("signature_void")
def signature_void(context: dict[str, Any]) -> Message:
    about = HappeningLetter(context)
    message = about.message(
        f"version {about.label} recalled on {about.on}",
        f"Version {about.label} of the MoU between {about.own.name} and {about.others} was "
        f"recalled on {about.on}. A signature under it no longer counts.",
        "Nothing is asked of you now. When there is a new version to sign, we write again.",
        button="See why",
        why=f"you were asked to sign it for {about.own.name} as {context['title']}.",
    )
    return by_their_link(message, context.get("request"))


@kind("asked_no_more")
def asked_no_more(context: dict[str, Any]) -> Message:
    """To whom a link asked: the page of the link says why."""
    about = HappeningLetter(context)
    message = about.message(
        f"nothing is asked of you since {about.on}",
        f"Work on the MoU between {about.own.name} and {about.others} was stopped on {about.on}. "
        "It will not be signed.",
        "If that is not as you said it, write to who recorded it.",
        button="See why",
        why=f"you were asked to sign it for {about.own.name} as {context['title']}.",
    )
    return by_their_link(message, context.get("request"))


def by_their_link(
    message: Message, asked: int | None, button: str = "See what became of it"
) -> Message:
    """Who was asked by a link gets to the page by it; what is left there is mostly to read."""
    rows = SignatureRequest.objects.select_related("address")
    request = rows.filter(pk=asked).first() if asked else None
    link = link_of(request) if request else None
    if link is None or not link.works:
        return message
    return replace(message, button_url=url_of(link), button_text=button)


@kind("changes_to_confirm")
def changes_to_confirm(context: dict[str, Any]) -> Message:
    about = HappeningLetter(context)
    version = Version.objects.select_related("agreement").get(pk=context["version"])
    if (left := to_confirm(version, about.own)) is None:
        raise NotNeeded
    return about.message(
        f"confirm the changes in version {about.label}",
        f"The text of your MoU with {about.others} changed since {about.own.name} approved it "
        f"as version {left.version.label_before_signature}.",
        what_to_do(left, here=True),
        button="Read the changes",
        why=why_you(left, about.own),
        path=f"versions/{version.seq}/changes/",
    )


@kind("signed_by_all")
def signed_by_all(context: dict[str, Any]) -> Message:
    request = SignatureRequest.objects.select_related("party").get(pk=context["request"])
    about = HappeningLetter(context | {"party": request.party_id})
    message = about.message(
        f"signed by all on {about.on}",
        f"The MoU between {request.party.name} and {about.others} is signed by all and in force.",
        "The final signed copy is on its page.",
        why=f"you signed it for {request.party.name} {request.as_whom}.",
    )
    return by_their_link(message, request.pk)
