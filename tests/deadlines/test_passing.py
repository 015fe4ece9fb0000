"""What one organisation had to see to goes over to another, which took its place (X07)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from deadlines.models import Deadline, Holder, Reminder
from deadlines.services.passing import concerned_with, pass_on
from deadlines.services.setting import For, meet_deadline, set_deadline
from house import clock
from parties.models import Role
from tests.cast import Cast

pytestmark = pytest.mark.django_db
KIND = "bell"


def due(cast: Cast, subject: str, *references: str) -> Deadline:
    """Of the CCG's manager, watched by the Area Team."""
    set_deadline(
        kind=KIND, subject_key=subject, due_on=clock.today() + timedelta(days=30),
        schedule=["days:-7"], references=references,
        holders=[For(cast.ccg, role=Role.MANAGER), For(cast.area_team, watches=True)],
    )  # fmt: skip
    return Deadline.objects.get(subject_key=subject)


def who(deadline: Deadline) -> set[tuple[str, str, bool]]:
    rows = Holder.objects.filter(deadline=deadline).select_related("organisation")
    return {(row.organisation.name, row.role, row.is_open) for row in rows}


def test_it_goes_over_with_its_role_and_arms_nothing_anew(cast: Cast) -> None:
    ours, reminders = due(cast, "a:1", "MOU-1"), Reminder.objects.count()
    done = due(cast, "a:2", "MOU-1")
    meet_deadline(kind=KIND, subject_key="a:2")
    assert pass_on("MOU-1", cast.ccg, cast.third_ccg) == 1
    team = ("Northern Moors Area Team", "", True)
    assert who(ours) == {("Westmoor CCG", "manager", True), team}
    assert ("Eastmoor CCG", "manager", False) in who(done)
    ours.refresh_from_db()
    assert (ours.generation, Reminder.objects.filter(deadline=ours).count()) == (1, reminders)
    assert pass_on("MOU-1", cast.ccg, cast.third_ccg) == 0


def test_what_both_held_is_held_once(cast: Cast) -> None:
    ours = due(cast, "a:1", "MOU-1")
    Holder.objects.create(
        deadline=ours, organisation=cast.third_ccg, role=Role.MANAGER, due_on=ours.due_on
    )
    pass_on("MOU-1", cast.ccg, cast.third_ccg)
    assert Holder.objects.filter(deadline=ours, organisation=cast.third_ccg).count() == 1


def test_of_several_agreements_both_hold_it_until_the_last_went_over(cast: Cast) -> None:
    shared = due(cast, "series:1", "MOU-1", "MOU-2")
    assert concerned_with("MOU-1") == {"MOU-1", "MOU-2"}
    pass_on("MOU-1", cast.ccg, cast.third_ccg, stays={"MOU-2"})
    names = {name for name, _, _ in who(shared)}
    assert names == {"Eastmoor CCG", "Westmoor CCG", "Northern Moors Area Team"}
    pass_on("MOU-2", cast.ccg, cast.third_ccg)
    assert {name for name, _, _ in who(shared)} == names - {"Eastmoor CCG"}
