"""What one organisation had to see to goes over to another, which took its place (X07)."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from deadlines.models import Concerned, Deadline, Holder
from deadlines.services.lines import write_lines
from deadlines.services.setting import tell_rooms
from parties.models import Organisation


def concerned_with(reference: str) -> set[str]:
    """The agreements that open deadlines of this one concern, this one among them (one query): to
    be locked, in order, before they pass on."""
    open_ = Deadline.objects.still_open().about(reference).order_by().values("pk")
    rows = Concerned.objects.filter(deadline__in=open_)
    return {reference, *rows.values_list("reference", flat=True)}


def pass_on(
    reference: str, old: Organisation, new: Organisation, *, stays: Collection[str] = ()
) -> int:
    """What the old one holds of the open deadlines of this agreement is the new one's, with its
    person, team or role. Nothing is armed anew: what was reminded of was reminded of.

    Of what concerns also one of `stays`, agreements in which the old one has a side still, both
    hold it. Gives how many deadlines went over. The agreements are locked.
    """
    with transaction.atomic():
        about = Deadline.objects.still_open().about(reference)
        locked = list(about.select_for_update(no_key=True).order_by("pk"))
        rows = Holder.objects.filter(deadline__in=locked)
        held = {_said(row) for row in rows.filter(organisation=new)}
        going = list(rows.filter(organisation=old).order_by("pk"))
        shared = set(
            Concerned.objects.filter(deadline__in=[r.deadline_id for r in going])
            .filter(reference__in=stays)
            .values_list("deadline_id", flat=True)
        )
        gone = [row.pk for row in going if row.deadline_id not in shared]
        passed = {row.deadline_id for row in going}
        Holder.objects.bulk_create(_new_ones(going, new, held))
        _open_those_that_waited(going, new)
        Holder.objects.filter(pk__in=gone).delete()
        write_lines(each for each in locked if each.pk in passed)
        tell_rooms(concerned_with(reference))
    return len(passed)


def _new_ones(
    going: Collection[Holder], new: Organisation, held: set[tuple[object, ...]]
) -> list[Holder]:
    """What both held is held once by who holds both."""
    made = []
    for row in going:
        if (said := _said(row)) in held:
            continue
        held.add(said)
        made.append(
            Holder(
                deadline_id=row.deadline_id,
                organisation=new,
                person_id=row.person_id,
                team_id=row.team_id,
                role=row.role,
                watches=row.watches,
                due_on=row.due_on,
                is_open=row.is_open,
            )
        )
    return made


def _open_those_that_waited(going: Collection[Holder], new: Organisation) -> None:
    """What was open for the old one is so for the new one, though what it held itself was not: its
    own word on the text was awaited still."""
    opened = {_said(row) for row in going if row.is_open}
    silent = Holder.objects.filter(
        deadline__in=[row.deadline_id for row in going], organisation=new, is_open=False
    )
    found = [row.pk for row in silent if _said(row) in opened]
    Holder.objects.filter(pk__in=found).update(is_open=True)


def _said(row: Holder) -> tuple[object, ...]:
    return (row.deadline_id, row.person_id, row.team_id, row.role, row.watches)
