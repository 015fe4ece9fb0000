"""By a link a practice without an account says whether a registered copy is right (record 0052)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from agreements.contacts.services.answering import answer_by_link
from agreements.contacts.services.naming import end_contact
from agreements.core.by_link import ANSWERS_COPY
from agreements.models import Confirmation, ContactProposal, CopyChange, RegisteredCopy
from agreements.register.changing import correct_registration, withdraw_registration
from agreements.register.facts import facts_of
from audit.models import Entry
from house import clock
from mail.links.sending import recall
from mail.models import Delivery, SentLink
from parties.models import Role
from tests.agreements.registered import again, registered
from tests.agreements.reviewed import on
from tests.cast import Cast, acting, user
from tests.conftest import ClientOf, Mailbox
from tests.pdf import a_pdf_that_says
from tests.reading import words, words_of
from tests.typed import fields_of
from tests.without_account import ADDRESS, NAME, link_in, practice_template

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_but_agreements")]
BY_LINK = f"{NAME}, by the link sent to s…@beckside.example"


def _registered(cast: Cast) -> RegisteredCopy:
    """With Beckside Surgery, which has nobody here; its lead was entered and is asked by e-mail."""
    lead = {"name": NAME, "email": ADDRESS, "job_title": "Practice manager"}
    return registered(
        cast, source=practice_template(cast.area_team), words="Canary of the file.",
        sides={"area_team": cast.area_team, "practice": cast.practice},
        contacts={"practice": {"lead": {"person": lead}}},
    )  # fmt: skip


def _told(cast: Cast, mailbox: Mailbox) -> tuple[RegisteredCopy, str]:
    """She says that she is the lead; what the newest e-mail to her leads to."""
    copy = _registered(cast)
    answer_by_link(proposal=ContactProposal.objects.get(), yes=True)
    return copy, link_in(mailbox)


def test_before_anybody_is_named_nobody_is_told(cast: Cast, mailbox: Mailbox) -> None:
    _registered(cast)
    assert [mail.subject.partition("?")[0] for mail in mailbox.to(ADDRESS)] == [
        "Are you a practice lead of Beckside Surgery"
    ]
    assert not SentLink.objects.filter(purpose=ANSWERS_COPY.key).exists()


def test_once_she_is_named_she_is_told_once_and_confirms_it(
    cast: Cast, client: Client, client_of: ClientOf, mailbox: Mailbox
) -> None:
    copy, path = _told(cast, mailbox)
    assert "Confirm the copy registered on" in mailbox.to(ADDRESS)[-1].subject
    page = words_of(client.get(path))
    assert "Is the registered copy right?" in page
    assert "Northern Moors Area Team and Beckside Surgery" in page
    assert client.get(f"{path}pdf/").content == a_pdf_that_says("Canary of the file.")
    done = words_of(client.post(path, {"answer": "yes"}, follow=True))
    assert "We told the MoU manager of Northern Moors Area Team." in done
    said = Confirmation.objects.get()
    assert (said.agrees, said.by_link, said.organisation) == (True, BY_LINK, cast.practice)
    assert f"{BY_LINK} confirmed it for Beckside Surgery" in words(
        client_of(cast.viewer), copy.agreement
    )
    assert Entry.objects.get(verb="copy_confirmed").payload["by_link"] == BY_LINK
    assert "Registered copy confirmed" in mailbox.to(cast.manager.email)[-1].subject
    assert Delivery.objects.filter(kind="copy_registered", address=ADDRESS).count() == 1


def test_she_says_what_is_not_right_and_who_registered_it_puts_it_right(
    cast: Cast, client: Client, client_of: ClientOf, mailbox: Mailbox
) -> None:
    copy, path = _told(cast, mailbox)
    assert "Say what is not right" in words_of(client.post(path, {"answer": "no"}))
    client.post(path, {"answer": "no", "because": "We signed in May."})
    page = words(client_of(cast.manager), copy.agreement)
    assert "Put the registration right Waiting for you. Not right: “We signed in May.”" in page
    assert f"{BY_LINK} said for Beckside Surgery" in page
    history = words(client_of(cast.viewer), copy.agreement, "history/")
    assert f"{BY_LINK} said that the registered copy is not right." in history
    assert ADDRESS not in history


def test_used_twice_it_says_what_she_said_and_notes_nothing_new(
    cast: Cast, client: Client, mailbox: Mailbox
) -> None:
    _, path = _told(cast, mailbox)
    for _ in "12":
        client.post(path, {"answer": "yes"})
    assert Confirmation.objects.count() == 1
    assert f"{BY_LINK} said on" in words_of(client.get(path))
    client.post(path, {"answer": "no", "because": "I looked again: page 2 is missing."})
    assert [said.agrees for said in Confirmation.objects.all()] == [True, False]


def test_forwarded_it_is_still_her_link_and_opening_writes_nothing(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    """A mail scanner opens every link; a colleague has it from her and is logged in."""
    _, path = _told(cast, mailbox)
    before, stranger = _written(), client_of(cast.stranger)
    for _ in "123":
        assert stranger.get(path).status_code == stranger.get(f"{path}pdf/").status_code == 200
    assert _written() == before
    stranger.post(path, {"answer": "yes"})
    assert Confirmation.objects.get().by_link == BY_LINK
    assert stranger.get("/agreements/MOU-0001/").status_code == 404


def test_each_end_of_the_link_has_its_sentence(
    cast: Cast, client: Client, mailbox: Mailbox
) -> None:
    copy, path = _told(cast, mailbox)
    with on(clock.today() + timedelta(days=61)):
        assert "It worked for 60 days, and these are over." in _gone(client, path)
    withdraw_registration(by=acting(cast.manager), copy=again(copy), because="Wrong practice.")
    for each in (path, f"{path}pdf/"):
        assert "The registration was withdrawn. There is nothing to check." in _gone(client, each)
    subject = SentLink.objects.get(purpose=ANSWERS_COPY.key).subject
    recall(ANSWERS_COPY, [subject], "It went to the wrong address.")
    assert "It went to the wrong address." in _gone(client, path)


def test_who_is_no_contact_any_more_says_nothing_by_it(
    cast: Cast, client: Client, mailbox: Mailbox
) -> None:
    copy, path = _told(cast, mailbox)
    manager = user("Nia Newcome", cast.practice, Role.MANAGER)
    party = copy.agreement.parties.get(slot="practice")
    end_contact(by=acting(manager), party=party, role="lead")
    for each in (path, f"{path}pdf/"):
        assert "You are no longer a key contact of this MoU." in _gone(client, each)
    assert client.post(path, {"answer": "yes"}).status_code == 404
    assert not Confirmation.objects.exists()


def _gone(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 404
    return " ".join(answer.content.decode().split())


def _written() -> list[int]:
    return [rows.objects.count() for rows in (Entry, Confirmation, Delivery)]


def test_a_correction_that_waits_for_her_word_is_answered_by_a_link_too(
    cast: Cast, client: Client, client_of: ClientOf, mailbox: Mailbox
) -> None:
    copy, path = _told(cast, mailbox)
    client.post(path, {"answer": "yes"})
    facts = replace(facts_of(again(copy)), title="Visits")
    change = correct_registration(
        by=acting(cast.manager), copy=again(copy), facts=facts, because="The title was cut."
    )
    assert change.state == CopyChange.State.ASKED
    path = link_in(mailbox)
    page = words_of(client.get(path))
    assert "Title Visits, not Quality" in page
    assert "The reason The title was cut." in page
    client.post(path, {"answer": "yes"})
    assert again(copy).agreement.title == "Visits"
    overview = words(client_of(cast.viewer), again(copy).agreement)
    assert f"{BY_LINK} confirmed it for Beckside Surgery" in overview
    assert "It was answered: made." in words_of(client.get(path))
    assert client.post(path, {"answer": "no", "because": "No."}).status_code == 200
    assert again(copy).agreement.title == "Visits"


def test_nobody_confirms_what_was_corrected_after_the_page_was_opened(
    cast: Cast, client: Client, client_of: ClientOf, mailbox: Mailbox
) -> None:
    copy, path = _told(cast, mailbox)
    opened = fields_of(client.get(path).content.decode())
    right = replace(facts_of(copy), end_on=clock.today() + timedelta(days=900))
    correct_registration(by=acting(cast.manager), copy=copy, facts=right, because="A slip.")
    page = client.post(path, opened | {"answer": "yes"}, follow=True)
    assert "It was corrected since you opened this page." in words_of(page)
    assert not Confirmation.objects.exists()
    client.post(path, fields_of(page.content.decode()) | {"answer": "yes"})
    assert Confirmation.objects.get().agrees
