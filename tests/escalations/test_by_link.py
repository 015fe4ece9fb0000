"""By a link a key contact without an account says what is not right, raises and answers issues.

Lena Lead is MoU manager of Eastmoor CCG for this MoU, by e-mail alone.
"""

from __future__ import annotations

import pytest
from django.test import Client

from agreements.contacts.services.naming import end_contact, name_contact
from agreements.models import Agreement, ReviewAnswer
from audit.models import Entry
from escalations.models import Disagreement, Step
from house import clock
from mail.models import Delivery
from meetings.models import MeetingAnswer, Series
from meetings.services.recording import Account, record_elsewhere
from parties.models import Membership
from tests.agreements.contacted import lena
from tests.agreements.reviewed import reviewed
from tests.cast import Cast, acting
from tests.conftest import ClientOf, Mailbox
from tests.disagreements import SUBJECT, in_force, opened
from tests.once import made_once
from tests.without_account import link_in

pytestmark = pytest.mark.django_db
LENA = "lena@ccg.example"
BY_LINK = "Lena Lead, by the link sent to l…@ccg.example"


def _with_lena(cast: Cast) -> Agreement:
    agreement = in_force(cast)
    party = agreement.parties.get(slot="ccg")
    name_contact(by=acting(cast.other_manager), party=party, role="mou_manager", person=lena())
    return agreement


made, cast = made_once(_with_lena)


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    return Agreement.objects.get()


def _words_of(client: Client, path: str) -> str:
    return " ".join(client.get(path).content.decode().split())


@pytest.mark.duty("X17")
def test_she_says_that_the_record_of_a_review_is_not_right(
    cast: Cast, agreement: Agreement, client: Client, client_of: ClientOf, mailbox: Mailbox
) -> None:
    reviewed(cast.manager, agreement, clock.today(), clock.today().replace(year=2090), note="Ours.")
    path = link_in(mailbox, LENA)
    page = _words_of(client, path)
    assert "Is the record of the review right?" in page
    assert "Ours." in page
    answer = {"answer": "no", "because": "It was on another day."}
    assert "You said what is not right." in client.post(path, answer, follow=True).content.decode()
    said = ReviewAnswer.objects.get()
    assert (said.agrees, said.by_link) == (False, BY_LINK)
    kept = _words_of(client_of(cast.manager), f"/agreements/{agreement.reference}/kept/")
    assert BY_LINK in kept
    history = _words_of(client_of(cast.manager), f"/agreements/{agreement.reference}/history/")
    assert BY_LINK in history
    assert LENA not in history
    assert Entry.objects.get(verb="review_disputed").payload["by_link"] == BY_LINK
    assert "is not right" in mailbox.to(cast.manager.email)[-1].subject


def test_she_confirms_the_record_of_a_meeting(
    cast: Cast, agreement: Agreement, client: Client, mailbox: Mailbox
) -> None:
    assert agreement
    series = Series.objects.all()[0]
    record_elsewhere(
        by=acting(cast.manager), series=series, day=clock.today(), account=Account("All went well.")
    )
    path = link_in(mailbox, LENA)
    assert "All went well." in _words_of(client, path)
    client.post(path, {"answer": "yes"})
    said = MeetingAnswer.objects.get()
    assert (said.agrees, said.by_link) == (True, BY_LINK)
    client.post(path, {"answer": "yes"})
    assert MeetingAnswer.objects.count() == 1


def test_she_answers_a_disagreement(cast: Cast, client: Client, mailbox: Mailbox) -> None:
    opened(cast)
    path = link_in(mailbox, LENA)
    assert SUBJECT in _words_of(client, path)
    client.post(path, {"text": "More visits, please."})
    step = Step.objects.filter(kind="wanted").last()
    assert step
    assert (step.text, step.by_link, step.party.slot) == ("More visits, please.", BY_LINK, "ccg")


@pytest.mark.duty("X17")
@pytest.mark.duty("E12")
def test_she_raises_an_issue(
    cast: Cast, agreement: Agreement, client: Client, client_of: ClientOf, mailbox: Mailbox
) -> None:
    name_contact(
        by=acting(cast.manager), party=agreement.parties.get(slot="area_team"),
        role="quality_lead", person=cast.colleague.person,
    )  # fmt: skip
    path = link_in(mailbox, LENA)
    assert "Raise an issue about the MoU with Northern Moors Area Team" in _words_of(client, path)
    typed = {"subject": "Late papers", "wanted": "Papers a week before."}
    client.post(path, typed)
    client.post(path, typed)
    raised = Disagreement.objects.get()
    assert (raised.subject, raised.opened_by.slot) == ("Late papers", "ccg")
    page = _words_of(client_of(cast.manager), f"/escalations/{agreement.reference}/1/")
    assert BY_LINK in page


def test_opened_by_a_program_nothing_happens(cast: Cast, client: Client, mailbox: Mailbox) -> None:
    opened(cast)
    path, before = link_in(mailbox, LENA), (Step.objects.count(), Delivery.objects.count())
    client.get(path)
    client.head(path)
    assert (Step.objects.count(), Delivery.objects.count()) == before


def test_who_is_no_contact_any_more_does_nothing_by_it(
    cast: Cast, agreement: Agreement, client: Client, mailbox: Mailbox
) -> None:
    opened(cast)
    path = link_in(mailbox, LENA)
    party = agreement.parties.get(slot="ccg")
    end_contact(by=acting(cast.other_manager), party=party, role="mou_manager")
    answer = client.post(path, {"text": "More visits."})
    assert answer.status_code == 404
    assert "You are no longer a key contact of this MoU." in answer.content.decode()
    assert Step.objects.filter(kind="wanted").count() == 1


def test_who_has_an_account_logs_in(cast: Cast, mailbox: Mailbox) -> None:
    assert Membership.objects.filter(user=cast.manager).exists()
    opened(cast)
    assert not [mail for mail in mailbox.to(cast.manager.email) if "/link/" in str(mail.body)]
