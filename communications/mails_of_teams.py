"""The e-mails to a team whose answer on a draft is awaited, and of its answer (D18)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.urls import reverse

from agreements.core.letters import Letter
from communications.mails import EMBARGO
from communications.models import TeamAsked
from communications.queries.agreements import others_of, sides_by_agreement
from communications.recipients import announcements_at_hand
from communications.services.teams import link_for
from mail.kinds import Message, NotNeeded, kind
from mail.links.sending import url_of
from nhsuk.dates import moment
from nhsuk.words import in_sentence


def asked_of(pk: int | str) -> TeamAsked:
    """What a team was asked, with what its e-mails name."""
    rows = TeamAsked.objects.select_related("announcement__owner", "team__organisation")
    return rows.get(pk=pk)


class TeamLetter(Letter):
    """About what a team was asked; it names the agreements of the team's organisation. Raises
    NotNeeded once the announcement is released or withdrawn."""

    def __init__(self, asked: TeamAsked, why: str) -> None:
        pk = str(asked.announcement_id)
        self.announcement = announcement = announcements_at_hand([pk])[pk]
        if not announcement.is_open:
            raise NotNeeded
        self.what = in_sentence(announcement.get_kind_display())
        self.when = moment(announcement.planned_for)
        sides = sides_by_agreement(row.agreement for row in announcement.concerned.all())
        own, held = asked.team.organisation_id, (p for each in sides.values() for p in each)
        # As all of the agreements have it: its name is at hand there.
        parties_of_owner = (
            p.organisation for p in held if p.organisation.pk == announcement.owner_id
        )
        self.owner = next(parties_of_owner, announcement.owner)
        mine = [
            row.agreement
            for row in announcement.concerned.all()
            if own in {party.organisation.pk for party in sides[row.agreement_id]}
        ]
        parties = [party for agreement in mine for party in sides[agreement.pk]]
        others = [each.name for each in others_of(parties, own)]
        page = reverse("announcements:announcement", args=[announcement.public_id])
        is_own = own == announcement.owner_id
        super().__init__(others if is_own else [self.owner.name], mine, page=page, why=why)


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
