"""Key contacts answer without an account; a manager confirms all on one page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from agreements.models import Agreement, ContactConfirmation
from deadlines.models import Deadline
from mou_portal.home_page import HomePage
from parties.models import Person, User
from tests.agreements.contacted import (
    ASKED_BY,
    FIRST,
    asked_by_mail,
    due_to_confirm,
    of_lena,
    with_lena,
)
from tests.agreements.reviewed import on
from tests.bad_input import BAD_TEXTS
from tests.cast import Cast, acting, person_of
from tests.conftest import Mailbox
from tests.once import made_once
from tests.reading import all_words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_but_agreements")]
ClientOf = Callable[[User], Client]
DAY = timedelta(days=1)
made, cast = made_once(with_lena)


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    return with_lena(cast)


def test_opening_the_link_does_nothing_and_one_press_confirms(
    cast: Cast, client: Client, client_of: ClientOf, agreement: Agreement, mailbox: Mailbox
) -> None:
    path = asked_by_mail(mailbox, FIRST)
    with on(FIRST):
        for _ in "12":
            page = client.get(path).content.decode()
        assert "Eastmoor CCG has named Lena Lead as:" in page
        assert "Lead clinician for the MoU with Northern Moors Area Team (MOU-0001)" in page
        assert not ContactConfirmation.objects.exists()
        page = client.post(path, {"answer": "right"}, follow=True).content.decode()
        assert "Thank you. Your answer is recorded." in page
        assert "Nothing is left to confirm" in page
        # The link is good for one answer.
        client.post(path, {"answer": "no_longer"})
        shown = all_words(client_of(cast.viewer), agreement)
    [said] = ContactConfirmation.objects.all()
    assert (said.contact, said.answer, said.way, said.user) == (of_lena(), "right", "by_link", None)
    assert "Lena Lead Confirmed on 20 July 2026" in shown
    assert "Lena Lead confirmed that they are still lead clinician for Eastmoor CCG." in shown
    # No news is no news: the other side gets no e-mail.
    assert not [m for m in mailbox.to(cast.manager.email) if "Key contacts changed" in m.subject]


def test_new_details_are_kept_and_the_other_side_is_told(
    cast: Cast, client: Client, agreement: Agreement, mailbox: Mailbox
) -> None:
    path = asked_by_mail(mailbox, FIRST)
    said = {"answer": "changed", "name": "Lena Leader", "job_title": "Chair",
            "email": "leader@ccg.example"}  # fmt: skip
    with on(FIRST):
        assert "Enter your name" in client.post(path, said | {"name": ""}).content.decode()
        client.post(path, said)
        news = [mail.subject for mail in mailbox.to(cast.manager.email)]
        [left] = [m for m in mailbox.to("lena@ccg.example") if "was changed" in m.subject]
    contact = of_lena()
    assert contact.person
    assert (contact.person.name, contact.person.email, contact.job_title) == (
        "Lena Leader", "leader@ccg.example", "Chair",
    )  # fmt: skip
    assert sum("Key contacts changed" in subject for subject in news) == 1
    assert "leader@ccg.example" not in left.body
    assert ContactConfirmation.objects.get().answer == "changed"


def test_who_is_it_no_longer_leaves_a_vacancy_and_may_name_somebody(
    cast: Cast, client: Client, client_of: ClientOf, agreement: Agreement, mailbox: Mailbox
) -> None:
    path = asked_by_mail(mailbox, FIRST)
    with on(FIRST):
        said = {"answer": "no_longer", "suggestion": "Ask Dr <b>Novak</b>"}
        page = client.post(path, said, follow=True).content.decode()
        assert "Eastmoor CCG is told, and names somebody else." in page
        theirs, ours = client_of(cast.other_manager), client_of(cast.manager)
        shown = all_words(ours, agreement)
        assert "Eastmoor CCG has no lead clinician." in shown
        assert "Lena Lead said that they are no longer lead clinician for Eastmoor CCG." in shown
        assert "Novak" not in shown
        own = theirs.get(f"/agreements/{agreement.reference}/contacts/").content.decode()
        assert "Ask Dr &lt;b&gt;Novak&lt;/b&gt;" in own
        assert [m for m in mailbox.to(cast.manager.email) if "Key contacts changed" in m.subject]
        [todo] = [t for t in HomePage(acting(cast.other_manager)).mine if "Name" in t.sentence]
    assert todo.sentence == "Name a lead clinician for the MoU with Northern Moors Area Team"
    vacant = Deadline.objects.still_open().get(kind="role_vacant")
    assert vacant.occurrence == "lead_clinician"


def test_an_address_that_others_have_is_taken_and_nothing_is_said_of_them(
    cast: Cast, client: Client, agreement: Agreement, mailbox: Mailbox
) -> None:
    path = asked_by_mail(mailbox, FIRST)
    said = {"answer": "changed", "name": "Lena Lead", "job_title": "", "email": cast.manager.email}
    with on(FIRST):
        page = client.post(path, said, follow=True).content.decode()
    assert "Maud Manager" not in page
    contact = of_lena()
    assert contact.person
    assert contact.person.email == cast.manager.email
    assert cast.manager.person != contact.person


def test_a_manager_confirms_all_on_one_page(
    cast: Cast, client_of: ClientOf, agreement: Agreement
) -> None:
    at = f"/agreements/{agreement.reference}/contacts/"
    with on(ASKED_BY + DAY):
        client = client_of(cast.other_manager)
        page = client.get(at).content.decode()
        assert "Late" in page
        page = client.post(at, follow=True).content.decode()
        assert "3 key contacts confirmed." in page
        assert "On the page of contacts, by Olga Other" in page
        assert "Late" not in page
        assert client_of(cast.other_viewer).get(at).status_code == 403
        assert client_of(cast.stranger).get(at).status_code == 404
    assert due_to_confirm().due_on == date(2027, 2, 4)
    # Each party confirms its own.
    assert due_to_confirm("area_team").due_on == ASKED_BY


def test_a_link_of_somebody_with_an_account_keeps_the_address_they_log_in_with(
    cast: Cast, client: Client, agreement: Agreement, mailbox: Mailbox
) -> None:
    path, address = (
        asked_by_mail(mailbox, FIRST, cast.other_manager.email),
        cast.other_manager.email,
    )
    with on(FIRST):
        page = client.get(path).content.decode()
        assert "Your e-mail address" not in page
        said = {"answer": "changed", "name": "Olga Otter", "job_title": "", "email": "x@y.example"}
        client.post(path, said)
    cast.other_manager.refresh_from_db()
    assert (cast.other_manager.email, person_of(cast.other_manager).pk) == (
        address, Person.objects.get(name="Olga Otter").pk,
    )  # fmt: skip


@pytest.mark.parametrize("token", ["x", "1:2:3", "WyJwZXJzb24iLDEsMV0:1abc:xyz"])
def test_a_link_that_is_not_ours_opens_nothing(client: Client, db: None, token: str) -> None:
    for answer in (client.get, client.post):
        page = answer(f"/agreements/mail/{token}/")
        assert page.status_code == 404
        assert "This link no longer works" in page.content.decode()


def test_an_old_link_opens_nothing(client: Client, agreement: Agreement, mailbox: Mailbox) -> None:
    path = asked_by_mail(mailbox, FIRST)
    with time_machine.travel(date(2027, 3, 1)):
        assert client.post(path, {"answer": "right"}).status_code == 404
    assert not ContactConfirmation.objects.exists()


@pytest.mark.parametrize("text", BAD_TEXTS.values(), ids=BAD_TEXTS)
def test_the_form_does_not_break(
    client: Client, client_of: ClientOf, cast: Cast, agreement: Agreement, mailbox: Mailbox,
    text: str,
) -> None:  # fmt: skip
    path = asked_by_mail(mailbox, FIRST)
    names = ("answer", "name", "email", "job_title", "roles", "suggestion")
    with on(FIRST):
        assert client.post(path, dict.fromkeys(names, text)).status_code == 200
        said = {"answer": "changed", "name": text, "job_title": text, "email": "n@ccg.example"}
        assert client.post(path, said).status_code in {200, 302}
        said = {"answer": "no_longer", "suggestion": text}
        assert client.post(path, said).status_code in {200, 302}
        ours = f"/agreements/{agreement.reference}/"
        pages = [client_of(cast.manager).get(f"{ours}{page}") for page in ("people/", "history/")]
    assert all(page.status_code == 200 for page in pages)
    assert not any(b"<script>alert" in page.content for page in pages)
