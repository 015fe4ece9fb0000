"""Many e-mails go over one connection; what goes wrong with one is not felt by the others."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from house import clock
from mail.models import Delivery
from mail.sweep import send_due
from tests.mail.conftest import queued
from tests.mail.sink import Sink

pytestmark = pytest.mark.django_db
State = Delivery.State


def queue(number: int) -> list[str]:
    """That many e-mails; their Message-IDs, in the order in which they go."""
    return [queued(f"a{n}@moors.example").message_id for n in range(number)]


def states() -> set[str]:
    return set(Delivery.objects.values_list("state", flat=True))


def test_a_batch_goes_over_one_connection(sink: Sink) -> None:
    ids = queue(5)
    assert send_due() == 5
    assert sink.ids() == ids
    assert sink.connections == 1


def test_one_that_is_refused_holds_up_and_repeats_no_other(sink: Sink) -> None:
    first, refused, *more = queue(4)
    sink.refuses["a1@moors.example"] = "550 no such user"
    assert send_due() == 3
    assert sink.ids() == [first, *more]
    assert Delivery.objects.get(message_id=refused).last_error == "550 no such user"


@pytest.mark.parametrize("after", [1, 2])
def test_a_server_that_hangs_up_between_two_is_called_again(sink: Sink, after: int) -> None:
    """Without a "perhaps": the second was never on its way."""
    ids = queue(5)
    sink.hangs_up_after = after
    assert send_due() == 5
    assert sink.ids() == ids
    assert states() == {"sent"}
    assert sink.connections > 1


def test_a_server_that_falls_silent_leaves_the_one_it_has_in_doubt_alone(sink: Sink) -> None:
    first, doubtful, *more = queue(4)
    assert send_due(at_most=1) == 1
    sink.silent_at = "data"
    assert send_due(at_most=1) == 0
    sink.silent_at = ""
    assert send_due() == 2
    assert sink.ids() == [first, doubtful, *more]
    assert Delivery.objects.get(message_id=doubtful).state == State.MAYBE_SENT
    with clock.at(clock.now() + timedelta(minutes=2)):
        assert send_due() == 1
    assert sink.ids()[-1] == doubtful
    assert states() == {"sent"}


def test_a_sender_costs_the_same_for_each_however_many_there_are(sink: Sink) -> None:
    """Leased and marked one by one; what they are made of is read for all, and one line opened."""
    queue(50)
    with CaptureQueriesContext(connection) as many:
        assert send_due() == 50
    assert len(many) <= 5 * 50 + 20


@pytest.mark.postgres
def test_what_is_due_is_found_by_the_index_and_in_its_order() -> None:
    """However much was sent: the outbox keeps everything."""
    queue(1)
    now = clock.now()
    with connection.cursor() as cursor:
        # Of a few rows PostgreSQL thinks what it likes: a scan and a sort are as cheap as an index.
        for other in ("seqscan", "bitmapscan", "sort"):
            cursor.execute(f"SET LOCAL enable_{other} = off")
    for rows in (Delivery.objects.takeable(now, now), Delivery.objects.due(now)):
        plan = rows[:1].explain()
        assert "Index Scan using delivery_unfinished" in plan
        assert "Sort" not in plan
