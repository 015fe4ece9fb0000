"""The e-mails of this room. None holds a title or a word of a draft: each leads to a page.

Each is composed when it is sent, from what holds then; if its reason is gone, it is not sent.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.urls import reverse

from agreements.models import Party
from communications.models import Announcement, Share
from communications.queries.references import references_for
from mail.kinds import Message, NotNeeded, kind
from nhsuk.dates import moment
from nhsuk.words import in_sentence

EMBARGO = "The draft is under embargo: do not pass it on before it is marked as released."


class About:
    """What every message needs: the announcement, the reader's side, the subject, the link."""

    def __init__(self, context: dict[str, Any]) -> None:
        rows = Announcement.objects.select_related("owner")
        self.announcement = rows.get(pk=context["announcement"])
        self.what = in_sentence(self.announcement.get_kind_display())
        self.when = moment(self.announcement.planned_for)
        self.owner = self.announcement.owner

    def message(
        self, subject: str, *paragraphs: str, others: str, side: int, why: str, button: str
    ) -> Message:
        """`side` is the reader's organisation: it hears of its own agreements only."""
        references = ", ".join(references_for(self.announcement, side))
        return Message(
            subject=f"MoU with {others}: {subject} ({references})",
            paragraphs=paragraphs,
            why=why,
            button_text=button,
            button_url=self.url,
        )

    @property
    def url(self) -> str:
        return self.url_of("announcements:announcement")

    def url_of(self, name: str, *more: object) -> str:
        path = reverse(name, args=[self.announcement.public_id, *more])
        return f"{settings.SITE_URL}{path}"


class ToReader(About):
    """For somebody with whom a draft is shared. Raises NotNeeded once it was taken back."""

    def __init__(self, context: dict[str, Any]) -> None:
        super().__init__(context)
        rows = Share.objects.select_related("draft", "organisation", "team")
        self.share = rows.get(pk=context["share"])
        if self.share.ended_at:
            raise NotNeeded

    def say(self, subject: str, *paragraphs: str, button: str = "Open the announcement") -> Message:
        return self.message(
            subject,
            *paragraphs,
            others=self.owner.name,
            side=self.share.organisation_id,
            why=self._why,
            button=button,
        )

    @property
    def _why(self) -> str:
        if self.share.team:
            return f"the draft is shared with the team {self.share.team.name}."
        return f"the draft is shared with you, for {self.share.organisation}."


@kind("announcement_shared", "A draft was shared")
def shared(context: dict[str, Any]) -> Message:
    about = ToReader(context)
    if not about.announcement.is_open:
        raise NotNeeded
    number = about.share.draft.number
    message = about.say(
        f"draft {about.what} to read, planned release {about.when}",
        f"{about.owner} has shared draft {number} of a {about.what} with you. It plans the release "
        f"for {about.when}.",
        f"{EMBARGO} Read it, say what should be different, or say that you have read it.",
        button="Read the draft",
    )
    return replace(message, button_url=about.url_of("announcements:draft", number))


@kind("announcement_moved", "A release was moved")
def moved(context: dict[str, Any]) -> Message:
    about = ToReader(context)
    if not about.announcement.is_open:
        raise NotNeeded
    return about.say(
        f"the release of a {about.what} is moved to {about.when}",
        f"{about.owner} now plans the release of a {about.what} for {about.when}. You have a draft "
        "of it.",
        f"{EMBARGO} The reason for the move is on its page.",
    )


@kind("announcement_withdrawn", "An announcement was withdrawn")
def withdrawn(context: dict[str, Any]) -> Message:
    about = ToReader(context)
    return about.say(
        f"a {about.what} is withdrawn",
        f"{about.owner} withdrew a {about.what} that was planned for {about.when}. It will not be "
        "released.",
        "You had a draft of it. Keep what you read to yourself. The reason is on its page.",
    )


@kind("announcement_released", "An announcement was released")
def released(context: dict[str, Any]) -> Message:
    if "party" in context:
        return _released_to_party(context)
    about = ToReader(context)
    return about.say(*_released(about), button="Read the final text")


def _released_to_party(context: dict[str, Any]) -> Message:
    about = About(context)
    party = Party.objects.get(pk=context["party"])
    organisation = party.organisation
    return about.message(
        *_released(about),
        others=about.owner.name,
        side=organisation.pk,
        why=f"you look after this MoU for {organisation}.",
        button="Read the final text",
    )


def _released(about: About) -> tuple[str, str, str]:
    at = moment(about.announcement.release.released_at)
    return (
        f"a {about.what} was released at {at}",
        f"{about.owner} released a {about.what} that touches your MoU at {at}.",
        "The embargo is over, and its final text is in the portal.",
    )
