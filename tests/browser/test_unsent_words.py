"""Words that are typed and not sent: whoever leaves the page is asked, and a log-in keeps them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Dialog, Page

from tests.browser.conftest import Visits
from tests.browser.visitors import Visitor
from tests.cast import PASSWORD, Cast
from tests.stages import drafted

pytestmark = pytest.mark.browser
WORDS = "The parties meet at least twice in each MoU year."


def asked_when_leaving(page: Page) -> list[str]:
    """What the browser asked; whoever is asked stays."""
    questions: list[str] = []

    def stay(dialog: Dialog) -> None:
        questions.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    return questions


def write(visitor: Visitor, path: str, words: str) -> None:
    visitor.open(path)
    visitor.write("Text", words)


def test_who_leaves_with_unsent_words_is_asked(
    parties: Cast, at_keyboard: Visits, complaints: list[str]
) -> None:
    path = f"/agreements/{drafted(parties).reference}/text/clauses/meet/"
    manager = at_keyboard(parties.manager)
    questions = asked_when_leaving(manager.page)
    write(manager, path, WORDS)
    manager.page.get_by_role("link", name="Home", exact=True).first.click(no_wait_after=True)
    manager.page.wait_for_timeout(300)
    assert questions == ["beforeunload"]
    assert manager.page.locator("textarea").first.input_value() == WORDS
    manager.press("Save")
    manager.open("/")
    write(manager, path, "Something else.")
    manager.follow("Cancel")
    assert questions == ["beforeunload"]
    assert complaints == []


def test_the_session_ended_while_somebody_typed(
    parties: Cast, without_scripts: Visits, complaints: list[str]
) -> None:
    path = f"/agreements/{drafted(parties).reference}/text/clauses/meet/"
    manager = without_scripts(parties.manager)
    write(manager, path, WORDS)
    manager.page.context.clear_cookies(name="session")
    manager.press("Save")
    manager.sees("You were logged out before this was sent.")
    manager.write("E-mail address", parties.manager.email)
    manager.write("Password", PASSWORD)
    manager.press("Log in")
    manager.sees("What you typed stands in the form again.")
    assert manager.page.locator("textarea").first.input_value() == WORDS
    manager.press("Save")
    manager.sees(WORDS)
    assert complaints == []
