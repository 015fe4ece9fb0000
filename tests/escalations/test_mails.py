"""The e-mails: who is told, what the subject says, and that nobody's words stand in them."""

from __future__ import annotations

from datetime import datetime

import pytest

from escalations.services.settling import accept
from house import clock
from house.clock import LONDON
from tests.cast import Cast, acting
from tests.conftest import Mailbox
from tests.disagreements import MANAGERS, SUBJECT, WANTED, opened, proposed, up

pytestmark = pytest.mark.django_db
AT = datetime(2027, 3, 1, 10, tzinfo=LONDON)
TO_THEM = "with Northern Moors Area Team, Working together (MOU-0001)"
TO_US = "with Eastmoor CCG, Working together (MOU-0001)"


def subjects(mailbox: Mailbox, address: str) -> list[str]:
    return [str(mail.subject) for mail in mailbox.to(address) if "isagreement" in mail.subject]


def test_all_who_have_a_part_hear_that_it_was_opened(cast: Cast, mailbox: Mailbox) -> None:
    with clock.at(AT):
        opened(cast)
        was_opened = "Disagreement 1 opened on 1 March 2027"
        assert subjects(mailbox, cast.other_manager.email) == [f"{was_opened}: {TO_THEM}"]
        assert subjects(mailbox, cast.manager.email) == [f"{was_opened}: {TO_US}"]
        # Whoever did it is not told of it.
        assert subjects(mailbox, cast.colleague.email) == []
        assert subjects(mailbox, cast.other_colleague.email) == [
            f"Act on disagreement 1, named on 1 March 2027: {TO_THEM}"
        ]


def test_an_e_mail_says_what_when_why_and_which_clause(cast: Cast, mailbox: Mailbox) -> None:
    with clock.at(AT):
        up(cast.other_colleague, opened(cast), MANAGERS)
        told = mailbox.to(cast.manager.email)[-1]
    body = str(told.body)
    assert "\n\nOn 1 March 2027 Eastmoor CCG took disagreement 1 of its MoU with N" in body
    assert "You act for your side: make a proposal. If it cannot be settled at this level" in body
    assert "Clause 11.1, Four levels, of the MoU asks for this." in body
    assert "Why you get this: you act for Northern Moors Area Team at the level “MoU m" in body
    assert "/escalations/MOU-0001/1/" in body


def test_a_proposal_and_its_acceptance_are_told(cast: Cast, mailbox: Mailbox) -> None:
    with clock.at(AT):
        proposal = proposed(cast.colleague, opened(cast))
        awaits = "Answer the proposal of 1 March 2027 on disagreement 1"
        assert awaits in subjects(mailbox, cast.other_colleague.email)[-1]
        accept(by=acting(cast.other_colleague), proposal=proposal)
        settled = "Disagreement 1 settled on 1 March 2027"
        for user in (cast.colleague, cast.manager, cast.other_manager):
            assert settled in subjects(mailbox, user.email)[-1]


def test_no_words_of_anybody_stand_in_an_e_mail(cast: Cast, mailbox: Mailbox) -> None:
    disagreement = opened(cast)
    accept(by=acting(cast.other_colleague), proposal=proposed(cast.colleague, disagreement))
    said = "".join(f"{mail.subject}{mail.body}{mail.alternatives}" for mail in mailbox.all)
    for words in (SUBJECT, WANTED, "Monthly visits."):
        assert words not in said


def test_what_was_overtaken_is_not_sent(cast: Cast, mailbox: Mailbox) -> None:
    """The mail server was down: nobody is asked for what is past."""
    disagreement = up(cast.colleague, opened(cast), MANAGERS)
    accept(by=acting(cast.other_manager), proposal=proposed(cast.manager, disagreement))
    assert subjects(mailbox, cast.other_colleague.email) == []
    (only,) = subjects(mailbox, cast.manager.email)
    assert "settled" in only
