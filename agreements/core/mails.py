"""The e-mails of this room. Each says what is due or happened, why you, and gives one button.

The subject names the other organisation, what is due, and the reference; no free text of an
agreement stands in any of them (design record 0006).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings

from agreements.core.parties import parties_of
from agreements.models import Happening, Party
from house.clock import london_day
from mail.kinds import Message, NotNeeded, kind
from nhsuk.dates import day


class About:
    """What a message about a happening needs: the reader's party, the other's name, the link."""

    def __init__(self, context: dict[str, Any]) -> None:
        self.happening = Happening.objects.select_related("agreement").get(pk=context["happening"])
        self.agreement = self.happening.agreement
        parties = parties_of(self.agreement)
        self.party = next((p for p in parties if p.pk == context.get("party")), None)
        self.others = names_of([p for p in parties if p != self.party])
        self.label = self.happening.data.get("label", "")
        self.on = day(london_day(self.happening.at))

    @property
    def url(self) -> str:
        return f"{settings.SITE_URL}/agreements/{self.agreement.reference}/"

    @property
    def why(self) -> str:
        party = self.party.name if self.party else "your organisation"
        return f"you look after this MoU for {party}."

    def message(
        self,
        what: str,
        *paragraphs: str,
        button: str = "Open the agreement",
        why: str = "",
        path: str = "",
    ) -> Message:
        """`path` leads to a page below the agreement's own."""
        return Message(
            subject=f"MoU with {self.others}: {what} ({self.agreement.reference})",
            paragraphs=paragraphs,
            why=why or self.why,
            button_text=button,
            button_url=f"{self.url}{path}",
        )


def names_of(parties: Sequence[Party]) -> str:
    """The first by name, with how many more there are: "Eastmoor CCG and 8 others"."""
    if not parties:
        return "the other party"
    more = f" and {len(parties) - 1} others" if len(parties) > 1 else ""
    return f"{parties[0].name}{more}"


@kind("agreement_drafted", "A draft was started")
def agreement_drafted(context: dict[str, Any]) -> Message:
    about = About(context)
    return about.message(
        "a draft has been started",
        f"On {about.on} a draft MoU between you and {about.others} was started.",
        "Both parties work in the same draft. Read it, and change what should be different.",
        button="Read the draft",
    )


@kind("version_frozen")
def version_frozen(context: dict[str, Any]) -> Message:
    about = About(context)
    return about.message(
        f"version {about.label} is ready to read",
        f"Version {about.label} of your MoU with {about.others} was frozen on {about.on}.",
        "Its text no longer changes. If you want something different, recall it and say why.",
        button=f"Read version {about.label}",
    )


@kind("approval_awaited")
def approval_awaited(context: dict[str, Any]) -> Message:
    about = About(context)
    assert about.party  # noqa: S101 - queued for a party
    version = about.agreement.versions.get(label_before_signature=about.label)
    route = version.typed_terms.route_of(about.party.slot)
    if not version.is_under_way or route.route == "none":
        raise NotNeeded
    return about.message(
        f"version {about.label} awaits your approval",
        f"Version {about.label} of your MoU with {about.others} is ready for approval.",
        f"By its terms it needs the approval of: {route.name}, {about.party.name}.",
        "Bring it to them, then record what they decided.",
        button="Record the decision",
    )


@kind("decision_recorded")
def decision_recorded(context: dict[str, Any]) -> Message:
    about = About(context)
    return about.message(
        f"a decision on version {about.label}",
        f"{about.others} recorded a decision on version {about.label} on {about.on}: "
        f"{about.happening.data['decision'].lower()}.",
        button="See where it stands",
    )


@kind("version_recalled")
def version_recalled(context: dict[str, Any]) -> Message:
    about = About(context)
    return about.message(
        f"version {about.label} was recalled",
        f"Version {about.label} of your MoU with {about.others} was recalled on {about.on}.",
        "Signatures under it are void. The reason and a new draft are on the agreement's page.",
        button="See why",
    )


@kind("in_force", "The agreement is in force")
def in_force(context: dict[str, Any]) -> Message:
    about = About(context)
    data = about.happening.data
    return about.message(
        "in force",
        f"Your MoU with {about.others} is signed by all and in force since {_day(data['start'])}.",
        f"It is due for review on {_day(data['review'])}. The final signed copy is on its page.",
    )


@kind("contacts_changed")
def contacts_changed(context: dict[str, Any]) -> Message:
    about = About(context)
    return about.message(
        "key contacts changed",
        f"{about.happening.data['party']} changed its key contacts on {about.on}.",
        button="See the key contacts",
    )


@kind("copy_registered")
def copy_registered(context: dict[str, Any]) -> Message:
    about = About(context)
    return about.message(
        "please confirm the registered copy",
        f"{about.others} registered your signed MoU on {about.on}, so that the portal keeps it.",
        "Check that the file and the dates are right, then confirm them or say what is wrong.",
        button="Check the copy",
    )


@kind("copy_answered")
def copy_answered(context: dict[str, Any]) -> Message:
    about = About(context)
    said = "confirmed" if about.happening.verb == "copy_confirmed" else "said what is wrong with"
    return about.message(
        f"{about.others} answered about the registered copy",
        f"{about.others} {said} the registered copy of your MoU on {about.on}.",
    )


def _day(text: str) -> str:
    return day(date.fromisoformat(text))


@kind("preparing_stopped")
def preparing_stopped(context: dict[str, Any]) -> Message:
    about = About(context)
    return about.message(
        "no longer being prepared",
        f"Work on your MoU with {about.others} was stopped on {about.on}. It will not be signed.",
        button="See why",
    )


@kind("review_recorded")
def review_recorded(context: dict[str, Any]) -> Message:
    about = About(context)
    data, who = about.happening.data, about.happening.organisation
    return about.message(
        "please confirm what was recorded of the review",
        f"On {about.on} {who} recorded the review of your MoU held on {_day(data['held'])}: "
        f"{data['outcome'].lower()}. The next one is due on {_day(data['next'])}.",
        "It stands as not yet confirmed. Look at it, then confirm it or say what is not right.",
        button="Look at the record",
        path=f"reviews/{data['record']}/answer/",
    )


@kind("review_answered")
def review_answered(context: dict[str, Any]) -> Message:
    about = About(context)
    who = about.happening.organisation
    confirmed = about.happening.verb == "review_confirmed"
    said = "confirmed" if confirmed else "said that something is not right in"
    return about.message(
        f"{who} answered about the review",
        f"On {about.on} {who} {said} what was recorded of the review of your MoU held on "
        f"{_day(about.happening.data['held'])}.",
        button="See the review",
        path="#review",
    )
