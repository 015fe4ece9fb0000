"""Saved e-mails as evidence on notices, decisions, reviews and the like (X12)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client

from agreements.core.emailing import things_of
from agreements.emails.services import enter_in_error, put_email, say_of_email
from agreements.models import Agreement, Change, Happening, SavedEmail
from documents.emails import SENTENCES, read_saved
from documents.models import StoredFile
from house import clock
from house.refusals import NotYours, Refused
from tests.agreements.emailed import (
    action_of,
    agreement_of,
    decision_of,
    notice_of,
    review_of,
)
from tests.cast import Cast, acting
from tests.conftest import ClientOf, Mailbox
from tests.emails import TEXT, eml, msg, put
from tests.once import made_once
from tests.pdf import a_pdf
from tests.reading import all_words, words_at, words_of

pytestmark = pytest.mark.django_db
NOW = datetime(2014, 3, 5, 10, tzinfo=UTC)
SECRET = "heron-4471 opening hours"


made, cast = made_once(notice_of)


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    return agreement_of(cast)


@pytest.fixture
def notice(cast: Cast) -> Change:
    return notice_of(cast)


def bring(client: Client, key: str, pk: int, file: bytes, name: str = "hours.eml") -> Any:
    at = f"/emails/on/{key}/{pk}/put/"
    return client.post(at, {"file": SimpleUploadedFile(name, file)}, follow=True)


@pytest.mark.parametrize(("name", "file"), [
    ("hours.eml", eml(subject=SECRET, files={"plan.pdf": a_pdf()})),
    ("hours.msg", msg(subject=SECRET, files={"plan.pdf": a_pdf()})),
])  # fmt: skip
def test_an_e_mail_on_a_notice_gives_its_sender_time_and_text_and_the_other_side_is_told(
    cast: Cast, client_of: ClientOf, notice: Change, mailbox: Mailbox, name: str, file: bytes
) -> None:
    with clock.at(NOW):
        page = words_of(bring(client_of(cast.other_colleague), "change", notice.pk, file, name))
        [told] = [m for m in mailbox.to(cast.manager.email) if "put on record" in m.subject]
    saved = SavedEmail.objects.get()
    assert "The e-mail is on record." in page
    assert "Petra Partner, petra.partner@eastmoor-ccg.example" in page
    assert "2:30 pm GMT on 4 March 2014" in page
    assert TEXT.replace("\n", " ") in page
    assert "plan.pdf" in page
    assert told.subject.startswith("E-mail put on record on 5 March 2014: with Eastmoor CCG")
    assert "heron" not in told.subject + str(told.body)
    assert f"/emails/{saved.public_id}/" in str(told.body)
    for who in (cast.manager, cast.viewer, cast.other_manager):
        assert SECRET in words_at(client_of(who), notice_page(notice))
    kept = client_of(cast.viewer).get(f"/emails/{saved.public_id}/file/")
    assert kept.content == file
    assert kept["Content-Disposition"].startswith("attachment")
    opened = client_of(cast.viewer).get(f"/emails/{saved.public_id}/attachments/0/")
    assert opened.content == a_pdf()


def notice_page(notice: Change) -> str:
    return f"/agreements/{notice.agreement.reference}/changes/{notice.pk}/"


def test_each_kind_of_thing_takes_e_mails_and_its_wall_is_theirs(
    cast: Cast, client_of: ClientOf, agreement: Agreement, notice: Change
) -> None:
    things: dict[str, Any] = {
        "change": notice, "review": review_of(cast), "approval": decision_of(cast),
        "agreement": agreement, "action": action_of(cast),
    }  # fmt: skip
    for key, thing in things.items():
        saved = put(acting(cast.other_manager), key, thing)
        pages = [f"/emails/on/{key}/{thing.pk}/", f"/emails/{saved.public_id}/",
                 f"/emails/{saved.public_id}/file/"]  # fmt: skip
        for page in pages:
            assert client_of(cast.viewer).get(page).status_code == 200
            assert client_of(cast.other_viewer).get(page).status_code == 200
            assert client_of(cast.stranger).get(page).status_code == 404
        assert client_of(cast.viewer).get(f"{pages[0]}put/").status_code == 403
        assert client_of(cast.stranger).get(f"{pages[0]}put/").status_code == 404
        url = things_of(key).said(thing).url.partition("#")[0]
        page = client_of(cast.other_viewer).get(url).content.decode()
        assert pages[0] in page or pages[1] in page
    assert client_of(cast.manager).get("/emails/on/nothing/1/").status_code == 404


def test_the_same_file_stands_once_on_a_thing_and_what_is_no_e_mail_gets_a_sentence(
    cast: Cast, client_of: ClientOf, notice: Change
) -> None:
    client = client_of(cast.other_manager)
    bring(client, "change", notice.pk, eml())
    again = words_of(bring(client, "change", notice.pk, eml()))
    assert "This e-mail is here already: Eastmoor CCG put it here on" in again
    macros = words_of(bring(client, "change", notice.pk, b"PK\x03\x04word/vbaProject", "x.eml"))
    assert SENTENCES["kind"] in macros
    assert SavedEmail.objects.count() == 1
    assert StoredFile.objects.filter(content_type="message/rfc822").count() == 1


def test_a_wrong_clock_and_a_forwarded_copy_are_said_beside_it(
    cast: Cast, client_of: ClientOf, notice: Change
) -> None:
    with clock.at(NOW):
        late = put(acting(cast.manager), "change", notice,
                   eml(subject="Fwd: hours", sent=NOW + timedelta(days=2)))  # fmt: skip
        early = put(acting(cast.manager), "change", notice, eml(sent=NOW - timedelta(days=60)))
        said = words_at(client_of(cast.viewer), f"/emails/{late.public_id}/")
        assert "A wrong clock: it says that it was sent later than it was put here" in said
        assert "it is a forwarded copy" in said
        before = words_at(client_of(cast.viewer), f"/emails/{early.public_id}/")
        assert "It was sent before this was recorded here, on 4 March 2014." in before


def test_the_other_side_says_that_it_is_not_right_and_whoever_put_it_there_is_told(
    cast: Cast, client_of: ClientOf, notice: Change, mailbox: Mailbox
) -> None:
    saved = put(acting(cast.other_manager), "change", notice)
    at = f"/emails/{saved.public_id}/"
    assert client_of(cast.other_colleague).get(f"{at}answer/").status_code == 403
    sent = client_of(cast.colleague).post(
        f"{at}answer/", {"answer": "no", "because": "We never got it."}, follow=True
    )
    assert "Said to be not right" in words_of(sent)
    assert "said that it is not right on" in words_of(sent)
    assert "We never got it." in words_at(client_of(cast.other_viewer), at)
    [told] = [m for m in mailbox.to(cast.other_manager.email) if "not right" in m.subject]
    assert told.subject.startswith("E-mail on record said to be not right on")
    say_of_email(by=acting(cast.manager), email=saved, agrees=True)
    assert "Confirmed" in words_at(client_of(cast.viewer), at)
    assert saved.words.count() == 2


def test_what_was_entered_in_error_stays_with_its_own_organisation(
    cast: Cast, client_of: ClientOf, notice: Change, mailbox: Mailbox
) -> None:
    saved = put(acting(cast.other_manager), "change", notice, eml(subject=SECRET))
    at = f"/emails/{saved.public_id}/"
    with pytest.raises(NotYours):
        enter_in_error(by=acting(cast.manager), email=saved, because="Not ours.")
    client_of(cast.other_colleague).post(f"{at}error/", {"because": "It named a patient."})
    theirs, ours = words_at(client_of(cast.viewer), at), words_at(client_of(cast.other_viewer), at)
    assert "It named a patient." in theirs
    assert "heron" not in theirs
    assert "opening hours from May" not in theirs
    assert SECRET in ours
    assert "heron" not in words_at(client_of(cast.viewer), notice_page(notice))
    assert client_of(cast.viewer).get(f"{at}file/").status_code == 404
    assert client_of(cast.other_viewer).get(f"{at}file/").status_code == 200
    assert any("entered in error" in m.subject for m in mailbox.to(cast.manager.email))
    with pytest.raises(Refused, match="entered in error"):
        say_of_email(by=acting(cast.manager), email=saved, agrees=True)
    put(acting(cast.other_manager), "change", notice, eml(subject=SECRET))  # the same file again


def test_an_attachment_that_is_not_opened_says_why_on_the_page(
    cast: Cast, client_of: ClientOf, notice: Change
) -> None:
    files = {"run.exe": b"MZ\x90", "broken.pdf": b"%PDF-1.4 nothing"}
    saved = put(acting(cast.manager), "change", notice, eml(files=files))
    at, client = f"/emails/{saved.public_id}/", client_of(cast.other_viewer)
    assert "“broken.pdf” was not opened." in words_of(
        client.get(f"{at}attachments/1/", follow=True)
    )
    assert "stays in the e-mail" in words_of(client.get(f"{at}attachments/0/", follow=True))
    assert client.get(f"{at}attachments/2/").status_code == 404
    assert "attachments/0/" not in client.get(at).content.decode()


def test_what_is_on_record_never_changes_and_the_history_names_no_word_of_it(
    cast: Cast, client_of: ClientOf, agreement: Agreement, notice: Change
) -> None:
    saved = put(acting(cast.other_manager), "change", notice, eml(subject=SECRET))
    for change in ({"text": "Other words"}, {"subject": "x"}, {"sha256": "0" * 64}):
        with pytest.raises(DatabaseError), transaction.atomic():
            SavedEmail.objects.filter(pk=saved.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        SavedEmail.objects.filter(pk=saved.pk).delete()
    history = words_at(client_of(cast.viewer), f"/agreements/{agreement.reference}/history/")
    assert "put an e-mail on record, about the notice of withdrawal" in history
    assert "heron" not in all_words(client_of(cast.viewer), agreement).replace(SECRET, "")
    assert Happening.objects.filter(verb="email_put").count() == 1


def test_who_may_only_read_or_has_no_part_puts_nothing(cast: Cast, notice: Change) -> None:
    for who in (cast.viewer, cast.stranger):
        with pytest.raises(NotYours):
            put_email(by=acting(who), things=things_of("change"), thing=notice,
                      read=read_saved(eml()))  # fmt: skip


def test_a_page_asks_as_much_for_sixty_e_mails_as_for_two(
    cast: Cast, client_of: ClientOf, notice: Change, django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        put(acting(cast.manager), "change", notice, eml(subject=f"Hours {number}"))
    client = client_of(cast.other_viewer)
    with django_assert_max_num_queries(20):
        page = words_at(client, notice_page(notice))
    assert "Hours 59" in page
    assert "Hours 3 " not in page
    with django_assert_max_num_queries(20):
        words_at(client, f"/emails/{SavedEmail.objects.latest('pk').public_id}/")
