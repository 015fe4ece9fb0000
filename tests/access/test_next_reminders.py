"""The page of the next reminders keeps its budget, of whatever kinds they are."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from deadlines.models import Reminder
from house import clock
from tests.access.test_table import OF_ANY_PAGE
from tests.access.world import World

pytestmark = pytest.mark.django_db


def test_it_asks_no_more_whatever_comes_next(world: World) -> None:
    """Just before one of each kind goes, as people of both sides."""
    coming = Reminder.objects.filter(send_at__gt=world.made_at).select_related("deadline")
    moments = {each.deadline.kind: each.send_at for each in coming.order_by("-send_at")}
    too_many, read = [], 0
    for moment in sorted({*moments.values()}):
        with clock.at(moment - timedelta(minutes=1)):
            for asker in ("manager", "viewer", "other_viewer"):
                queries = _queries(world, asker)
                read += queries > 0
                if queries > OF_ANY_PAGE:
                    too_many.append(f"{asker}, {moment}: {queries}")
    assert read > len(moments)
    assert not too_many


def _queries(world: World, asker: str) -> int:
    """Of the page as they read it; none of whoever may not log in any more."""
    user = world.askers[asker]
    assert user
    world.client.force_login(user)
    with CaptureQueriesContext(connection) as asked:
        code = world.client.get(reverse("deadlines:preferences")).status_code
    return sum("SAVEPOINT" not in query["sql"] for query in asked) if code == 200 else 0
