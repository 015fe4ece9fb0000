"""The nearest date beside each organisation's access row, and what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.test import Client

from agreements.core.access import true_access, write_access
from agreements.models import Access, Agreement
from deadlines.kinds import DeadlineKind
from deadlines.lines import always
from deadlines.models import Deadline
from deadlines.services.setting import For, cancel_deadline, meet_deadline, set_deadline
from house.room import Room
from house.rooms import registered
from mail.kinds import Message
from parties.models import Role, User
from tests.agreements.reviewed import DUE, SIGNED_AT, on
from tests.cast import Cast
from tests.deadlines.bell import of_holders
from tests.reading import words_of
from tests.stages import drafted as a_draft
from tests.stages import in_force, template

pytestmark = [
    pytest.mark.sqlite,
    pytest.mark.django_db,
    pytest.mark.usefixtures("nothing_but_agreements"),
]
ClientOf = Callable[[User], Client]
SOON = date(2026, 6, 1)


class Errands(Room):
    """An upper room with a kind of its own."""

    name = "errands of this test"

    def deadline_kinds(self) -> list[DeadlineKind]:
        def compose(*_: object) -> Message:
            return Message("An errand", ("It is due.",), "it is yours.", "Open", "/")

        return [DeadlineKind("errand", "Errand", lambda d, _: of_holders(d), compose, always(None))]


@pytest.fixture(autouse=True)
def _errands() -> Iterator[None]:
    with registered(Errands()):
        yield


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    with on(SIGNED_AT.date()):
        return in_force(cast).agreement


def errand(agreement: Agreement, due_on: date | None, *holders: For, number: int = 1) -> None:
    set_deadline(
        kind="errand",
        subject_key=f"errand:{number}",
        due_on=due_on,
        holders=holders,
        references=[agreement.reference],
    )
    _is_true()


def done(number: int = 1) -> None:
    meet_deadline(kind="errand", subject_key=f"errand:{number}")
    _is_true()


def _is_true() -> None:
    """Whatever was done, the rows say what write_access would write."""
    for row in Access.objects.select_related("agreement"):
        truth = true_access(row.agreement, [row.organisation_id])[row.organisation_id]
        assert {name: getattr(row, name) for name in truth} == truth


def next_of(agreement: Agreement, cast: Cast) -> list[tuple[date | None, str]]:
    rows = {row.organisation_id: row for row in agreement.access.all()}
    ours, theirs = rows[cast.area_team.pk], rows[cast.ccg.pk]
    return [(row.next_due_on, row.next_due_kind) for row in (ours, theirs)]


def test_each_organisation_has_its_own_nearest_date(cast: Cast, agreement: Agreement) -> None:
    review = (DUE, "review")
    assert next_of(agreement, cast) == [review, review]
    errand(agreement, SOON, For(cast.area_team, role=Role.MANAGER))
    assert next_of(agreement, cast) == [(SOON, "errand"), review]
    # Whoever only watches it has nothing to do.
    errand(agreement, SOON, For(cast.ccg), For(cast.area_team, watches=True))
    assert next_of(agreement, cast) == [review, (SOON, "errand")]
    errand(agreement, None, For(cast.ccg))
    assert next_of(agreement, cast) == [review, review]


def test_a_moved_date_and_one_that_is_met_are_followed(cast: Cast, agreement: Agreement) -> None:
    both = (For(cast.area_team), For(cast.ccg))
    errand(agreement, date(2028, 1, 1), *both)
    assert next_of(agreement, cast)[0] == (DUE, "review")
    errand(agreement, SOON, *both)
    errand(agreement, date(2026, 5, 1), *both, number=2)
    assert next_of(agreement, cast)[0] == (date(2026, 5, 1), "errand")
    done(2)
    assert next_of(agreement, cast)[0] == (SOON, "errand")
    for each in Deadline.objects.about(agreement.reference).still_open():
        cancel_deadline(kind=each.kind, subject_key=each.subject_key, occurrence=each.occurrence)
    assert next_of(agreement, cast) == [(None, ""), (None, "")]


def test_one_that_concerns_several_agreements_stands_on_each(cast: Cast) -> None:
    source = template(cast.area_team)
    two = [a_draft(cast, source=source) for _ in "12"]
    set_deadline(
        kind="errand", subject_key="errand:1", due_on=SOON, holders=[For(cast.ccg)],
        references=[each.reference for each in two],
    )  # fmt: skip
    assert [next_of(each, cast)[1] for each in two] == [(SOON, "errand")] * 2
    set_deadline(
        kind="errand", subject_key="errand:1", due_on=SOON, holders=[For(cast.ccg)],
        references=[two[1].reference],
    )  # fmt: skip
    assert [next_of(each, cast)[1] for each in two] == [(None, ""), (SOON, "errand")]
    write_access(two[1])
    _is_true()


def test_the_list_says_what_the_date_is(
    cast: Cast, client_of: ClientOf, agreement: Agreement
) -> None:
    errand(agreement, SOON, For(cast.area_team))
    with on(SOON):
        ours = client_of(cast.viewer).get("/agreements/").content.decode()
        theirs = client_of(cast.other_viewer).get("/agreements/").content.decode()
    assert "Errand due 1 June 2026" in ours
    assert "Review due 3 February 2027" in theirs
    with on(date(2026, 6, 2)):
        page = client_of(cast.viewer).get("/agreements/?attention=on").content.decode()
        home = words_of(client_of(cast.viewer).get("/"))
    assert "Errand was due 1 June 2026" in page
    assert "Errand late" in page
    assert "In force Late Errand was due 1 June 2026" in home
