"""A press release, from the forward plan to its release, by the people of both parties."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from agreements.models import Agreement
from house import clock
from nhsuk.dates import day
from tests.browser.conftest import Visits
from tests.browser.story import AREA_TEAM, CCG
from tests.browser.visitors import Visitor
from tests.cast import Cast
from tests.communications import desk

pytestmark = pytest.mark.browser
TITLE, TEXT, FINAL = "A new clinic", "It opens in spring.", "It opens in May."
READER, UNNAMED = "Oscar Othersby", "Otto Otherwise"
HISTORY = "/agreements/MOU-0001/history/"


@pytest.fixture
def agreement(live_server: object, cast: Cast) -> Agreement:
    for name in ("viewer", "other_viewer"):
        getattr(cast, name)
    return desk.bilateral(cast)


def test_a_press_release_by_keyboard(
    cast: Cast, agreement: Agreement, at_keyboard: Visits, complaints: list[str]
) -> None:
    it_is_planned_shared_read_and_released(cast, at_keyboard)
    assert complaints == []


def it_is_planned_shared_read_and_released(cast: Cast, sits_down: Visits) -> None:
    press, release_on = sits_down(cast.colleague), clock.today() + timedelta(days=5)
    plan(press, release_on)
    add_draft(press)
    unnamed = sits_down(cast.other_viewer)
    nothing_of_it(unnamed, release_on)
    share(press)
    nothing_of_it(unnamed, release_on)
    read_and_comment(sits_down(cast.other_colleague))
    move(press, release_on)
    mark_as_released(press)
    the_final_text_alone(unnamed)
    in_the_month(unnamed, clock.today())


def plan(press: Visitor, release_on: date) -> None:
    press.follow("Announcements")
    press.press("Plan an announcement")
    press.choose("Press release")
    press.write("Title", TITLE)
    press.write_date("Day of the planned release", release_on)
    press.write("Time of the planned release", "9am")
    press.press("Put it into the plan")
    press.sees(
        "The press release is in your forward plan", "Under embargo", "There is no draft yet"
    )
    press.sees(f"Share by, with {CCG}: 24 hours before release", day(release_on))


def add_draft(press: Visitor) -> None:
    press.press("Add a draft")
    press.write("Text", TEXT)
    press.press("Add the draft")
    press.sees("The draft is added", f"Share a draft with {CCG}")


def share(press: Visitor) -> None:
    press.press("Share the draft")
    press.press("Share the draft")
    press.sees("Choose who may read the draft")
    press.tick(f"{READER}, primary liaison")
    press.press("Share the draft")
    press.sees("Draft 1 is shared", f"We told {READER}", "In time")


def nothing_of_it(visitor: Visitor, release_on: date) -> None:
    for path in ("/", "/announcements/", "/agreements/MOU-0001/", HISTORY,
                 "/agreements/MOU-0001/announcements/",
                 f"/announcements/month/{release_on.year}/{release_on.month}/"):  # fmt: skip
        visitor.open(path)
        assert TITLE not in visitor.page.content()
        assert TEXT not in visitor.page.content()


def read_and_comment(reader: Visitor) -> None:
    reader.sees(f"Read the draft press release “{TITLE}”, under embargo")
    reader.press(f"Read the draft Shared with you by {AREA_TEAM}")
    reader.sees(TEXT, "Under embargo", "Your reading is logged", "Do not pass it on")
    reader.write("Your comment", "In which month?")
    reader.press("Send your comment")
    reader.sees("Your comment is kept", "In which month?")
    reader.press("I have read this draft")
    reader.sees("You have acknowledged draft 1", f"We told {AREA_TEAM}")


def move(press: Visitor, release_on: date) -> None:
    press.follow("Announcements")
    press.follow(TITLE)
    press.sees("3 times", "Yes")
    press.follow("Move")
    press.write_date("New day", release_on + timedelta(days=1))
    press.write("New time", "10:00")
    press.write("Why it moves", "The builders are late.")
    press.press("Move the release")
    press.sees("The release is moved to 10:00 am", f"We told {READER}", "The builders are late.")


def mark_as_released(press: Visitor) -> None:
    press.press("Mark as released")
    press.choose("Another text, typed here")
    press.write("The final text", FINAL)
    press.press("Mark as released")
    press.sees("Say why the notice was short")
    press.sees("which is later")
    press.write("Why the notice was short", "It was in the papers already.")
    press.tick("Mark it as released all the same")
    press.press("Mark as released")
    press.sees("is marked as released", FINAL)


def the_final_text_alone(visitor: Visitor) -> None:
    visitor.open(HISTORY)
    visitor.sees(f"marked the press release “{TITLE}” as released")
    visitor.open("/agreements/MOU-0001/announcements/")
    visitor.follow(TITLE)
    visitor.sees(FINAL, "It was in the papers already.")
    assert TEXT not in visitor.page.content()
    assert "In which month?" not in visitor.page.content()


def in_the_month(visitor: Visitor, released: date) -> None:
    visitor.open(f"/announcements/month/{released.year}/{released.month}/")
    visitor.sees(TITLE)
