"""From a template to a final signed copy, by the people of both parties, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from house import clock
from house.clock import months_after
from nhsuk.dates import day
from tests.browser import signed_copy, story
from tests.browser.conftest import Visits
from tests.browser.story import AREA_TEAM, CCG, SUMMARY, TITLE
from tests.browser.visitors import Visitor
from tests.cast import Cast
from tests.pdf import printed

pytestmark = pytest.mark.browser


@pytest.mark.duty("A28")
@pytest.mark.duty("B20")
@pytest.mark.duty("E03")
@pytest.mark.duty("X04")
def test_from_template_to_signed_copy_by_keyboard(
    parties: Cast,
    at_keyboard: Visits,
    complaints: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    manager = at_keyboard(parties.manager)
    a_draft_becomes_version_0_1(manager)
    both_parties_approve_and_ask(parties, manager, at_keyboard)
    both_sign(parties, at_keyboard)
    it_is_in_force(manager)
    file = signed_copy.made_by_the_worker_and_downloaded(manager, tmp_path)
    it_stands_in_the_document(printed(file.read_bytes()))
    signed_copy.the_page_tells_right_from_changed(at_keyboard(None), file)
    signed_copy.the_command_tells_right_from_changed(file, capsys)
    assert complaints == []


def test_the_same_with_javascript_off(
    parties: Cast, without_scripts: Visits, complaints: list[str], tmp_path: Path
) -> None:
    manager = without_scripts(parties.manager)
    story.create(manager)
    manager.press("Edit the draft")
    story.fill_in_blanks(manager)
    story.send_for_approval(manager)
    both_parties_approve_and_ask(parties, manager, without_scripts)
    both_sign(parties, without_scripts)
    it_is_in_force(manager)
    file = signed_copy.made_by_the_worker_and_downloaded(manager, tmp_path)
    signed_copy.the_page_tells_right_from_changed(without_scripts(None), file)
    assert complaints == []


def a_draft_becomes_version_0_1(manager: Visitor) -> None:
    story.create(manager)
    manager.press("Edit the draft")
    story.fill_in_blanks(manager)
    story.edit_a_clause(manager)
    story.move_a_clause(manager)
    story.send_for_approval(manager)


def both_parties_approve_and_ask(parties: Cast, manager: Visitor, sits_down: Visits) -> None:
    manager.press("Record the decision")
    story.record_decision(manager, "Reference", "ATD letter 12")
    story.ask_signatory(manager, "Sid Signatory")
    other = sits_down(parties.other_manager)
    other.press(f"Record the decision {TITLE}")
    story.record_decision(other, "Minute reference", "GB 7.2")
    story.ask_signatory(other, "Orla Officer")


def both_sign(parties: Cast, sits_down: Visits) -> None:
    theirs = sits_down(parties.other_signatory)
    story.sign(theirs, parties.other_signatory, CCG)
    theirs.sees("Next: the signatures that are still missing")
    ours = sits_down(parties.signatory)
    story.sign(ours, parties.signatory, AREA_TEAM)
    ours.sees("All have signed: the agreement is in force")


def it_is_in_force(manager: Visitor) -> None:
    today = clock.today()
    manager.open("/agreements/MOU-0001/")
    manager.sees("In force", f"since {day(today)}", "Review due")
    manager.sees(day(months_after(today, 12)))
    manager.follow("Text")
    manager.sees("What version 1.0 says", SUMMARY)


def it_stands_in_the_document(text: str) -> None:
    today = day(clock.today())
    assert f"Date of sign-off {today}" in text
    assert f"Date of review {day(months_after(clock.today(), 12))}" in text
    assert "Not legally binding" in text
    # The lines of its cells stand beside each other.
    history = text.split("Amendment history")[-1].split()
    assert {"0.1", *f"{today} Maud Manager, {AREA_TEAM} {SUMMARY}".split()} <= set(history)
    signatures = text.rsplit("Signatures", 1)[1]
    for name, post, party in signers():
        block = signatures.split(f"For {party}")[1][:300]
        assert name in block
        assert post in block
        assert f"on {today}" in block


def signers() -> list[tuple[str, str, str]]:
    return [
        ("Sid Signatory", "Area Team Director", AREA_TEAM),
        ("Orla Officer", "Accountable Officer", CCG),
    ]
