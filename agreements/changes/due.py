"""What is due about changes: the others' word, the end itself, and whether it is extended."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Final

from agreements.changes.queries import newest_asked_again, said_of
from agreements.changes.rules import Kind, needs
from agreements.changes.words import TO_ANSWER, asked_in_words, opened_in_words
from agreements.core.by_link import for_contacts, with_link
from agreements.core.due import (
    DeadlineLetter,
    agreement_of,
    due_in_short,
    due_in_words,
    key_of,
    read_letters,
    read_people,
)
from agreements.core.parties import parties_of, there_today, version_of_terms
from agreements.core.recipients import managers_by_party, managers_of
from agreements.core.texts import clause_bound_to
from agreements.models import Agreement, Change, Party
from deadlines.kinds import DeadlineKind, Recipient
from deadlines.lines import Line, always
from deadlines.models import Deadline, Reminder
from deadlines.services.setting import (
    For,
    cancel_deadline,
    cancel_deadlines,
    meet_deadline,
    set_deadline,
)
from house import clock
from house.clock import london_day
from house.once import each_once
from mail.kinds import Message
from nhsuk.dates import day
from parties.models import Role
from parties.reader import names
from parties.who import MANAGERS

AGREEMENT_END: Final = "agreement_end"
CHANGE_TO_ANSWER: Final = "change_to_answer"
EXTENSION_DECISION: Final = "extension_decision"
END_OF_TERM, VARIATION = "end_of_term", "variation"
ANSWERS_CHANGE: Final = for_contacts(
    "answers_change", "Change of an MoU to answer", "say whether you accept a change of an MoU"
)
# Ahead of the end; from the day after it on until somebody says what became of the MoU.
END_SCHEDULE: Final = (
    "days:-90", "days:-30", "days:+1", "days:+8", "days:+15", "days:+29", "months:+2", "monthly",
)  # fmt: skip
PAST_CHASED: Final = ("since:+14", "since:+28", "since:+56")
EXTENSION_SCHEDULE: Final = (
    "days:-60", "days:-30", "days:-7", "days:0", "days:+7", "days:+28", "months:+2",
)  # fmt: skip
CHASED: Final = ("since:+7", "since:+14", "since:+28", "since:+56")


def set_end_due(agreement: Agreement) -> None:
    """Its end, and by when its extension is decided, as they stand now. It is locked.

    Past its end the parties are asked until they say that it ended, or on which day to ask again.
    """
    key, end_on = key_of(agreement), agreement.last_day
    if end_on is None or not agreement.has_duties:
        cancel_deadline(kind=AGREEMENT_END, subject_key=key)
    else:
        _set_end(agreement, end_on)
    _set_extension(agreement)


def _set_end(agreement: Agreement, end_on: date) -> None:
    again = newest_asked_again(agreement)
    if again and again.end_before != end_on:  # its end is another by now
        again = None
    ask_on = again.on if again and again.on else end_on
    clause = clause_bound_to(agreement, END_OF_TERM)
    # What had passed when the MoU was registered is not late: it waits from then on.
    past = agreement.is_registered and ask_on < london_day(agreement.created_at)
    set_deadline(
        kind=AGREEMENT_END,
        subject_key=key_of(agreement),
        due_on=None if past else ask_on,
        schedule=PAST_CHASED if past else END_SCHEDULE,
        holders=_managers(there_today(agreement)),
        references=[agreement.reference],
        clause_key=clause.key if clause else "",
        working=f"Its last day is {day(end_on)}."
        + (f" The parties still worked to it, and asked for {day(ask_on)}." if again else ""),
    )


def _set_extension(agreement: Agreement) -> None:
    """Until it is extended, or a party has said that it will not extend, or it ends otherwise."""
    by = version_of_terms(agreement).typed_terms.period.extension_by
    key, end_on = key_of(agreement), agreement.last_day
    if by is None or (agreement.is_registered and by < london_day(agreement.created_at)):
        return
    if _is_decided(agreement):
        meet_deadline(kind=EXTENSION_DECISION, subject_key=key)
        return
    if end_on is None or end_on < clock.today():
        cancel_deadline(kind=EXTENSION_DECISION, subject_key=key)
        return
    clause = clause_bound_to(agreement, VARIATION) or clause_bound_to(agreement, END_OF_TERM)
    set_deadline(
        kind=EXTENSION_DECISION,
        subject_key=key,
        due_on=by,
        schedule=EXTENSION_SCHEDULE,
        holders=_managers(there_today(agreement)),
        references=[agreement.reference],
        clause_key=clause.key if clause else "",
        working=f"The text asks for it by {day(by)}. The MoU ends on {day(end_on)}.",
    )


def _is_decided(agreement: Agreement) -> bool:
    decided = {Kind.EXTENSION: ["done"], Kind.NOT_EXTENDING: ["running", "done"]}
    rows = Change.objects.filter(agreement=agreement)
    return any(
        rows.filter(kind=kind, state__in=states).exists() for kind, states in decided.items()
    )


def ask_others(change: Change) -> None:
    """Each party whose word it needs is asked; who opened it sees for whom it waits."""
    for party in said_of(change).awaited(change.agreement):
        set_deadline(
            kind=CHANGE_TO_ANSWER,
            subject_key=key_of(change),
            occurrence=party.key,
            schedule=CHASED,
            holders=[
                For(party.organisation, role=Role.MANAGER),
                For(change.opened_for, watches=True),
            ],
            references=[change.agreement.reference],
        )


def answered_by(change: Change, party: Party, *, agrees: bool) -> None:
    """The party is not asked any more; what one word settles, nobody is."""
    if needs(change) == "one" and agrees:
        no_longer_asked(change)
    meet_deadline(kind=CHANGE_TO_ANSWER, subject_key=key_of(change), occurrence=party.key)


def no_longer_asked(change: Change) -> None:
    key = key_of(change)
    cancel_deadlines([(CHANGE_TO_ANSWER, key, party.key) for party in parties_of(change.agreement)])


def _managers(parties: Sequence[Party]) -> list[For]:
    return [For(party.organisation, role=Role.MANAGER) for party in parties]


# --- Who is told, and how.


def _all_managers(deadline: Deadline, _reminder: Reminder) -> list[Recipient]:
    return list(chain(*managers_by_party(there_today(agreement_of(deadline))).values()))


def _awaited(deadline: Deadline, _reminder: Reminder) -> list[Recipient]:
    sides = parties_of(agreement_of(deadline))
    return managers_of(next(party for party in sides if party.key == deadline.occurrence))


def _about_end(deadline: Deadline, _reminder: Reminder, recipient: Recipient) -> Message:
    about = DeadlineLetter(deadline, recipient)
    end_on = about.agreement.last_day
    assert end_on  # noqa: S101 - set with an end
    if end_on >= clock.today():
        return about.message(
            f"it ends on {day(end_on)}",
            f"{about.mou.capitalize()} ends on {day(end_on)}. Nothing ends by itself: agree with "
            f"{about.others} whether you extend it.",
            button="See how it ends",
            path="changes/",
        )
    return about.message(
        f"say what became of it, its end was {day(end_on)}",
        f"The last day of {about.mou}, {day(end_on)}, has passed.",
        "Say whether it is extended, has ended, or you still work to it. Until then it stays as "
        "it is, and what it asks for is still due.",
        button="Say what became of it",
        path="changes/",
    )


def _about_extension(deadline: Deadline, _reminder: Reminder, recipient: Recipient) -> Message:
    about = DeadlineLetter(deadline, recipient)
    assert deadline.due_on  # noqa: S101 - set with a day
    return about.message(
        f"decide on an extension, {due_in_short(deadline.due_on)}",
        f"The decision whether {about.mou} is extended {due_in_words(deadline.due_on)}.",
        "One party proposes the new end, and it holds when all accept. Or say that you will not "
        "extend it.",
        button="See how it ends",
        path="changes/",
    )


def _about_answer(deadline: Deadline, _reminder: Reminder, recipient: Recipient) -> Message:
    change, about = _change(deadline), DeadlineLetter(deadline, recipient)
    about.replies_to(change.opened_by, change.opened_for_id)
    who = names([change.opened_for_id])[change.opened_for_id]
    message = about.message(
        asked_in_words(change),
        f"{opened_in_words(change, about.mou, who)} It waits for your answer since "
        f"{day(deadline.since)}.",
        "Read it, then accept it or say why not.",
        button="Answer",
        path=f"changes/{change.pk}/answer/",
    )
    return with_link(message, ANSWERS_CHANGE, change.pk, about.party, recipient.person_id, "Answer")


def _change(deadline: Deadline) -> Change:
    return _changes([deadline.subject])[deadline.subject]


@each_once(Change)
def _changes(subjects: Collection[str]) -> dict[str, Change]:
    rows = Change.objects.select_related("opened_by__person").filter(pk__in=subjects)
    return {str(change.pk): change for change in rows}


def _read_answers(reminders: Sequence[Reminder]) -> None:
    read_letters(reminders)
    found = _changes(reminder.deadline.subject for reminder in reminders).values()
    names(change.opened_for_id for change in found)


def _answer_lines(deadlines: Sequence[Deadline]) -> Iterator[Line]:
    changes = _changes(deadline.subject for deadline in deadlines)
    for deadline in deadlines:
        yield Line(
            TO_ANSWER[Kind(changes[deadline.subject].kind)],
            f"changes/{deadline.subject}/answer/",
            "Answer",
            may=MANAGERS.roles,
        )


PASSED: Final = Line(
    "Say whether you extend, ended or still work to", "changes/", "Say which", may=MANAGERS.roles
)
AHEAD: Final = Line(
    "Decide what follows at the end of", "changes/", "See how it ends", may=MANAGERS.roles,
    late=PASSED,
)  # fmt: skip


def _end_lines(deadlines: Sequence[Deadline]) -> list[Line]:
    """Of an end that had passed when the MoU was registered nothing is to come."""
    return [AHEAD if deadline.due_on else PASSED for deadline in deadlines]


KINDS: Final = [
    DeadlineKind(
        key=AGREEMENT_END,
        label="Ends of MoUs",
        noun="End",
        by_text=True,
        recipients=_all_managers,
        compose=_about_end,
        lines=_end_lines,
        together="Say what becomes of MoUs at their end",
        reads_people=read_people,
        reads=read_letters,
    ),
    DeadlineKind(
        key=EXTENSION_DECISION,
        label="Decisions on extensions",
        noun="Decision on an extension",
        by_text=True,
        recipients=_all_managers,
        compose=_about_extension,
        lines=always(
            Line("Decide on an extension of", "changes/", "See how it ends", may=MANAGERS.roles)
        ),
        together="Decide on extensions",
        reads_people=read_people,
        reads=read_letters,
    ),
    DeadlineKind(
        key=CHANGE_TO_ANSWER,
        label="Changes of MoUs to answer",
        noun="Answer to a change",
        recipients=_awaited,
        compose=_about_answer,
        lines=_answer_lines,
        together="Answer changes of MoUs",
        required=False,
        reads_people=read_people,
        reads=_read_answers,
    ),
]  # fmt: skip
