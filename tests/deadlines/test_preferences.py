from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.test import Client

from deadlines.models import MailPreference
from deadlines.services.preferring import prefer, preferences_url
from deadlines.services.setting import meet_deadline
from tests.cast import Cast, person, person_of
from tests.conftest import ClientOf, Mailbox
from tests.deadlines.ringing import DUE, bell, on, swept
from tests.reading import words_at

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
    with on(DUE, 9, 31):
        urgent, digest = mailbox.all
    assert urgent.subject.startswith("Bell alarm:1")
    assert digest.subject == "2 things to see to on 1 March 2027"
    assert "- Bell bell:1: days:0\n  http://127.0.0.1:8000/bells/" in digest.body
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
        bell(cast, clause_key="bells")
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


def test_the_page_says_how_each_kind_comes_and_what_comes_next(
    cast: Cast, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deadlines.coming.NEXT", 5)  # all have the same hour
    three_bells(cast)
    with on(EARLY):
        bell(cast, kind="chime", subject_key="chime:1")
        bell(cast, who=cast.colleague, subject_key="bell:3")
        page = words_at(client_of(cast.manager), "/account/mail/")
    assert "so they cannot be switched off" in page
    assert "Alarms (always at once)" in page
    coming = page.split("What comes next")[1]
    assert (
        "29 January 2027 9:00 am GMT Reminder Bells 30 days before How it comes At once" in coming
    )
    assert coming.count("Bells") == 2
    assert "Chimes" in coming
    prefer(person=person_of(cast.manager), one_digest_a_day=True, switched_off=["chime"])
    with on(EARLY):
        coming = words_at(client_of(cast.manager), "/account/mail/").split("What comes next")[1]
    assert "Bells 30 days before How it comes In the daily e-mail" in coming
    assert "Alarms 30 days before How it comes At once, because it cannot wait" in coming
    assert "Chimes" not in coming


def test_who_comes_by_a_link_reads_of_no_agreement(cast: Cast, client: Client) -> None:
    three_bells(cast)
    path = preferences_url(person_of(cast.manager).pk).removeprefix("http://127.0.0.1:8000")
    with on(EARLY):
        page = words_at(client, path)
    assert "E-mails to Maud Manager" in page
    assert "What comes next" not in page


def test_a_link_works_for_ninety_days(client: Client, db: None) -> None:
    somebody = person("Una Unknown")
    with time_machine.travel("2027-01-01 12:00Z"):
        path = preferences_url(somebody.pk).removeprefix("http://127.0.0.1:8000")
    with time_machine.travel("2027-03-31 12:00Z"):
        assert client.get(path).status_code == 200
    with time_machine.travel("2027-04-02 12:00Z"):
        assert client.post(path, {"how": "daily"}).status_code == 404
        assert "This link no longer works" in client.get(path).content.decode()
    assert not MailPreference.objects.exists()


def test_whoever_saves_reads_what_they_chose(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.manager).post(
        "/account/mail/", {"how": "daily", "wanted": []}, follow=True
    )
    page = answer.content.decode()
    assert "Reminders come in one e-mail on each working day, at 9:30 am." in page
    assert "You do not get: " in page
    assert "Chimes" in page


def test_switched_off_kinds_are_neither_sent_nor_put_into_the_digest(
    cast: Cast, mailbox: Mailbox
) -> None:
    prefer(person=person_of(cast.manager), one_digest_a_day=True, switched_off=["chime"])
    with on(EARLY):
        bell(cast, kind="chime", subject_key="chime:1")
    swept(DUE)
    with on(DUE, 9, 31):
        assert mailbox.all == []


def test_a_digest_is_one_e_mail_however_often_it_is_swept(cast: Cast, mailbox: Mailbox) -> None:
    prefer(person=person_of(cast.manager), one_digest_a_day=True, switched_off=[])
    three_bells(cast)
    for minute in (1, 2, 5):
        swept(DUE, 9, minute)
    for hour in (10, 11, 23):
        with on(DUE, hour):
            sent = mailbox.all
    subjects = [mail.subject for mail in sent]
    assert sum("2 things to see to" in subject for subject in subjects) == 1
    assert len(subjects) == 2


def test_what_was_done_meanwhile_is_not_in_the_digest(cast: Cast, mailbox: Mailbox) -> None:
    prefer(person=person_of(cast.manager), one_digest_a_day=True, switched_off=[])
    three_bells(cast)
    swept(DUE)
    meet_deadline(kind="bell", subject_key="bell:1")
    with on(DUE, 9, 31):
        subjects = {mail.subject for mail in mailbox.all}
    assert subjects == {"Bell alarm:1: days:0", "Bell bell:2: days:0"}
