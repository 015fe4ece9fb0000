"""By a link a key contact without an account asks, answers and gives a view.

Lena Lead is MoU manager of Eastmoor CCG for this MoU, by e-mail alone.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from agreements.contacts.services.naming import end_contact, name_contact
from agreements.models import Agreement
from nhsuk.forms import date_boxes
from performance.models import Request
from performance.services.recording import record_request
from tests.agreements.contacted import lena
from tests.cast import Cast, acting
from tests.conftest import Mailbox
from tests.once import made_once
from tests.performance.stage import agreement_of, asked, consulted, on, side
from tests.reading import words_at
from tests.typed import fields_of
from tests.without_account import link_in

pytestmark = pytest.mark.django_db
LENA, BY_LINK = "lena@ccg.example", "Lena Lead, by the link sent to l…@ccg.example"
MONDAY, FRIDAY = date(2026, 6, 1), date(2026, 6, 5)


def _with_lena(cast: Cast) -> Agreement:
    agreement = agreement_of(cast)
    with on(MONDAY):
        name_contact(
            by=acting(cast.other_manager), party=side(agreement, "ccg"), role="mou_manager",
            person=lena(),
        )  # fmt: skip
    return agreement


made, cast = made_once(_with_lena)


@pytest.fixture
def request_to_lena(cast: Cast) -> Request:
    agreement = agreement_of(cast)
    with on(MONDAY):
        return asked(
            cast, by=cast.manager, asked_of=side(agreement, "ccg"), asked_by=side(agreement)
        )


def answers(client: Client, path: str, **said: Any) -> str:
    return client.post(path, said, follow=True).content.decode()


def test_she_says_how_far_it_is_then_answers(
    cast: Cast, request_to_lena: Request, client: Client, mailbox: Mailbox
) -> None:
    with on(FRIDAY):
        path = link_in(mailbox, LENA)
        page = words_at(client, path)
        assert "Asked by Northern Moors Area Team" in page
        said = answers(client, path, what="news", text="Half.")
        assert "Enter the day of the answer, or of the next news" in said
        said = answers(
            client, path, what="news", text="Half.", **date_boxes("until", date(2026, 6, 12))
        )
        assert "What you said is on record." in said
        found = Request.objects.get()
        assert (found.acknowledged_on, found.promised_on) == (FRIDAY, date(2026, 6, 12))
        answers(client, path, what="answer", text="All of it.")
        assert Request.objects.get().state == "answered"
        assert "Nothing more is asked of you now." in words_at(client, path)
    assert Request.objects.get().steps.get(kind="answered").by_link == BY_LINK


def test_she_gives_a_view(cast: Cast, client: Client, mailbox: Mailbox) -> None:
    with on(MONDAY):
        consulted(cast, date(2026, 6, 12))
        path = link_in(mailbox, LENA)
        page = words_at(client, path)
        assert "Decided by Northern Moors Area Team" in page
        assert "Your view is on record." in answers(client, path, text="Leave out the names.")
    step = Request.objects.get().steps.get(kind="view")
    assert (step.text, step.by_link) == ("Leave out the names.", BY_LINK)


def test_she_asks_below_the_link_of_any_e_mail(
    cast: Cast, client: Client, mailbox: Mailbox
) -> None:
    with on(FRIDAY):
        name_lead(cast)
        path = link_in(mailbox, LENA)
        assert "Ask for information or help, or send a query" in words_at(client, path)
        form = fields_of(client.get(f"{path}ask/").content.decode())
        said = form | {"kind": "query", "subject": "How many"}
        assert "Request 1 is recorded." in answers(client, f"{path}ask/", **said)
        answers(client, f"{path}ask/", **said)
    found = Request.objects.get()
    assert (found.how, found.asked_by.slot if found.asked_by else "") == ("link", "ccg")
    assert found.steps.get().by_link == BY_LINK
    assert "Acknowledge request 1 by 12 June 2026" in mailbox.to(cast.colleague.email)[-1].subject


def test_who_is_no_contact_any_more_does_nothing_by_it(
    cast: Cast, request_to_lena: Request, client: Client, mailbox: Mailbox
) -> None:
    with on(FRIDAY):
        path = link_in(mailbox, LENA)
        party = side(agreement_of(cast), "ccg")
        end_contact(by=acting(cast.other_manager), party=party, role="mou_manager")
        answer = client.post(path, {"what": "answer", "text": "Here."})
    assert answer.status_code == 404
    assert Request.objects.get().state == "open"


def test_the_link_of_one_request_opens_no_other(
    cast: Cast, request_to_lena: Request, client: Client, mailbox: Mailbox
) -> None:
    with on(FRIDAY):
        path = link_in(mailbox, LENA)
        client.post(path, {"what": "answer", "text": "Here."})
        other = record_request(
            by=acting(cast.other_manager), agreement=agreement_of(cast), kind="query",
            subject="Ours alone", asked_of=side(agreement_of(cast)),
            asked_by=side(agreement_of(cast), "ccg"),
        )  # fmt: skip
        assert "Ours alone" not in words_at(client, path)
    assert Request.objects.get(pk=other.pk).state == "open"


def name_lead(cast: Cast) -> None:
    """Every contact of the MoU is told who is named."""
    name_contact(
        by=acting(cast.manager), party=side(agreement_of(cast)), role="mou_manager",
        person=cast.colleague.person,
    )  # fmt: skip
