"""The e-mails to a team whose answer on a draft is awaited, and of its answer (D18)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.urls import reverse

from communications.mails import EMBARGO, AnnouncementLetter
from communications.models import TeamAsked
from communications.queries.agreements import other_organisations, parties_of_announcement
from communications.services.teams import link_for
from mail.kinds import Message, NotNeeded, kind
from mail.links.sending import url_of
from nhsuk.words import in_sentence, in_short


def asked_of(pk: int | str) -> TeamAsked:
    """What a team was asked, with what its e-mails name."""
    rows = TeamAsked.objects.select_related("announcement__owner", "team__organisation")
    return rows.get(pk=pk)


class TeamLetter(AnnouncementLetter):
    """About what a team was asked; it names the agreements of the team's organisation. Raises
    NotNeeded once the announcement is released or withdrawn."""

    def __init__(self, asked: TeamAsked, why: str) -> None:
        self.asked = asked
        side, others = asked.team.organisation_id, ""
        if side == asked.announcement.owner_id:
            others = _others(asked)
        super().__init__(asked.announcement_id, side=side, why=why, others=others)
        if not self.announcement.is_open:
            raise NotNeeded


def _others(asked: TeamAsked) -> str:
    """The other parties, for the owner's own people."""
    parties = parties_of_announcement(asked.announcement)
    others = other_organisations(parties, asked.announcement.owner_id)
    return in_short([each.name for each in others])


def ask_mail(asked: TeamAsked, address: str) -> Message:
    """With the link by which the team answers, at the team's own address alone. Raises NotNeeded
    where its answer is no longer awaited."""
    told = TeamLetter(asked, f"it goes to the team {asked.team}.")
    if not asked.is_open:
        raise NotNeeded
    made = told.message(
        f"say what you think of a draft {told.what}, planned for {told.when}",
        f"{told.owner} plans the release of a {told.what} for {told.when}, and waits for the "
        f"answer of the team {asked.team}.",
        f"{EMBARGO} Read it and say: no objection, please change it, or we object.",
        button="Read the draft and answer",
        to=reverse("announcements:team_answer", args=[told.announcement.public_id, asked.pk]),
    )
    if address.lower() != asked.team.address.lower():
        return made
    return replace(made, button_url=url_of(link_for(asked)))


@kind("announcement_team_asked", "A team is asked about a draft")
def asked(context: dict[str, Any]) -> Message:
    return ask_mail(asked_of(context["asked"]), context["reader"][0])


@kind("announcement_team_answered", "A team answered on a draft")
def answered(context: dict[str, Any]) -> Message:
    found = asked_of(context["asked"])
    told = TeamLetter(found, "you see to this announcement.")
    said = in_sentence(found.get_answer_display())
    return told.message(
        f"the team that you asked has answered on your draft {told.what}",
        f"The team {found.team} has answered on your draft {told.what}, planned for {told.when}: "
        f"{said}.",
        "What it says is on its page.",
        button="Open the announcement",
    )
