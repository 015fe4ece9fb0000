"""What the e-mails about an end say: names as they are written, one e-mail for one thing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from agreements.changes.services.answering import answer_change
from agreements.changes.services.opening import propose_extension, record_end
from agreements.core.letters import Letter
from agreements.models import Agreement
from tests.agreements.reviewed import on, swept_on
from tests.agreements.test_changes import END, signed
from tests.cast import Cast, acting
from tests.commitments.stage import recorded, side
from tests.conftest import Mailbox
from tests.once import made_once

pytestmark = pytest.mark.django_db
made, cast = made_once(signed)


def ended(cast: Cast) -> None:
    agreement = Agreement.objects.get()
    with on(END + timedelta(days=3)):
        ours = record_end(by=acting(cast.manager), agreement=agreement, because="It is over.")
        answer_change(by=acting(cast.other_manager), change=ours, agrees=True)


def body(mail: object) -> str:
    return " ".join(str(getattr(mail, "body", "")).split())


def test_names_keep_their_capitals_in_the_reminder_of_an_end(cast: Cast, mailbox: Mailbox) -> None:
    swept_on(END - timedelta(days=91))
    swept_on(END - timedelta(days=88))
    [mail] = [m for m in mailbox.to(cast.manager.email) if "It ends on" in m.subject]
    assert "Your MoU with Eastmoor CCG ends on" in body(mail)


def test_an_end_is_told_once_with_who_accepted_it_and_what_is_open(
    cast: Cast, mailbox: Mailbox
) -> None:
    with on(date(2015, 6, 1)):
        recorded(cast.manager, side(Agreement.objects.get()))
    mailbox.all.clear()
    ended(cast)
    mails = mailbox.to(cast.manager.email)
    assert len([m for m in mails if "ended" in m.subject.lower()]) == 1
    [mail] = [m for m in mails if m.subject.startswith("Ended on")]
    assert "Eastmoor CCG accepted that on" in body(mail)
    assert "What is still open is listed on its page" in body(mail)
    assert not [m for m in mails if "accepted on" in m.subject]


def test_where_nothing_is_open_the_end_says_so(cast: Cast, mailbox: Mailbox) -> None:
    ended(cast)
    [mail] = [m for m in mailbox.to(cast.manager.email) if m.subject.startswith("Ended on")]
    assert "No action and no disagreement is open." in body(mail)


def test_who_proposed_is_not_named_as_whom_it_is_with(cast: Cast, mailbox: Mailbox) -> None:
    with on(date(2015, 6, 1)):
        propose_extension(
            by=acting(cast.manager), agreement=Agreement.objects.get(), on=date(2017, 3, 31),
            because="Good work.",
        )  # fmt: skip
        [mail] = [m for m in mailbox.to(cast.other_manager.email) if "extension" in m.subject]
    assert "Northern Moors Area Team proposed that this MoU is extended" in body(mail)


@pytest.mark.parametrize(
    ("others", "said"),
    [
        (["Eastmoor CCG"], "Eastmoor CCG does not know"),
        (["Eastmoor CCG", "Westmoor CCG"], "Eastmoor CCG and 1 other do not know"),
    ],
)
def test_one_other_party_does_and_several_do(others: list[str], said: str) -> None:
    letter = Letter(others, [], page="/")
    assert f"{letter.others_do('does', 'do')} not know" == said
