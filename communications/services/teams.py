"""A team is asked for its answer on a draft before the release, and gives it (D18)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from django.db import transaction

from audit.services import write_entry
from communications.models import Announcement, Draft, TeamAsked
from communications.models.teams_asked import in_asked_team
from communications.queries.agreements import parties_of_announcement
from communications.queries.readers import planner_of
from communications.services.dates import TEAM_ANSWER, keep_dates, key_of_asked
from communications.services.locking import lock_open, lock_with_agreements, note
from communications.services.sharing import newest_draft
from deadlines.kinds import of_role
from deadlines.services.setting import cancel_deadline, meet_deadline
from house import clock
from house.actor import acting_as
from house.lifecycle import lock
from house.refusals import NotYours, Refused
from mail.links.opening import masked, must_work
from mail.links.purposes import Purpose, declare
from mail.links.sending import Sent, links_of
from mail.models import SentLink
from mail.services import queue_mail
from parties.acting import Acting
from parties.models import Role, Team, User

ANSWERS: Final = declare(
    Purpose(
        "team_answers", "Answer of a team on a draft", "say what your team thinks of a draft",
        timedelta(days=60),
    )
)  # fmt: skip
OVER: Final = "This is answered already, or the answer is no longer awaited."


def teams_to_ask(announcement: Announcement) -> list[Team]:
    """The teams of the owner and of the other parties, press offices first (three queries)."""
    parties = parties_of_announcement(announcement)
    organisations = {announcement.owner_id, *(party.organisation.pk for party in parties)}
    rows = Team.objects.filter(organisation__in=organisations).select_related("organisation")
    found = rows.prefetch_related("organisation__names").order_by("name", "pk")
    return sorted(found, key=lambda team: team.purpose != Team.Purpose.PRESS)


def ask_team(*, by: Acting, announcement: Announcement, team: Team) -> TeamAsked:
    """Asks a team for its answer on the newest draft: that opens this draft to the team alone, by a
    page or by the link that is sent to its shared address.

    Asked before about an older draft, it is asked once more. Raises Refused without a draft, for a
    team of nobody concerned, and where it was asked about this draft already.
    """
    with transaction.atomic():
        current = lock_open(by, announcement)
        draft = newest_draft(current)
        if draft is None:
            raise Refused("There is no draft yet. Add one, then ask.")
        if team not in teams_to_ask(current):
            raise Refused("Choose a team of your organisation or of another party.", field="team")
        before = TeamAsked.objects.filter(announcement=current, team=team, replaced_at=None).first()
        if before:
            _replace(before, draft)
        made = TeamAsked.objects.create(
            announcement=current, draft=draft, team=team, asked_by=by.who, asked_at=clock.now()
        )
        keep_dates(current)
        note(by, "team_asked", current, team=team.pk, draft=draft.number)
        _queue(made, "announcement_team_asked", team.address)
    return made


def _replace(before: TeamAsked, draft: Draft) -> None:
    if before.draft_id == draft.pk:
        raise Refused("This team was asked about this draft already.", field="team")
    held = lock(before)
    held.replaced_at = clock.now()
    held.save(update_fields=["replaced_at"])
    cancel_deadline(kind=TEAM_ANSWER, subject_key=key_of_asked(held))


def answer_as_team(*, by: Acting, asked: TeamAsked, answer: str, words: str = "") -> None:
    """A member of the team answers for it. Raises NotYours for others."""
    if not TeamAsked.objects.filter(in_asked_team(by), pk=asked.pk).exists():
        raise NotYours("Only the team that was asked may answer.")
    _answer(by, asked, answer, words)


def answer_by_link(*, link: SentLink, answer: str, words: str = "") -> None:
    """Whoever reads the team's mailbox answers for it, by the link sent there."""
    must_work(link)
    asked = asked_by(link)
    said = f"{asked.team}, by the link sent to {masked(link.address)}"
    acting = Acting(User.objects.system(), asked.team.organisation, by_link=said)
    with acting_as(acting.user):
        _answer(acting, asked, answer, words)


def _answer(by: Acting, asked: TeamAsked, answer: str, words: str) -> None:
    if answer != TeamAsked.Answer.NO_OBJECTION and not words:
        raise Refused("Say what is to change, or why you object.", field="words")
    with transaction.atomic():
        current = lock_with_agreements(asked.announcement)
        held = lock(asked)
        if not held.is_open:
            raise Refused(OVER)
        held.answer, held.words = answer, words
        held.answered_as, held.answered_at = by.called, clock.now()
        held.save(update_fields=["answer", "words", "answered_as", "answered_at"])
        meet_deadline(kind=TEAM_ANSWER, subject_key=key_of_asked(held))
        write_entry(
            actor=by.user, organisation_id=by.organisation_id, about=current,
            verb="announcement_team_answered", payload={"team": held.team_id, "answer": answer},
        )  # fmt: skip
        for each in planner_of(current) or of_role(current.owner, Role.MANAGER):
            _queue(held, "announcement_team_answered", each.address)


def _queue(asked: TeamAsked, kind: str, address: str) -> None:
    """When it fails the owner's managers see it."""
    queue_mail(
        kind=kind,
        address=address,
        organisation_id=asked.announcement.owner_id,
        context={"asked": asked.pk},
        dedupe=f"{kind}:{asked.pk}:{address}",
    )


def awaited(announcement: Announcement) -> list[TeamAsked]:
    """The teams that were asked and have not said that they have no objection (one query)."""
    rows = TeamAsked.objects.awaited().filter(announcement=announcement)
    return list(rows.select_related("team", "draft").order_by("asked_at", "pk"))


def go_ahead(announcement: Announcement, because: str) -> None:
    """Writes down why it is released without the consent of these; in the transaction that releases
    it. Raises Refused without a reason."""
    waiting = awaited(announcement)
    if waiting and not because:
        raise Refused(
            "Say why it goes out without the consent of the team that was asked.",
            field="without_team",
        )
    for each in waiting:
        each.gone_ahead_because = because
        each.save(update_fields=["gone_ahead_because"])


def link_for(asked: TeamAsked) -> SentLink:
    sent = _sent(asked)
    return links_of([sent])[sent]


def read_links(asked: Iterable[TeamAsked]) -> None:
    """Keeps at hand the links of many (three queries at most)."""
    links_of([_sent(each) for each in asked])


def _sent(asked: TeamAsked) -> Sent:
    owner = asked.announcement.owner_id
    return Sent(ANSWERS.key, str(asked.pk), asked.team.address.lower(), owner)


def asked_by(link: SentLink) -> TeamAsked:
    """What the link asks about."""
    rows = TeamAsked.objects.select_related("announcement__owner", "draft__file", "team")
    return rows.get(pk=link.subject)
