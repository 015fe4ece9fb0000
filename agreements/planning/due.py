"""Sets what is due before a date: each body's papers, or that no meeting is left (X11).

It is set by the sweep, which looks for dates that are new or have moved, and for plans that hold no
longer. So whatever moves a date or a meeting needs to know nothing of plans.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Final

from django.db.models import F

from agreements.core.due import SIGNATURE_AWAITED
from agreements.models import APPROVES, Agreement, PlannedBack, SignatureRequest
from agreements.planning.bodies import Deciding, deciding
from agreements.planning.rules import Plan, next_change, plan_back
from agreements.planning.targets import whose
from deadlines.holidays import bank_holidays
from deadlines.models import Deadline
from deadlines.services.setting import For, cancel_deadlines, set_deadline
from house import clock
from parties.models import Role

PAPER_DUE: Final = "paper_due"
NO_MEETING: Final = "no_meeting_left"
PAPER_SCHEDULE: Final = ("days:-28", "days:-14", "days:-3", "days:0")
# At once, and while something can still be done: an extra meeting, a chair's decision.
NO_MEETING_SCHEDULE: Final = ("since:+0", "days:-28", "days:-7")
# What nobody tells the plan of, such as who holds a side, is looked for again after so long.
ANEW: Final = timedelta(days=7)
Key = tuple[str, str, str]


def key_of_date(deadline: int) -> str:
    """The subject of what is due before the date, by its id."""
    return f"deadline:{deadline}"


def occurrence_of(each: Deciding, deadline: Deadline) -> str:
    """The party, which of its bodies, and the generation of the date: when the date moves, what was
    handed in for the old one counts no longer."""
    return f"{each.party.pk}:{each.number}:{deadline.generation}"


def party_and_number(occurrence: str) -> tuple[int, int]:
    party, number, _ = occurrence.split(":")
    return int(party), int(number)


def set_before(agreement: Agreement, deadlines: Iterable[Deadline], *, again: int = 0) -> None:
    """What is due before these open dates of the agreement, which is locked.

    A paper that is in stays in, but for that of the deadline `again`, which was not in after all.
    """
    dates = list(deadlines)
    there = _there(dates)
    found = [] if agreement.is_over else deciding(agreement)
    approved = have_approved(dates)
    wanted: set[Key] = set()
    notes = []
    for each in dates:
        plans = [(of, _plan(of, each)) for of in found if _asks(of, each, approved)]
        set_now = (_set(agreement, each, of, plan, there, again) for of, plan in plans)
        wanted |= {key for key in set_now if key}
        notes.append(_note(agreement, each, [plan for _, plan in plans]))
    _write(notes)
    cancel_deadlines([key for key, row in there.items() if row.is_open and key not in wanted])


def have_approved(dates: Iterable[Deadline]) -> set[tuple[str, int]]:
    """The request to sign and the party, where the party has approved the text already (one query
    where somebody is asked to sign by a day)."""
    asked = [each.subject for each in dates if each.kind == SIGNATURE_AWAITED]
    if not asked:
        return set()
    rows = SignatureRequest.objects.filter(
        pk__in=asked,
        version__approvals__decision__in=APPROVES,
        version__approvals__party=F("party"),
    )
    return {(str(pk), party) for pk, party in rows.values_list("pk", "party")}


def plan_for(each: Deciding, on: date) -> Plan | None:
    """None where nobody has entered such a body."""
    if each.body is None:
        return None
    return plan_back(on, clock.today(), each.body.diary, bank_holidays())


def _plan(each: Deciding, deadline: Deadline) -> Plan | None:
    assert deadline.due_on  # noqa: S101 - asked for with a day
    return plan_for(each, deadline.due_on)


def _asks(each: Deciding, deadline: Deadline, approved: Collection[tuple[str, int]]) -> bool:
    only = whose(deadline)
    if (deadline.subject, each.party.pk) in approved:
        return False
    return not only or each.party.organisation.pk in only


def _there(dates: Iterable[Deadline]) -> dict[Key, Deadline]:
    """What was set before these dates, open or not."""
    keys = [key_of_date(each.pk) for each in dates]
    rows = Deadline.objects.filter(subject_key__in=keys, kind__in=[PAPER_DUE, NO_MEETING])
    return {(each.kind, each.subject_key, each.occurrence): each for each in rows}


def _set(
    agreement: Agreement, before: Deadline, of: Deciding, plan: Plan | None,
    there: dict[Key, Deadline], again: int,
) -> Key | None:  # fmt: skip
    """What of it stays; None where nothing is due."""
    paper: Key = (PAPER_DUE, key_of_date(before.pk), occurrence_of(of, before))
    known = there.get(paper)
    if known and known.state == Deadline.State.MET and known.pk != again:
        return paper
    if plan is None or plan.outcome == "no_dates":
        return None
    missing = plan.outcome == "none_left"
    kind = NO_MEETING if missing else PAPER_DUE
    set_deadline(
        kind=kind,
        subject_key=key_of_date(before.pk),
        occurrence=occurrence_of(of, before),
        due_on=plan.target if missing else plan.papers_on,
        schedule=NO_MEETING_SCHEDULE if missing else PAPER_SCHEDULE,
        holders=[For(of.party.organisation, role=Role.MANAGER)],
        references=[agreement.reference],
        clause_key=before.clause_key,
        working=plan.working,
    )
    return kind, key_of_date(before.pk), occurrence_of(of, before)


def _note(agreement: Agreement, before: Deadline, plans: Iterable[Plan | None]) -> PlannedBack:
    """Until when that holds."""
    changes = [day for plan in plans if plan and (day := next_change(plan))]
    again_on = min([*changes, clock.today() + ANEW])
    return PlannedBack(
        agreement=agreement, deadline=before, generation=before.generation, again_on=again_on
    )


def _write(notes: Iterable[PlannedBack]) -> None:
    PlannedBack.objects.bulk_create(
        notes, update_conflicts=True, unique_fields=["deadline"],
        update_fields=["agreement", "generation", "again_on"],
    )  # fmt: skip
