from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from deadlines.links import preferences_url
from deadlines.models import MailPreference
from deadlines.services.preferring import prefer
from tests.cast import Cast, person, person_of
from tests.conftest import ClientOf, Mailbox
from tests.deadlines.ringing import DUE, bell, on, swept

pytestmark = pytest.mark.django_db
EARLY = date(2027, 1, 1)


def three_bells(cast: Cast) -> None:
    with on(EARLY):
        for key in ("bell:1", "bell:2"):
            bell(cast, subject_key=key)
        bell(cast, kind="alarm", subject_key="alarm:1")


def test_a_digest_tells_the_days_reminders_in_one_e_mail(cast: Cast, mailbox: Mailbox) -> None:
    prefer(person=person_of(cast.manager), one_digest_a_day=True, switched_off=[])
    three_bells(cast)
    assert swept(DUE) == 3
    with on(DUE, 9, 5):
        (urgent,) = mailbox.all
    assert urgent.subject.startswith("Bell alarm:1")
    with on(DUE, 9, 31):
        _, digest = mailbox.all
    assert digest.subject == "MoUs: 2 things to see to (1 March 2027)"
    assert "- Bell bell:1 rings on 1 March 2027.\n  http://127.0.0.1:8000/bells/" in digest.body
    assert "you asked for one e-mail a day" in digest.body


def test_what_is_told_after_the_digest_waits_for_the_next(cast: Cast, mailbox: Mailbox) -> None:
    prefer(person=person_of(cast.manager), one_digest_a_day=True, switched_off=[])
    with on(DUE, 11):
        bell(cast)
    swept(DUE, 11, 1)
    with on(DUE, 23, 59):
        assert mailbox.all == []
    with on(date(2027, 3, 2), 9, 30):
        assert len(mailbox.all) == 1


def test_what_a_clause_requires_cannot_be_switched_off(cast: Cast, mailbox: Mailbox) -> None:
    prefer(person=person_of(cast.manager), one_digest_a_day=False, switched_off=["bell", "chime"])
    with on(EARLY):
        bell(cast)
        bell(cast, kind="chime", subject_key="chime:1")
    swept(DUE)
    with on(DUE):
        (mail,) = mailbox.all
    assert mail.subject.startswith("Bell bell:1")
    assert "The MoU asks for this reminder, so it cannot be switched off." in mail.body


def test_somebody_without_an_account_chooses_through_the_link(client: Client, db: None) -> None:
    somebody = person("Una Unknown")
    path = preferences_url(somebody.pk).removeprefix("http://127.0.0.1:8000")
    assert client.get(path).status_code == 200
    assert not MailPreference.objects.exists()
    client.post(path, {"how": "daily", "wanted": []})
    wishes = MailPreference.objects.get()
    assert (wishes.person, wishes.one_digest_a_day) == (somebody, True)
    assert "chime" in wishes.switched_off
    assert "bell" not in wishes.switched_off


def test_a_link_that_is_not_ours_changes_nothing(client: Client, db: None) -> None:
    assert client.post("/mail/forged:link/", {"how": "daily"}).status_code == 404
    assert not MailPreference.objects.exists()


def test_whoever_is_logged_in_finds_it_in_their_account(cast: Cast, client_of: ClientOf) -> None:
    page = client_of(cast.manager).get("/account/mail/").content.decode()
    assert "E-mails to Maud Manager" in page
    assert "Bells" in page
