"""Feedback to one practice, in the log of heads-ups: who was told what, when, who has read it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from agreements.models import Happening
from communications.heads_ups.measures import measures
from communications.heads_ups.services.feedback import give_feedback, take_back_feedback
from communications.models import HeadsUp, Told
from house import clock
from house.refusals import NotYours, Refused
from mail.sweep import send_due
from mou_portal.home_page import HomePage
from tests.cast import Cast, acting
from tests.communications import desk
from tests.communications.desk import NOW
from tests.communications.doing import send
from tests.communications.telling import answers, at, link_in
from tests.conftest import ClientOf, Mailbox
from tests.reading import words_at

pytestmark = pytest.mark.django_db
ADDRESS = "manager@beckside.example"
SAID = {
    "practice_name": "Beckside", "address": ADDRESS, "title": "canary-teal-1904: your plan",
    "text": "The plan is **canary-knot-2716**.",
}  # fmt: skip


def given(cast: Cast, client_of: ClientOf, **said: str) -> str:
    agreement = desk.bilateral(cast)
    page = f"/heads-ups/feedback/{agreement.reference}/"
    return send(client_of(cast.colleague), page, **SAID | said)


def test_a_practice_is_told_reads_it_by_a_link_and_the_log_says_when(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    with clock.at(NOW):
        assert "We are telling Beckside by e-mail." in given(cast, client_of)
        send_due()
        (mail,) = mailbox.to(ADDRESS)
        assert "eedback to your practice to read" in mail.subject
        assert "canary" not in f"{mail.subject}{mail.body}"
        path = link_in(mailbox, ADDRESS)
    with clock.at(NOW + timedelta(hours=3)):
        link = client_of(cast.nobody)
        assert "canary-knot-2716" in words_at(link, path)
        assert "it is noted that you have read it" in send(link, path)
        page = words_at(client_of(cast.viewer), at(HeadsUp.objects.get()))
    assert "Feedback to a practice, from Northern Moors Area Team" in page
    assert "Beckside, by the link sent to m…@beckside.example" in page
    assert "All members of the parties" not in page


def test_nobody_but_its_owner_and_who_was_told_reads_it(cast: Cast, client_of: ClientOf) -> None:
    given(cast, client_of)
    feedback = HeadsUp.objects.get()
    for user in (cast.other_manager, cast.other_viewer, cast.stranger):
        assert client_of(user).get(at(feedback)).status_code == 404
        assert "canary" not in words_at(client_of(user), "/heads-ups/")
    assert client_of(cast.viewer).get(at(feedback)).status_code == 200
    [happening] = Happening.objects.filter(verb="feedback_given")
    assert happening.data == {}
    agreement, today = happening.agreement, clock.today()
    assert {each.state for each in answers(cast.viewer, agreement).values()} == {"nothing_yet"}
    assert measures([agreement], today, today) == {agreement.pk: []}
    assert "Told" in words_at(client_of(cast.viewer), "/heads-ups/")


def test_a_party_is_told_through_its_contact_who_finds_it_on_home(
    cast: Cast, client_of: ClientOf
) -> None:
    said: dict[str, Any] = {
        "by": acting(cast.colleague), "agreement": desk.bilateral(cast), "practice": cast.ccg,
        "title": "Plan", "text": "Good.",
    }  # fmt: skip
    feedback = give_feedback(**said)
    assert Told.objects.get().person == cast.other_colleague.person
    sentences = [todo.sentence for todo in HomePage(acting(cast.other_colleague)).mine]
    assert "Read the feedback “Plan”" in sentences
    client_of(cast.other_colleague).post(at(feedback, "acknowledge/"))
    assert "Read the feedback" not in str(HomePage(acting(cast.other_colleague)).mine)
    assert give_feedback(**said) == feedback
    other = give_feedback(**said | {"title": "Another"})
    take_back_feedback(by=said["by"], feedback=other, because="The other practice.")
    assert "Another" not in str(HomePage(acting(cast.other_colleague)).mine)
    assert client_of(cast.other_colleague).get(at(other)).status_code == 404


def test_what_was_given_in_error_is_taken_back_and_its_link_opens_it_no_more(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    given(cast, client_of)
    send_due()
    path, feedback = link_in(mailbox, ADDRESS), HeadsUp.objects.get()
    assert client_of(cast.viewer).get(at(feedback, "take-back/")).status_code == 403
    page = send(client_of(cast.manager), at(feedback, "take-back/"), because="The other practice.")
    for said in ("Taken back", "The other practice."):
        assert said in page
    answer = client_of(cast.nobody).get(path)
    assert answer.status_code == 404
    assert "canary" not in answer.content.decode()
    assert "It was given in error, and taken back." in answer.content.decode()
    assert client_of(cast.manager).get(at(feedback, "take-back/")).status_code == 404
    given(cast, client_of)
    assert HeadsUp.objects.filter(state="sent").count() == 1


def test_bad_input_is_said_on_the_form_and_nothing_is_lost(cast: Cast, client_of: ClientOf) -> None:
    page = given(cast, client_of, address="")
    assert "Nobody of Beckside can be told here. Enter its e-mail address." in page
    assert "canary-knot-2716" in page
    assert "Say which practice" in given(cast, client_of, practice_name="")
    assert not HeadsUp.objects.exists()
    agreement = desk.bilateral(cast)
    for user in (cast.viewer, cast.stranger):
        with pytest.raises((NotYours, Refused)):
            give_feedback(
                by=acting(user), agreement=agreement, title="A", text="B", address=ADDRESS,
                practice_name="Beckside",
            )  # fmt: skip
