"""What a team that was asked has said, and what is still awaited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from communications.models import Announcement, TeamAsked
from nhsuk.components import Colour, Tag
from nhsuk.dates import moment
from parties.acting import Acting

_COLOURS: dict[str, Colour] = {"no_objection": "green", "change": "yellow", "objects": "red"}


def answer_url(asked: TeamAsked) -> str:
    return reverse("announcements:team_answer", args=[asked.announcement.public_id, asked.pk])


def how_awaited(asked: Sequence[TeamAsked]) -> str:
    """ "Communications has not answered. Press office objects."; empty where all have consented."""
    return " ".join(f"{each.team} {_said(each)}." for each in asked)


def _said(asked: TeamAsked) -> str:
    if asked.answer == TeamAsked.Answer.OBJECTS:
        return f"objects: {asked.words.rstrip('.')}"
    if asked.answer == TeamAsked.Answer.CHANGE:
        return f"asks for a change: {asked.words.rstrip('.')}"
    return "has not answered"


@dataclass(frozen=True)
class AskedRow:
    """One asking, for the announcement's page."""

    asked: TeamAsked
    tag: Tag

    @property
    def is_awaited(self) -> bool:
        """Whether it has not consented, and was not asked once more."""
        no_objection = self.asked.answer == TeamAsked.Answer.NO_OBJECTION
        return not (no_objection or self.asked.replaced_at)

    @property
    def answered(self) -> str:
        if not self.asked.answered_at:
            return ""
        return f"By {self.asked.answered_as}, {moment(self.asked.answered_at)}"


def rows_of(announcement: Announcement, acting: Acting) -> list[AskedRow]:
    """Whom the owner asked, the newest first (two queries)."""
    rows = TeamAsked.objects.visible_to(acting).filter(announcement=announcement)
    found = rows.select_related("team__organisation", "draft", "asked_by__person")
    return [AskedRow(each, _tag(each)) for each in found.order_by("-asked_at", "-pk")]


def _tag(asked: TeamAsked) -> Tag:
    if asked.answer:
        return Tag(asked.get_answer_display(), _COLOURS[asked.answer])
    return Tag("Asked again" if asked.replaced_at else "No answer", "grey")
