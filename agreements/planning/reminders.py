"""Reminders of papers for bodies, and of dates before which no meeting is left (X11)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import chain
from typing import Final

from agreements.core.due import (
    DeadlineLetter,
    agreement_of,
    due_in_short,
    due_in_words,
    read_letters,
    read_people,
)
from agreements.core.in_groups import of_party
from agreements.core.parties import parties_of
from agreements.core.recipients import managers_of
from agreements.models import Agreement, Party
from agreements.planning.bodies import Deciding, bodies_of, deciding
from agreements.planning.due import NO_MEETING, PAPER_DUE, party_and_number, plan_for
from agreements.planning.targets import WHAT
from deadlines.holidays import bank_holidays
from deadlines.kinds import DeadlineKind, ReadOfMany, Recipient, of_role
from deadlines.lines import Line
from deadlines.models import Deadline, Reminder
from house.once import each_once
from mail.kinds import Message, NotNeeded
from nhsuk.dates import day
from nhsuk.words import capital, in_sentence
from parties.models import Role
from parties.reader import read_roles
from parties.who import DATE_KEEPERS

PAGE: Final = "plan/"
ACTS: Final = {PAPER_DUE: "Hand in the paper on", NO_MEETING: "Find a meeting to decide on"}


def _told(deadline: Deadline, _reminder: Reminder) -> list[Recipient]:
    """The secretaries of the party and its MoU manager, each once."""
    party = _party(deadline)
    secretaries = of_party(party, of_role(party.organisation, Role.SECRETARY))
    found = {each.address: each for each in chain(managers_of(party), secretaries)}
    return list(found.values())


def _about_paper(deadline: Deadline, _reminder: Reminder, recipient: Recipient) -> Message:
    """As the plan is now: what has moved since is said as it stands."""
    target, about = _target(deadline), DeadlineLetter(deadline, recipient)
    of = _deciding(deadline, about.agreement)
    plan = plan_for(of, target.due_on) if target.due_on else None
    if plan is None or plan.meeting is None or plan.papers_on is None:
        raise NotNeeded
    return about.message(
        f"paper for your {in_sentence(of.name)}, {due_in_short(plan.papers_on)}",
        f"{_what(target)} {about.mou} is on {day(target.due_on)}. Your {in_sentence(of.name)} has "
        f"to decide before: its last possible meeting is on {day(plan.meeting)}.",
        f"The paper for the secretary {due_in_words(plan.papers_on)}. When it is in, say so on the "
        "page, and we stop reminding you.",
        button="See the plan",
        path=PAGE,
    )


def _about_none(deadline: Deadline, _reminder: Reminder, recipient: Recipient) -> Message:
    target, about = _target(deadline), DeadlineLetter(deadline, recipient)
    of = _deciding(deadline, about.agreement)
    plan = plan_for(of, target.due_on) if target.due_on else None
    if plan is None or plan.outcome != "none_left":
        raise NotNeeded
    return about.message(
        f"no meeting of your {in_sentence(of.name)} is left before {day(target.due_on)}",
        f"{_what(target)} {about.mou} is on {day(target.due_on)}. No meeting of your "
        f"{in_sentence(of.name)} is left in time.",
        "Ask the secretary for an extra meeting, or whether the chair may decide. Or agree on "
        "another date with the other parties.",
        button="See the plan",
        path=PAGE,
    )


def _what(target: Deadline) -> str:
    """ "The review of", in front of what the MoU is called."""
    return f"{capital(_noun(target))} of" if target else ""


def _noun(target: Deadline) -> str:
    return {
        "extension_decision": "the decision on an extension",
        "agreement_end": "the end",
        "review": "the review",
        "signature_awaited": "the day to sign by",
    }[target.kind]


def _lines(deadlines: Sequence[Deadline]) -> Iterator[Line]:
    targets = _targets(deadline.subject for deadline in deadlines)
    for deadline in deadlines:
        about = WHAT[targets[deadline.subject].kind][1]
        act = (
            "Hand in the paper on" if deadline.kind == PAPER_DUE else "Find a meeting to decide on"
        )
        yield Line(f"{act} {about}", PAGE, "See the plan", may=DATE_KEEPERS.roles)


def _target(deadline: Deadline) -> Deadline:
    """The date before which it is due. Raises NotNeeded where that is closed by now."""
    target = _targets([deadline.subject])[deadline.subject]
    if not target.is_open:
        raise NotNeeded
    return target


@each_once(Deadline)
def _targets(subjects: Collection[str]) -> dict[str, Deadline]:
    rows = Deadline.objects.filter(pk__in=[int(each) for each in subjects])
    return {str(each.pk): each for each in rows}


def _deciding(deadline: Deadline, agreement: Agreement) -> Deciding:
    """Raises NotNeeded where the party, or its body in the text, is no more."""
    wanted = party_and_number(deadline.occurrence)
    found = (each for each in deciding(agreement) if (each.party.pk, each.number) == wanted)
    if (one := next(found, None)) is None:
        raise NotNeeded
    return one


def _party(deadline: Deadline) -> Party:
    wanted, _ = party_and_number(deadline.occurrence)
    return next(each for each in parties_of(agreement_of(deadline)) if each.pk == wanted)


def _read(reminders: Sequence[Reminder]) -> None:
    read_letters(reminders)
    _targets(reminder.deadline.subject for reminder in reminders)
    agreements = [agreement_of(reminder.deadline) for reminder in reminders]
    bodies_of([each.organisation.pk for found in agreements for each in parties_of(found)])
    bank_holidays()


def _read_people(reminders: Sequence[Reminder]) -> ReadOfMany:
    found = read_people(reminders)
    parties = [_party(reminder.deadline) for reminder in reminders]
    read_roles((party.organisation.pk, Role.SECRETARY) for party in parties)
    return found


def _kind(key: str, label: str, noun: str, together: str, compose: object) -> DeadlineKind:
    return DeadlineKind(
        key=key, label=label, noun=noun, together=together, compose=compose,  # type: ignore[arg-type]
        recipients=_told, lines=_lines, required=False, by_text=True,
        reads_people=_read_people, reads=_read,
    )  # fmt: skip


KINDS: Final = [
    _kind(PAPER_DUE, "Papers for bodies that decide", "Paper for a body", "Hand in papers",
          _about_paper),
    _kind(NO_MEETING, "Dates before which no meeting is left", "No meeting is left before it",
          "Find meetings", _about_none),
]  # fmt: skip
