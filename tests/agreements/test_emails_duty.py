"""E-mail is evidence (X12): on a heads-up, a notice, what came of a consultation under the Act, and
an approval, as Outlook saves it and as others do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from house import clock
from tests.agreements.emailed import decision_of, notice_of
from tests.cast import Cast, acting
from tests.communications import desk
from tests.communications.telling import given
from tests.conftest import ClientOf, Mailbox
from tests.emails import TEXT, eml, msg, put
from tests.performance import stage
from tests.reading import words_at

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 8, 10, tzinfo=UTC)
SAYS = ("Petra Partner, petra.partner@eastmoor-ccg.example", "2:30 pm GMT on 4 March 2014")


def heads_up(cast: Cast) -> Any:
    return given(cast, desk.bilateral(cast)).concerned.get()


def consultation(cast: Cast) -> Any:
    return stage.consulted(cast, view_by=date(2026, 6, 22))


@pytest.mark.duty("X12")
@pytest.mark.parametrize("file", [eml(), msg()], ids=["eml", "msg"])
@pytest.mark.parametrize(
    ("key", "thing"),
    [
        ("heads_up", heads_up),
        ("change", notice_of),
        ("request", consultation),
        ("approval", decision_of),
    ],
    ids=["heads-up", "notice", "consultation", "approval"],
)
def test_it_gives_its_sender_time_and_text_and_the_other_side_is_told(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox, key: str,
    thing: Callable[[Cast], Any], file: bytes,
) -> None:  # fmt: skip
    with clock.at(NOW):
        about = thing(cast)
        saved = put(acting(cast.other_manager), key, about, file)
        page = words_at(client_of(cast.manager), f"/emails/{saved.public_id}/")
        told = [m for m in mailbox.to(cast.manager.email) if "put on record" in m.subject]
    for said in (*SAYS, TEXT.replace("\n", " ")):
        assert said in page
    assert len(told) == 1
    assert f"/emails/{saved.public_id}/" in str(told[0].body)
