"""The e-mails about a registered copy: to confirm it, what was answered, what was put right."""

from __future__ import annotations

from datetime import date
from typing import Any

from agreements.core.by_link import ANSWERS_COPY, ANSWERS_COPY_CHANGE
from agreements.core.letters import HappeningLetter, so_far
from agreements.core.mails import proposed
from mail.kinds import Message, NotNeeded, kind
from nhsuk.dates import day

_OF_CHANGE = {
    "correction_made": ("put right", "put right what is registered of your MoU"),
    "withdrawal_made": ("withdrawn", "withdrew the registration of your MoU: it was an error"),
    "correction_asked": ("to be put right", "asks to put right what is registered of your MoU"),
    "withdrawal_asked": ("to be withdrawn", "asks to withdraw the registration of your MoU"),
    "change_confirmed": ("change made", "said that the change of the registration is right"),
    "change_refused": ("change not right", "said that the change of the registration is not right"),
}


@kind("copy_registered")
def copy_registered(context: dict[str, Any]) -> Message:
    about = HappeningLetter(context)
    if about.agreement.is_over:
        # It was withdrawn meanwhile.
        raise NotNeeded
    return about.message(
        f"confirm the copy registered on {about.on}",
        f"{about.happening.organisation} registered your MoU on {about.on}, so that the portal "
        f"keeps it. It was signed on {day(date.fromisoformat(about.data['on']))}.",
        "Check that the file and what is entered of it are right, then confirm them or say what is "
        "not right.",
        *proposed(about),
        button="Check the copy",
        path="registered/",
        answers=(ANSWERS_COPY, ""),
    )


@kind("copy_changed")
def copy_changed(context: dict[str, Any]) -> Message:
    about = HappeningLetter(context)
    what, said = _OF_CHANGE[about.happening.verb]
    asks, pk = about.happening.verb.endswith("_asked"), about.data["change"]
    return about.message(
        f"registration {what}, {about.on}",
        f"{about.happening.organisation} {said} on {about.on}.",
        *(["Say whether that is right. Until then what is registered holds."] if asks else []),
        button="Look at it" if asks else "Open the agreement",
        path=f"registered/changes/{pk}/" if asks else "",
        answers=(ANSWERS_COPY_CHANGE, pk) if asks else None,
    )


@kind("copy_answered")
def copy_answered(context: dict[str, Any]) -> Message:
    about = HappeningLetter(context)
    confirmed = about.happening.verb == "copy_confirmed"
    said = "confirmed" if confirmed else "said what is wrong with"
    what = "confirmed" if confirmed else "is not right, answered"
    return about.message(
        f"registered copy {what} on {about.on}",
        f"{about.happening.organisation} {said} the registered copy of your MoU on {about.on}.",
        *(so_far(about.data, "confirmation", "given") if confirmed else ()),
    )
