"""A saved e-mail that one party brings and the other reads, in a browser."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from house import clock
from tests.browser import review as story
from tests.browser.conftest import Visits
from tests.cast import Cast
from tests.emails import eml
from tests.meetings.stage import in_force

pytestmark = pytest.mark.browser
PAGE = f"{story.PAGE}emails/"


def test_an_e_mail_is_brought_and_answered_by_keyboard(
    parties: Cast, at_keyboard: Visits, complaints: list[str], tmp_path: Path
) -> None:
    source = parties.area_team.templates.get().versions.get()
    in_force(parties, start=clock.today() - timedelta(days=400), source=source)
    file = tmp_path / "hours.eml"
    file.write_bytes(eml(subject="Fwd: Opening hours"))
    manager, other = at_keyboard(parties.manager), at_keyboard(parties.other_manager)
    manager.open(PAGE)
    manager.sees("No e-mail is here yet.")
    manager.press("Put an e-mail here")
    manager.give("The saved e-mail", file)
    manager.press("Put it here")
    manager.sees("The e-mail is on record.")
    manager.sees("it is a forwarded copy")
    other.open(PAGE)
    other.follow("Fwd: Opening hours")
    other.sees("Petra Partner")
    other.follow("Say whether it is right")
    other.choose("Yes, we confirm it")
    other.press("Send your answer")
    other.sees("You confirmed this e-mail.")
    assert complaints == []
