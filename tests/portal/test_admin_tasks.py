"""The first page of the administration: tables by what somebody comes there to do."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from django.contrib.admin import site
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mou_portal.admin_tasks import TASKS
from tests.cast import Cast
from tests.conftest import ClientOf

# Alarms, what is wrong, recent actions, who asks: whatever the tables hold.
MOST_QUERIES = 20


@pytest.fixture
def admin(client_of: ClientOf, cast: Cast) -> Client:
    return client_of(cast.system_administrator)


def test_each_table_stands_in_one_task_under_a_name_of_its_own() -> None:
    placed = [label for task in TASKS for label in task.tables]
    assert sorted(placed) == sorted(model._meta.label for model in site._registry)
    names = Counter(name for task in TASKS for name in task.tables.values())
    assert [name for name, count in names.items() if count > 1] == []


def test_tasks_come_with_a_sentence_and_the_rest_is_folded_at_the_end(admin: Client) -> None:
    page = admin.get("/admin/").content.decode()
    headings = re.findall(r"<h2>(.+?)</h2>", page)
    assert headings[: len(TASKS)] == [task.name for task in TASKS]
    assert all(task.sentence in page for task in TASKS)
    shown, folded = page.split("<details>")
    assert 'href="/admin/mail/delivery/"' in shown
    assert 'href="/admin/meetings/turn/"' not in shown
    assert 'href="/admin/meetings/turn/"' in folded


def test_what_is_named_on_the_first_page_keeps_its_name_on_its_own(admin: Client) -> None:
    page = admin.get("/admin/mail/delivery/").content.decode()
    assert "<h1>E-mails</h1>" in page
    assert '<a href="/admin/#mail">Mail and work that waits or failed</a>' in page
    assert ">E-mails</a>" in admin.get("/admin/mail/").content.decode()


def test_who_may_see_no_table_reads_whom_to_ask(client_of: ClientOf, cast: Cast) -> None:
    cast.nobody.is_staff = True
    cast.nobody.save()
    page = client_of(cast.nobody).get("/admin/").content.decode()
    assert "Ask whoever looks after the portal" in page
    assert "Mail and work that waits" not in page


def test_the_first_page_asks_no_more_however_many_tables_there_are(admin: Client) -> None:
    admin.get("/admin/")
    with CaptureQueriesContext(connection) as asked:
        page = admin.get("/admin/").content.decode()
    assert page.count('<tr class="model-') == sum(len(task.tables) for task in TASKS)
    assert len(asked) <= MOST_QUERIES
