"""The e-mails of this room. Each says what is due or happened, why you, and gives one button.

How a subject is made, and what may stand in an e-mail, says `letters` (design record 0019).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from agreements.core.by_link import ANSWERS_REVIEW
from agreements.core.carrying import confirmer_here, to_confirm, what_to_do
from agreements.core.letters import LONGEST_PART, HappeningLetter, so_far
from agreements.core.states import route_awaited
from agreements.models import Approval, Version
from deadlines.dates import both_or_all
from house.text import shortened
from mail.kinds import Message, NotNeeded, kind
from nhsuk.dates import day
from nhsuk.words import capital

FIXED = "Its text was sent to several organisations and is the same for all of them."


@kind("agreement_drafted", "A draft was started")
def agreement_drafted(context: dict[str, Any]) -> Message:
    about = HappeningLetter(context)
    who = capital(both_or_all(len(about.agreement.sides)))
    return about.message(
        f"read the draft started on {about.on}",
        f"On {about.on} a draft MoU between you and {about.others} was started.",
        FIXED + " Read it, and fill in its blanks."
        if about.agreement.has_fixed_text
        else f"{who} work in the same draft. Read it, and change what should be different.",
        *proposed(about),
        button="Read the draft",
    )


def proposed(about: HappeningLetter) -> Iterator[str]:
    """That key contacts of the reader's side were proposed, while one waits for an answer."""
    if about.party and about.party.proposals.still_open().exists():
        yield (
            f"Key contacts were proposed for {about.party.name} too. Say on the page “People” "
            "whether they are right. Until then nobody is named by that."
        )


@kind("version_frozen")
def version_frozen(context: dict[str, Any]) -> Message:
    about = HappeningLetter(context)
    return about.message(
        f"read version {about.label} of {about.on}",
        f"Since {about.on} version {about.label} of {about.mou} is ready to read.",
        f"{FIXED} Ask a question if something is not clear, or decline and say why."
        if about.agreement.has_fixed_text
        else "Its text no longer changes. If you want something different, recall it and say why.",
        *proposed(about),
        button=f"Read version {about.label}",
    )


@kind("approval_awaited")
def approval_awaited(context: dict[str, Any]) -> Message:
    about = HappeningLetter(context)
    version = about.agreement.versions.get(label_before_signature=about.label)
    route = route_awaited(version, about.own)
    if not version.is_under_way or route.route == "none":
        raise NotNeeded
    if left := to_confirm(version, about.own):
        return _confirmation_awaited(about, version, left)
    return about.message(
        f"approve version {about.label}, sent on {about.on}",
        f"On {about.on} version {about.label} of {about.mou} was sent for approval.",
        f"By its terms it needs the approval of: {route.name}, {about.own.name}.",
        "Bring it to them, then record what they decided.",
        *([FIXED] if about.agreement.has_fixed_text else []),
        *proposed(about),
        button="Record the decision",
    )


def _confirmation_awaited(about: HappeningLetter, version: Version, left: Approval) -> Message:
    """Its party has approved already: what is left is a word on the changes."""
    here = confirmer_here(left, about.own)
    return about.message(
        f"changes in version {about.label} to be confirmed, sent on {about.on}",
        f"On {about.on} version {about.label} of {about.mou} was sent for approval. "
        f"{about.own.name} approved version {left.version.label_before_signature}: what is left "
        "is to confirm the changes.",
        f"We asked {here} to confirm them." if here else what_to_do(left, here=False),
        button="See the changes",
        path="" if here else f"versions/{version.seq}/changes/",
    )


@kind("decision_recorded")
def decision_recorded(context: dict[str, Any]) -> Message:
    about = HappeningLetter(context)
    whose = about.happening.organisation or about.others
    rejected = (
        f"Nobody can sign it for {whose} until {whose} approves it, and it does not come into "
        "force until then. Signatures of the others stay, and they can still sign."
    )
    changes = (
        f"You are not asked to approve version {about.label}: its text has to change first. Its "
        f"page says what {whose} asks for. Recall it, make only these changes, and {whose} "
        "confirms them without a second meeting."
    )
    return about.message(
        f"decision{_of(whose, about)} on version {about.label} recorded on {about.on}",
        f"{whose} recorded a decision on version {about.label} on {about.on}: "
        f"{about.data['decision'].lower()}.",
        *so_far(about.data, "approval", "recorded"),
        *([rejected] if about.data.get("rejected") else []),
        *([changes] if about.data.get("changes") else []),
        button="See where it stands",
    )


def _of(whose: object, about: HappeningLetter) -> str:
    """Names the party in a subject: of many there are as many e-mails (record 0019). Of two the
    subject says with whom the agreement is, and that is who did it."""
    return f" of {shortened(str(whose), LONGEST_PART)}" if len(about.parties) > 2 else ""


@kind("version_recalled")
def version_recalled(context: dict[str, Any]) -> Message:
    about = HappeningLetter(context)
    return about.message(
        f"version {about.label} recalled on {about.on}",
        f"Version {about.label} of {about.mou} was recalled on {about.on}.",
        "Signatures under it are void. The reason and a new draft are on the agreement's page.",
        button="See why",
    )


@kind("in_force", "The agreement is in force")
def in_force(context: dict[str, Any]) -> Message:
    about = HappeningLetter(context)
    data, since = about.data, _day(about.data["start"])
    return about.message(
        f"in force since {since}",
        f"Your MoU with {about.others} is signed by all and in force since {since}.",
        *([f"It is due for review on {_day(data['review'])}."] if data["review"] else []),
        "The final signed copy is on its page.",
    )


@kind("varied", "A new text of an MoU is in force")
def varied(context: dict[str, Any]) -> Message:
    about = HappeningLetter(context)
    data, since = about.data, _day(about.data["start"])
    return about.message(
        f"version {data['label']} in force since {since}",
        f"All have signed version {data['label']} of your MoU with {about.others}. Since {since} "
        "it is in force in place of the text before it.",
        *([f"The MoU is due for review on {_day(data['review'])}."] if data["review"] else []),
        "The final signed copies of both texts stay on its page.",
    )


@kind("contacts_changed")
def contacts_changed(context: dict[str, Any]) -> Message:
    about = HappeningLetter(context)
    return about.message(
        f"key contacts{_of(about.data['party'], about)} changed on {about.on}",
        f"{about.data['party']} changed its key contacts on {about.on}.",
        button="See the key contacts",
    )


def _day(text: str) -> str:
    return day(date.fromisoformat(text))


@kind("preparing_stopped")
def preparing_stopped(context: dict[str, Any]) -> Message:
    about = HappeningLetter(context)
    return about.message(
        f"preparing stopped on {about.on}",
        f"Work on your MoU with {about.others} was stopped on {about.on}. It will not be signed.",
        button="See why",
    )


@kind("review_recorded")
def review_recorded(context: dict[str, Any]) -> Message:
    about = HappeningLetter(context)
    data, who = about.data, about.happening.organisation
    follows = (
        f"The next one is due on {_day(data['next'])}." if data["next"] else "No next date is set."
    )
    return about.message(
        f"confirm the record of the review held on {_day(data['held'])}",
        f"On {about.on} {who} recorded the review of your MoU held on {_day(data['held'])}: "
        f"{data['outcome'].lower()}. {follows}",
        "It stands as not yet confirmed. Look at it, then confirm it or say what is not right.",
        button="Look at the record",
        answers=(ANSWERS_REVIEW, data["record"]),
        path=f"reviews/{data['record']}/answer/",
    )


@kind("review_answered")
def review_answered(context: dict[str, Any]) -> Message:
    about = HappeningLetter(context)
    who = about.happening.organisation
    confirmed = about.happening.verb == "review_confirmed"
    said = "confirmed" if confirmed else "said that something is not right in"
    what = "confirmed" if confirmed else "is not right, answered"
    return about.message(
        f"record of the review {what} on {about.on}",
        f"On {about.on} {who} {said} what was recorded of the review of your MoU held on "
        f"{_day(about.data['held'])}.",
        button="See the review",
        path="kept/#review",
    )
