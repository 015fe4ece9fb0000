"""The e-mails of this room. None holds an announcement's title or a word of a draft: each leads to
a page.

Each is composed when it is sent, from what holds then; if its reason is gone, it is not sent.
"""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from agreements.core.letters import Letter, asker_of
from agreements.models import Party
from communications.models import Announcement, Share
from communications.queries.agreements import agreements_for
from communications.queries.final_text import final_texts
from communications.queries.touched import touched_for
from mail.kinds import Message, NotNeeded, kind
from nhsuk.dates import day, moment
from nhsuk.words import in_sentence, in_title
from parties.models import Organisation

EMBARGO = "The draft is under embargo: do not pass it on before it is marked as released."


class AnnouncementLetter(Letter):
    """A letter about an announcement. It names the agreements of one side, and no others.

    `others` is whom the subject names: the owner, unless it goes to the owner's own people.
    """

    def __init__(self, announcement_id: int, *, side: int, why: str, others: str = "") -> None:
        rows = Announcement.objects.select_related("owner", "planned_by__person")
        self.announcement = announcement = rows.get(pk=announcement_id)
        self.owner = announcement.owner
        self.what = in_sentence(announcement.get_kind_display())
        self.when = moment(announcement.planned_for)
        self.side = side
        super().__init__(
            [others or self.owner.name],
            agreements_for(announcement, side),
            page=reverse("announcements:announcement", args=[announcement.public_id]),
            why=why,
        )

    @property
    def about_whom(self) -> tuple[str, ...]:
        """ "It is about your organisation and Curlew Federation."; nothing where there are but two
        parties. None is named who is no party to an agreement of the reader's."""
        found = touched_for(self.announcement, self.side)
        ours = ["your organisation"] if self.side in {each.pk for each in found} else []
        names = [*ours, *(each.name for each in found if each.pk != self.side)]
        return (f"It is about {in_title(names)}.",) if names else ()


class ToReader(AnnouncementLetter):
    """For somebody with whom a draft is shared. Raises NotNeeded once it was taken back, and with
    `while_open` once the announcement is released or withdrawn."""

    def __init__(self, context: dict[str, Any], *, while_open: bool = False) -> None:
        rows = Share.objects.select_related("draft", "organisation", "team", "shared_by__person")
        self.share = rows.get(pk=context["share"])
        if self.share.ended_at:
            raise NotNeeded
        side, team = self.share.organisation, self.share.team
        whom = f"the team {team.name}" if team else f"you, for {side}"
        why = f"the draft is shared with {whom}."
        super().__init__(context["announcement"], side=side.pk, why=why)
        self.asker = asker_of(self.announcement.planned_by, self.owner)
        if while_open and not self.announcement.is_open:
            raise NotNeeded

    def message(
        self, what: str, *paragraphs: str, button: str = "Open the announcement", **more: Any
    ) -> Message:
        return super().message(what, *paragraphs, button=button, **more)


@kind("announcement_shared", "A draft was shared")
def shared(context: dict[str, Any]) -> Message:
    about = ToReader(context, while_open=True)
    about.asker = asker_of(about.share.shared_by, about.owner)
    number = about.share.draft.number
    return about.message(
        f"read the draft of a {about.what}, planned for {about.when}",
        f"{about.owner} has shared draft {number} of a {about.what} with you. It plans the release "
        f"for {about.when}.",
        *about.about_whom,
        f"{EMBARGO} Read it, say what should be different, or say that you have read it.",
        button="Read the draft",
        to=reverse("announcements:draft", args=[about.announcement.public_id, number]),
    )


@kind("announcement_moved", "A release was moved")
def moved(context: dict[str, Any]) -> Message:
    about = ToReader(context, while_open=True)
    return about.message(
        f"{about.what} moved to {about.when}",
        f"{about.owner} now plans the release of a {about.what} for {about.when}. You have a draft "
        "of it.",
        *about.about_whom,
        f"{EMBARGO} The reason for the move is on its page.",
    )


@kind("announcement_withdrawn", "An announcement was withdrawn")
def withdrawn(context: dict[str, Any]) -> Message:
    about = ToReader(context)
    return about.message(
        f"{about.what} withdrawn, planned for {about.when}",
        f"{about.owner} withdrew a {about.what} that was planned for {about.when}. It will not be "
        "released.",
        "You had a draft of it. Keep what you read to yourself. The reason is on its page.",
    )


@kind("announcement_released", "An announcement was released")
def released(context: dict[str, Any]) -> Message:
    about = _of_party(context) if "party" in context else ToReader(context)
    return about.message(*_released(about), button="Read the final text")


def _of_party(context: dict[str, Any]) -> AnnouncementLetter:
    organisation = Party.objects.get(pk=context["party"]).organisation
    why = context.get("why") or f"you look after this MoU for {organisation}."
    return AnnouncementLetter(context["announcement"], side=organisation.pk, why=why)


def _released(about: AnnouncementLetter) -> tuple[str, ...]:
    at = moment(about.announcement.release.released_at)
    return (
        f"{about.what} released at {at}",
        f"{about.owner} released a {about.what} that touches your MoU at {at}.",
        *about.about_whom,
        "The embargo is over, and its final text is in the portal.",
    )


@kind("announcement_corrected", "A final text was corrected")
def corrected(context: dict[str, Any]) -> Message:
    about = _of_party(context) if "party" in context else ToReader(context)
    text = final_texts(about.announcement.release)[0]
    on, about.asker = day(text.at), asker_of(text.by, about.owner)
    return about.message(
        f"final text of a {about.what} corrected on {on}",
        f"On {on} {about.owner} corrected the final text of a {about.what} that touches your MoU.",
        *about.about_whom,
        "Use the new text from now on. The text before stays on its page, with the reason.",
        button="Read the final text",
    )


class ToPlanner(AnnouncementLetter):
    """For whoever planned it: the readers of one side have answered. Raises NotNeeded when it is
    too late to do something about it."""

    def __init__(self, context: dict[str, Any]) -> None:
        self.of = Organisation.objects.get(pk=context["organisation"])
        # Of the owner's agreements those that this side shares, so that the subject fits it.
        super().__init__(
            context["announcement"],
            side=self.of.pk,
            others=self.of.name,
            why="you planned this announcement.",
        )
        if self.announcement.kept_by_id or self.announcement.is_left:
            self.why = f"you see to this announcement for {self.owner}."
        if not self.announcement.is_open:
            raise NotNeeded

    def say(self, what: str, paragraph: str) -> Message:
        return self.message(what, paragraph, button="Open the announcement")


@kind("announcement_acknowledged", "A draft was acknowledged")
def acknowledged(context: dict[str, Any]) -> Message:
    about = ToPlanner(context)
    return about.say(
        f"draft {about.what} acknowledged, planned for {about.when}",
        f"A reader of {about.of} has acknowledged your draft {about.what}, planned for "
        f"{about.when}.",
    )


@kind("announcement_commented", "A comment on a draft")
def commented(context: dict[str, Any]) -> Message:
    about = ToPlanner(context)
    return about.say(
        f"comment on your draft {about.what}, planned for {about.when}",
        f"A reader of {about.of} has commented on your draft {about.what}, planned for "
        f"{about.when}.",
    )


@kind("announcement_reader_leaves", "A reader of a draft leaves")
def reader_leaves(context: dict[str, Any]) -> Message:
    about = ToPlanner(context)
    share = Share.objects.select_related("person", "organisation").get(pk=context["share"])
    return about.say(
        f"somebody who has your draft {about.what} leaves",
        f"{share.person} leaves {share.organisation}. Your draft {about.what}, planned for "
        f"{about.when}, is shared with them in person: nobody follows by itself, and they can read "
        "it no longer than they belong there. Share it with somebody else there.",
    )


@kind("announcement_answered", "An answer to comments on a draft")
def answered(context: dict[str, Any]) -> Message:
    about = ToReader(context, while_open=True)
    return about.message(
        f"answer to your comments on a draft {about.what}",
        f"{about.owner} has answered your side's comments on a draft {about.what}, planned for "
        f"{about.when}.",
    )
