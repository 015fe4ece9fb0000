"""The e-mails about what readers of a draft say, and what its owner answers."""

from __future__ import annotations

from typing import Any

from communications.mails import AnnouncementLetter, ToReader
from mail.kinds import Message, NotNeeded, kind
from parties.models import Organisation


class ToPlanner(AnnouncementLetter):
    """For whoever planned it: the readers of one side have answered. Raises NotNeeded when it is
    too late to do something about it."""

    def __init__(self, context: dict[str, Any]) -> None:
        self.side = Organisation.objects.get(pk=context["organisation"])
        # Of the owner's agreements those that this side shares, so that the subject fits it.
        super().__init__(
            context["announcement"],
            side=self.side.pk,
            others=self.side.name,
            why="you planned this announcement.",
        )
        if not self.announcement.is_open:
            raise NotNeeded

    def say(self, what: str, paragraph: str) -> Message:
        return self.message(what, paragraph, button="Open the announcement")


@kind("announcement_acknowledged", "A draft was acknowledged")
def acknowledged(context: dict[str, Any]) -> Message:
    about = ToPlanner(context)
    return about.say(
        f"a reader has acknowledged your draft {about.what}",
        f"A reader of {about.side} has acknowledged your draft {about.what}, planned for "
        f"{about.when}.",
    )


@kind("announcement_commented", "A comment on a draft")
def commented(context: dict[str, Any]) -> Message:
    about = ToPlanner(context)
    return about.say(
        f"a comment on your draft {about.what}",
        f"A reader of {about.side} has commented on your draft {about.what}, planned for "
        f"{about.when}.",
    )


@kind("announcement_answered", "An answer to comments on a draft")
def answered(context: dict[str, Any]) -> Message:
    about = ToReader(context)
    if not about.announcement.is_open:
        raise NotNeeded
    return about.message(
        f"an answer to your comments on a draft {about.what}",
        f"{about.owner} has answered your side's comments on a draft {about.what}, planned for "
        f"{about.when}.",
    )
