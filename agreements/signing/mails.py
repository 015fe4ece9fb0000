"""The e-mails about signing: who is asked, who has signed, and what that brought about."""

from __future__ import annotations

from typing import Any

from agreements.core.carrying import to_confirm, what_to_do, why_you
from agreements.core.letters import HappeningLetter, so_far
from agreements.core.rejections import standing_of
from agreements.models import SignatureRequest, Version
from mail.kinds import Message, NotNeeded, kind


@kind("signature_awaited")
def signature_awaited(context: dict[str, Any]) -> Message:
    request = SignatureRequest.objects.select_related("version__agreement", "party").get(
        pk=context["request"]
    )
    asked_since = context.get("person", request.person_id) != request.person_id
    if asked_since or request.state not in {"asked", "not_ready"}:
        raise NotNeeded
    if standing_of(request.version, request.party).rejection:
        raise NotNeeded
    about = HappeningLetter(context | {"party": request.party_id})
    return about.message(
        f"sign version {request.version.label}, asked on {about.on}",
        f"Version {request.version.label} of the MoU between {request.party.name} and "
        f"{about.others} is ready for your signature.",
        "Log in to read the text and sign it. If you are not ready to sign, say why there.",
        why=f"you were asked to sign for {request.party.name} as {request.title}.",
        button="Read and sign",
        path=f"sign/{request.pk}/",
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
    return about.message(
        f"version {about.label} recalled on {about.on}",
        f"Version {about.label} of the MoU between {about.own.name} and {about.others} was "
        f"recalled on {about.on}. A signature under it no longer counts.",
        "Nothing is asked of you now. When there is a new version to sign, we write again.",
        button="See why",
        why=f"you were asked to sign it for {about.own.name} as {context['title']}.",
    )


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
    return about.message(
        f"signed by all on {about.on}",
        f"The MoU between {request.party.name} and {about.others} is signed by all and in force.",
        "The final signed copy is on its page.",
        why=f"you signed it for {request.party.name} as {request.title}.",
    )
