"""By when a team that was asked is to answer on a draft (D18)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from django.urls import reverse

from agreements.core.recipients import read_managers
from agreements.models import read_parties
from communications.mails_of_teams import ask_mail
from communications.models import TeamAsked
from communications.presenters.teams import answer_url
from communications.presenters.words import called
from communications.recipients import announcements_at_hand
from communications.services.dates import TEAM_ANSWER
from communications.services.teams import read_links
from deadlines.kinds import DeadlineKind, ReadOfMany, Recipient, of_team
from deadlines.lines import Line
from deadlines.models import Deadline, Reminder
from house.once import each_once
from mail.kinds import Message


def deadline_kind() -> DeadlineKind:
    return DeadlineKind(
        key=TEAM_ANSWER,
        label="Answer of a team on a draft",
        recipients=_recipients,
        compose=_compose,
        lines=_lines,
        together="Say what teams think of drafts",
        urgent=True,
        reads_people=_read_people,
        reads=_read,
        noun="Answer of a team",
        confidential=True,
    )


def _recipients(deadline: Deadline, _: Reminder) -> list[Recipient]:
    """The team at its shared address."""
    return [of_team(_asked([deadline.subject])[deadline.subject].team)]


def _read_people(reminders: Sequence[Reminder]) -> ReadOfMany:
    """Keeps at hand the teams of many reminders; of nobody else anything is read."""
    _asked(reminder.deadline.subject for reminder in reminders)
    return read_managers, ()


def _read(reminders: Sequence[Reminder]) -> None:
    """Keeps at hand what the e-mails of many name, and their links."""
    found = _asked(reminder.deadline.subject for reminder in reminders).values()
    announcements = announcements_at_hand(str(each.announcement_id) for each in found).values()
    read_parties([row.agreement for each in announcements for row in each.concerned.all()])
    read_links(found)


def _compose(deadline: Deadline, _: Reminder, recipient: Recipient) -> Message:
    return ask_mail(_asked([deadline.subject])[deadline.subject], recipient.address)


def _lines(deadlines: Sequence[Deadline]) -> Iterator[Line]:
    """For the owner's own team what is to be done; else whose answer is awaited (one query)."""
    found = _asked(deadline.subject for deadline in deadlines)
    for deadline in deadlines:
        asked = found[deadline.subject]
        what, team = f"draft {called(asked.announcement)}", asked.team
        if team.organisation_id == asked.announcement.owner_id:
            act, button = f"Say what {team} thinks of the {what}", "Read and answer"
            yield Line(act, answer_url(asked), button, naming="nobody")
        else:
            page = reverse("announcements:announcement", args=[asked.announcement.public_id])
            yield Line(f"Wait for the answer of {team} on the {what}", page, "Open", "nobody")


@each_once(TeamAsked)
def _asked(subjects: Collection[str]) -> dict[str, TeamAsked]:
    rows = TeamAsked.objects.select_related("announcement__owner", "team__organisation")
    return {str(each.pk): each for each in rows.filter(pk__in=list(subjects))}
