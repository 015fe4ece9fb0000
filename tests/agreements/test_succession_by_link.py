"""By a link somebody without an account says whether a succession is right (record 0052)."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from agreements.models import KeyContact, SuccessionWord
from agreements.succession.services.recording import agree, prepare
from jobs.sweep import work_due
from parties.acting import acting_for
from tests.agreements.registered import registered
from tests.agreements.reviewed import on
from tests.agreements.succeeded import BY, board_of
from tests.cast import Cast, person
from tests.conftest import Mailbox
from tests.reading import words_at, words_of
from tests.without_account import ADDRESS, NAME, link_in, practice_template

pytestmark = pytest.mark.django_db
FIRST = date(2026, 7, 1)


def test_a_practice_without_an_account_says_what_is_not_right(cast: Cast, mailbox: Mailbox) -> None:
    sides = {"area_team": cast.area_team, "practice": cast.practice}
    with on(date(2026, 3, 3)):
        copy = registered(cast, source=practice_template(cast.area_team), sides=sides)
        party = copy.agreement.parties.get(slot="practice")
        lead = person(NAME, ADDRESS)
        KeyContact.objects.create(party=party, role="lead", person=lead)
    board, _, mo = board_of(cast)
    system = acting_for(cast.system_administrator)
    with on(FIRST):
        found = prepare(by=system, old=cast.area_team, new=board, on=FIRST, instrument=BY)
        agree(by=system, succession=found)
        work_due()
        [told] = [m for m in mailbox.to(ADDRESS) if "in the place of" in m.subject]
        assert told.subject.startswith("Northern Moors Board is in the place of Northern Moors")
        path, client = link_in(mailbox), Client()
        assert "Northern Moors Board is in the place of Northern Moors Area Team" in words_at(
            client, path
        )
        assert not SuccessionWord.objects.exists()
        done = client.post(
            path, {"answer": "no", "because": "We were told of another."}, follow=True
        )
        assert "You said what is not right." in words_of(done)
        word = SuccessionWord.objects.get()
        assert (word.organisation, word.agrees) == (cast.practice, False)
        assert word.by_link.startswith(f"{NAME}, by the link sent to")
        assert "not right" in mailbox.to(mo.email)[-1].subject
