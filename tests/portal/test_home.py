"""The home page, the account page, the accessibility statement, the demonstration's mailbox."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from pytest_django.fixtures import Settings

from house.answers import AgreementRow
from mail.sweep import send_due
from nhsuk.components import Tag
from tests.cast import Cast
from tests.conftest import ClientOf
from tests.portal.answers import Answers, todo

TUESDAY = "2014-09-02 10:00+01:00"


@time_machine.travel(TUESDAY, tick=False)
def test_what_needs_me_stands_in_order_of_time(
    client_of: ClientOf, cast: Cast, answers: Answers
) -> None:
    answers.todos = [
        todo("Answer the draft", date(2014, 10, 1)),
        todo("Sign version 1.0", date(2014, 9, 5)),
        todo("Name a key contact"),
        todo("Approve version 0.3", date(2014, 9, 1)),
        todo("Confirm the scan", waits_for="Eastmoor CCG"),
    ]
    page = client_of(cast.manager).get("/").content.decode()
    words = [
        "Today (2, 1 late)",
        "Approve version 0.3",
        "1 day late: it was due on 1 September 2014",
        "Name a key contact",
        "This week (1)",
        "Due in 3 working days, on 5 September 2014",
        "Next 60 days (1)",
        "Answer the draft",
        "Waiting for others (1)",
        "Waits for Eastmoor CCG",
    ]
    places = [page.index(word) for word in words]
    assert places == sorted(places)


def test_who_may_add_an_agreement_starts_one_from_here(client_of: ClientOf, cast: Cast) -> None:
    page = client_of(cast.colleague).get("/").content.decode()
    assert 'href="/agreements/new/"' in page
    assert 'href="/agreements/new/signed/"' in page
    assert "/agreements/new/" not in client_of(cast.viewer).get("/").content.decode()


@time_machine.travel(TUESDAY, tick=False)
def test_a_day_without_work_says_so_and_names_the_next_date(
    client_of: ClientOf, cast: Cast, answers: Answers
) -> None:
    answers.todos = [todo("Answer the draft", date(2014, 10, 1))]
    page = client_of(cast.manager).get("/").content.decode()
    assert "Nothing needs you today. The next date is 1 October 2014, in 21 working days." in page
    answers.todos = []
    assert "No date is near." in client_of(cast.manager).get("/").content.decode()


def test_my_agreements_stand_with_state_and_next_date(
    client_of: ClientOf, cast: Cast, answers: Answers
) -> None:
    tag = Tag("In force", "green")
    answers.rows = [AgreementRow("MOU-0001", "MoU with <Eastmoor>", "/x/", tag, "3 September 2014")]
    page = client_of(cast.manager).get("/").content.decode()
    assert "MoU with &lt;Eastmoor&gt;" in page
    assert "In force" in page
    assert "3 September 2014" in page


# --- The account ----------------------------------------------------------------------------


def test_the_account_page_shows_who_one_is(client_of: ClientOf, cast: Cast) -> None:
    page = client_of(cast.stranger).get("/account/").content.decode()
    for words in (
        "Stella Stranger",
        cast.stranger.email,
        "Farvale CCG",
        "Organisation administrator",
    ):
        assert words in page
    assert "Second factor" in page


def test_the_accessibility_statement_is_open_to_all(
    client: Client, db: None, settings: Settings
) -> None:
    page = client.get("/accessibility/").content.decode()
    assert "Web Content Accessibility Guidelines 2.2, level AA" in page


# --- The mailbox ----------------------------------------------------------------------------


@pytest.fixture
def demonstration(settings: Settings, tmp_path: Path, client: Client, cast: Cast) -> None:
    """A demonstration in which somebody has asked for a new password."""
    settings.DEMONSTRATION = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FOLDER = settings.EMAIL_FILE_PATH = str(tmp_path)
    client.post("/account/password/reset/", {"email": cast.manager.email})
    send_due()


@pytest.mark.usefixtures("demonstration")
def test_a_system_administrator_reads_what_would_have_been_sent(
    client_of: ClientOf, cast: Cast
) -> None:
    client = client_of(cast.system_administrator)
    page = client.get("/demonstration/mail/").content.decode()
    assert "Choose a new password: MoU portal" in page
    path = page.split('href="/demonstration/mail/')[1].split('"')[0]
    shown = client.get(f"/demonstration/mail/{path}").content.decode()
    assert 'href="http://127.0.0.1:8000/account/password/reset/key/' in shown
    assert "&lt;html" in shown.lower() or "&lt;!doctype" in shown.lower()


@pytest.mark.usefixtures("demonstration")
def test_others_do_not(client_of: ClientOf, cast: Cast) -> None:
    for user in (cast.manager, cast.administrator):
        assert client_of(user).get("/demonstration/mail/").status_code == 403


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("name", ["nothing", "..", "%2e%2e%2fsecret"])
def test_other_files_are_not_reached(name: str, client_of: ClientOf, cast: Cast) -> None:
    client = client_of(cast.system_administrator)
    assert client.get(f"/demonstration/mail/{name}/").status_code == 404


def test_outside_a_demonstration_there_is_none(client_of: ClientOf, cast: Cast) -> None:
    client = client_of(cast.system_administrator)
    assert client.get("/demonstration/mail/").status_code == 404
