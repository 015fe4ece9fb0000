"""The bench measures what it says: on a few agreements, so that it does not rot."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from mou_portal.scale.loading import load
from mou_portal.scale.patterns import Pattern, kept, out_for_signature
from tools.bench.cpu import cost_of
from tools.bench.crawl import names_of_rows, pages_of
from tools.bench.figures import Figure
from tools.bench.lists import measure_lists
from tools.bench.people import ROLES, seers
from tools.bench.reminders import measure_reminders
from tools.bench.report import write
from tools.bench.signing import LastSignature
from tools.bench.sink import mail_sink

PASSWORD = "for-a-test-alone"
KINDS = [
    Pattern(1, 2, partial(kept, "Nursing homes", 40)),
    Pattern(1, 2, partial(out_for_signature, "Premises", 8)),
]


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        load(40, password=PASSWORD, say=str, kinds=KINDS)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def few(loaded: None, db: None) -> None:
    """A few agreements of two kinds."""


@pytest.mark.postgres
@pytest.mark.usefixtures("few")
def test_the_pages_are_found_by_their_links() -> None:
    found = {page.name: page.path for page in pages_of(seers(40)[-1], ROLES[:1])}
    assert {"home", "agreements:list", "agreements:agreement", "agreements:version"} <= set(found)
    assert not any(path.startswith(("/admin/", "/static/")) for path in found.values())
    assert set(found) & names_of_rows()


@pytest.mark.postgres
@pytest.mark.usefixtures("few")
def test_the_list_and_the_sweep_stand_beside_plain_sql() -> None:
    figures = [*measure_lists(seers(40), times=1), *measure_reminders(times=1)]
    assert {figure.row for figure in figures} == {"S3", "S5"}
    assert all(figure.value > 0 for figure in figures)
    assert [f for f in figures if f.beside == "plain SQL" and f.limit]


@pytest.mark.postgres
@pytest.mark.usefixtures("few")
def test_the_last_signature_is_given_and_taken_back() -> None:
    last = LastSignature(PASSWORD)
    first, again = last.given(cost_of), last.given(cost_of)
    assert first.total > 0
    assert again.database > 0


def test_the_sink_takes_mails_and_counts_connections() -> None:
    with mail_sink() as sink, smtplib.SMTP("127.0.0.1", sink.port) as server:
        for _ in range(3):
            server.sendmail(
                "a@portal.example", ["b@portal.example"], b"Subject: Hello\r\n\r\nHello"
            )
        assert (sink.connections, sink.taken) == (1, 3)


@pytest.mark.parametrize(
    ("figure", "reached"),
    [
        (Figure("S1", "a page", 12, "ms", goal=15), True),
        (Figure("S1", "a page", 16, "ms", goal=15), False),
        (Figure("S3", "a list", 2, "ms", limit=1, times=3), True),
        (Figure("S2", "requests", 90, "a second", goal=100, more=True), False),
        (Figure("S5", "no goal", 1, "ms"), None),
    ],
)
def test_a_goal_is_a_number_or_so_many_times_the_limit(
    figure: Figure, reached: bool | None
) -> None:
    assert figure.reached is reached


def test_the_report_says_how_much_a_page_grew(tmp_path: Path) -> None:
    small = [Figure("S1", "home, sees some (30)", 10, "ms CPU", goal=40, over_growth=1.3)]
    large = [Figure("S1", "home, sees some (1,280)", 20, "ms CPU", goal=40, over_growth=1.3)]
    page = tmp_path / "speed.md"
    page.write_text(
        "# Speed\n\n<!-- measured -->\nold\n<!-- end of what was measured -->\nThe end.\n"
    )
    write({1_000: small, 100_000: large}, page=page, data=tmp_path / "speed.json")
    text = page.read_text()
    assert "| home, sees some (1,280) | 20 ms CPU |  | ≤ 40 | reached |" in text
    assert "2 times" in text
    assert "**not reached**" in text
    assert "old" not in text
    assert text.endswith("The end.\n")
