"""/healthz and /readyz, as a container's engine, a balancer or an alarm asks them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from pytest_django.fixtures import Settings

from deadlines.sweep import sweep_reminders
from house import clock
from mou_portal.health import set_up_at
from tests.cast import Cast
from tests.conftest import ClientOf

NINE = datetime(2013, 9, 3, 8, 0, tzinfo=UTC)  # 9:00 am in London
OVERDUE = "The sweep for reminders has not run since 9:00 am BST on 3 September 2013."


def test_both_answer_whoever_asks(client: Client, db: None) -> None:
    sweep_reminders()
    for path in ("/healthz", "/readyz"):
        answer = client.get(path)
        assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
        assert "no-store" in answer.headers["Cache-Control"]
        assert client.head(path).status_code == 200
        assert client.post(path).status_code == 405


def test_a_probe_comes_by_address_and_without_https(
    client: Client, db: None, settings: Settings
) -> None:
    sweep_reminders()
    settings.ALLOWED_HOSTS = ["mou-portal.example"]
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/", headers={"host": "10.0.0.3"}, secure=True).status_code == 400
    for path in ("/healthz", "/readyz"):
        assert client.get(path, headers={"host": "10.0.0.3"}).status_code == 200


@pytest.mark.django_db
def test_a_database_older_than_the_code_is_not_ready(client: Client) -> None:
    recorder = MigrationRecorder(connection)
    app, name = max(
        migration for migration in recorder.applied_migrations() if migration[0] == "mail"
    )
    recorder.record_unapplied(app, name)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["problems"] == ["The database is older than the code."]
    assert client.get("/healthz").status_code == 200


# --- The sweep for reminders ----------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "code"), [(0, 200), (15, 200), (16, 503), (60 * 24, 503)])
def test_a_sweep_that_has_not_run_for_15_minutes_is_not_ready(
    client: Client, minutes: int, code: int
) -> None:
    with clock.at(NINE):
        sweep_reminders()
    with clock.at(NINE + timedelta(minutes=minutes)):
        answer = client.get("/readyz")
    assert answer.status_code == code
    assert answer.json().get("problems", [OVERDUE]) == [OVERDUE]


@pytest.mark.django_db
def test_a_portal_that_has_never_swept_counts_from_its_set_up(client: Client) -> None:
    with clock.at(set_up_at() + timedelta(minutes=15)):
        assert client.get("/readyz").status_code == 200
    with clock.at(set_up_at() + timedelta(minutes=16)):
        answer = client.get("/readyz")
    assert answer.json()["problems"] == [
        "The sweep for reminders has not run since the portal was set up."
    ]


@pytest.mark.django_db
def test_a_sweep_of_a_day_to_come_proves_nothing(client: Client) -> None:
    with clock.at(NINE + timedelta(days=300)):
        sweep_reminders()
    with clock.at(NINE):
        assert client.get("/readyz").status_code == 503


def test_the_first_sweep_makes_it_ready_again(client: Client, db: None) -> None:
    with clock.at(NINE):
        sweep_reminders()
    assert client.get("/readyz").status_code == 503
    sweep_reminders()
    assert client.get("/readyz").status_code == 200


def test_administrators_read_it_first_and_what_to_do(client_of: ClientOf, cast: Cast) -> None:
    admin = client_of(cast.system_administrator)
    with clock.at(NINE):
        sweep_reminders()
        assert OVERDUE not in admin.get("/admin/").content.decode()
    with clock.at(NINE + timedelta(minutes=16)):
        page = admin.get("/admin/").content.decode()
    assert OVERDUE in page
    assert "Look whether a worker, beat and Redis run." in page
    assert page.index(OVERDUE) < page.index("Organisations")
