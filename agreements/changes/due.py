"""Sets what is due about changes: the others' word, the end, and whether it is extended."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Final

from agreements.changes.queries import said_of
from agreements.changes.rules import Kind, needs
from agreements.core.asked_again import newest_asked_again
from agreements.core.by_link import for_contacts
from agreements.core.due import (
    key_of,
)
from agreements.core.parties import parties_of, there_today, version_of_terms
from agreements.core.texts import clause_bound_to
from agreements.models import Agreement, Change, Party
from deadlines.services.setting import (
    For,
    cancel_deadline,
    cancel_deadlines,
    meet_deadline,
    set_deadline,
)
from house import clock
from house.clock import london_day
from nhsuk.dates import day
from parties.models import Role

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
# All parties agreed to it: it comes by itself.
AGREED_SCHEDULE: Final = END_SCHEDULE[:2]
# From the day on that they chose themselves.
AGAIN_SCHEDULE: Final = (
    "days:0", "days:+7", "days:+14", "days:+28", "months:+2", "monthly",
)  # fmt: skip
PAST_CHASED: Final = ("since:+14", "since:+28", "since:+56")
EXTENSION_SCHEDULE: Final = (
    "days:-60", "days:-30", "days:-7", "days:0", "days:+7", "days:+28", "months:+2",
)  # fmt: skip
CHASED: Final = ("since:+7", "since:+14", "since:+28", "since:+56")


def set_end_due(agreement: Agreement) -> None:
    """Its end, and by when its extension is decided, as they stand now. It is locked.

    Past its end the parties are asked until they say that it ended, or on which day to ask again;
    of an end that they agreed to they are reminded ahead alone.
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
    schedule = AGAIN_SCHEDULE if again else _schedule(agreement)
    set_deadline(
        kind=AGREEMENT_END,
        subject_key=key_of(agreement),
        due_on=None if past else ask_on,
        schedule=PAST_CHASED if past else schedule,
        holders=_managers(there_today(agreement)),
        references=[agreement.reference],
        clause_key=clause.key if clause else "",
        working=f"Its last day is {day(end_on)}."
        + (f" The parties still worked to it, and asked for {day(ask_on)}." if again else ""),
        # Of a notice and of an agreed end all were told just now.
        catch_up=end_on != agreement.noticed_end_on or end_on < clock.today(),
    )


def _schedule(agreement: Agreement) -> tuple[str, ...]:
    return AGREED_SCHEDULE if agreement.end_is_agreed else END_SCHEDULE


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


def no_longer_asked(change: Change, *, but: Collection[Party] = ()) -> None:
    key, still = key_of(change), {party.key for party in but}
    gone = (party for party in parties_of(change.agreement) if party.key not in still)
    cancel_deadlines([(CHANGE_TO_ANSWER, key, party.key) for party in gone])


def _managers(parties: Sequence[Party]) -> list[For]:
    return [For(party.organisation, role=Role.MANAGER) for party in parties]
