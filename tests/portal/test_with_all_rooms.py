"""What people meet where every room answers: none is silenced, nothing is made up for a test."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from time import monotonic

import pytest
import time_machine

from agreements.library import library
from agreements.models import Agreement
from agreements.templates.services.keeping import take_from_library
from deadlines.models import Deadline
from deadlines.sweep import sweep_reminders
from mail.sweep import send_due
from nhsuk.forms import date_boxes
from tests.agreements.registered import confirm
from tests.agreements.reviewed import on, swept_on
from tests.agreements.test_register import a_file
from tests.cast import Cast, acting, person_of
from tests.commitments.stage import recorded, side
from tests.conftest import ClientOf, Mailbox
from tests.reading import words_at
from tests.stages import in_force, make, sent

pytestmark = pytest.mark.django_db
# Somebody who looks for each field and types with two fingers.
TO_FIND_A_FIELD, TO_TYPE_A_LETTER = 8, 0.5
FIVE_MINUTES = 300


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    """In force for a year tomorrow; no meeting was held, two actions were recorded."""
    with time_machine.travel("2013-09-03 10:00+01:00", tick=False):
        made = in_force(cast).agreement
    with time_machine.travel("2014-08-27 10:00+01:00", tick=False):
        for what, due_on, who in (
            ("Send the list", date(2014, 8, 29), cast.manager),
            ("Book the hall", date(2014, 10, 1), cast.colleague),
        ):
            recorded(cast.manager, side(made), what=what, due_on=due_on, person=person_of(who))
    return made


@pytest.mark.duty("X08")
def test_each_person_has_one_page_of_what_needs_them_today_this_week_and_next(
    cast: Cast, client_of: ClientOf, agreement: Agreement
) -> None:
    """By person and role, of several rooms, each line with the way to do it."""
    with time_machine.travel("2014-09-02 10:00+01:00", tick=False):
        sides = {"area_team": cast.area_team, "ccg": cast.third_ccg}
        by = acting(cast.manager)
        sent(cast, make(by, agreement.template_version, sides, {"area": "the moors"}))
        for somebody, lines in (
            (cast.manager, (
                "Today (3, 1 late)", "Do action 1: Send the list", "4 days late",
                "Schedule a wider meeting with Eastmoor CCG Due today",
                "Record what the Director decided about version 0.1 of the MoU with Westmoor CCG",
                "This week (1)", "Review the MoU with Eastmoor CCG Due tomorrow",
                "Waiting for others (2)", "Do action 2", "Waits for Colin Colleague",
            )),
            (cast.colleague, (
                "Nothing needs you today", "Next 60 days (1) Do action 2: Book the hall",
                "Waiting for others (5, 1 late) Do action 1", "Waits for Maud Manager",
                "Review the MoU",
            )),
        ):  # fmt: skip
            page = words_at(client_of(somebody), "/")
            for one, other in pairwise(lines):
                assert -1 < page.find(one) < page.find(other), (one, other)
        assert "Do action" not in words_at(client_of(cast.stranger), "/")


@pytest.mark.duty("X14")
def test_a_signed_mou_is_registered_in_five_minutes_and_reminds_at_once(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    take_from_library(by=acting(cast.manager), source=library()["area-team-and-ccg"])
    told = cast.other_manager.email
    said = {
        "title": "MoU on quality", "file": a_file(), "area_team": cast.area_team.pk,
        "ccg": cast.ccg.pk, "ccg-mou_manager-name": "Lena Lead",
        "ccg-mou_manager-email": "lena@ccg.example", **date_boxes("signed_on", date(2025, 10, 1)),
    }  # fmt: skip
    with on(date(2026, 9, 1)):
        began, browser = monotonic(), client_of(cast.colleague)
        browser.get("/agreements/new/signed/")
        page = browser.post("/agreements/new/signed/", said, follow=True).content.decode()
        assert monotonic() - began + _filling_in(said) < FIVE_MINUTES
        assert "is registered and in force" in page
        assert "Review due 1 October 2026, in 22 working days." in page
        # What was due two months and one month ahead goes with the next sweep, of each room.
        assert (sweep_reminders() > 0, send_due() > 0) == (True, True)
        confirm(cast.other_manager, Agreement.objects.get().registered_copy)
    rooms = set(Deadline.objects.still_open().values_list("kind", flat=True))
    assert {"review", "meetings_owed", "role_vacant"} <= rooms
    # The other party hears of it once it has confirmed the copy.
    early = [mail for mail in mailbox.all if "Review due 1 October 2026" in mail.subject]
    assert [mail.to[0] for mail in early] == [cast.manager.email]
    assert any("meeting" in mail.subject.lower() for mail in mailbox.to(cast.manager.email))
    swept_on(date(2026, 10, 1))
    reviews = [mail for mail in mailbox.all if "Review due today" in mail.subject]
    # Whom the Area Team proposed gets nothing before the CCG says so.
    assert {mail.to[0] for mail in reviews} == {cast.manager.email, told}
    [body] = [mail.body for mail in reviews if mail.to == [told]]
    assert "you are MoU manager of Eastmoor CCG." in body
    assert "late" not in body
    assert "Review, of the MoU asks for this." in body


def _filling_in(said: Mapping[str, object]) -> float:
    """How long somebody slow takes with this form, in seconds."""
    return sum(TO_FIND_A_FIELD + TO_TYPE_A_LETTER * len(str(each)) for each in said.values())
