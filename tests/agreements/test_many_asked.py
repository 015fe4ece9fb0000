"""One contact of many MoUs: what a reminder costs does not grow with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.contacts.reminders.of_confirmation import CONFIRMATION
from agreements.core.due import CONTACTS_CONFIRMED
from agreements.library import library
from agreements.models import TemplateVersion
from agreements.terms import as_stored
from deadlines.kinds import Recipient
from deadlines.models import Deadline, Reminder
from mail.kinds import Message, NotNeeded
from parties.models import Person
from tests.agreements.contacted import ASKED_BY, lena, with_contacts
from tests.agreements.reviewed import on
from tests.cast import Cast
from tests.once import once
from tests.one_room import only_agreements
from tests.stages import template

MANY = 42


@once
def _source(cast: Cast) -> TemplateVersion:
    """A short text with the contact roles of the library's."""
    source = template(cast.area_team)
    source.terms = as_stored(library()["area-team-and-ccg"].terms)
    source.save()
    return source


def _make(cast: Cast, who: Person, numbers: range) -> None:
    with only_agreements():
        for number in numbers:
            with_contacts(cast, number, _source(cast), ccg_lead_clinician=who)


@dataclass
class Cost:
    """The queries for which one reminder asked, and what came of it."""

    queries: int
    who: list[str]
    mails: list[Message]


def _costs() -> Iterator[Cost]:
    """Of every reminder that asks contacts by the day."""
    due = Deadline.objects.filter(kind=CONTACTS_CONFIRMED).order_by("pk")
    for deadline in due:
        reminder = deadline.reminders.get(offset="days:0")
        with CaptureQueriesContext(connection) as asked:
            who = _asked(deadline, reminder)
            mails = [CONFIRMATION.compose(deadline, reminder, each) for each in who]
        yield Cost(len(asked), [each.address for each in who], mails)


def _asked(deadline: Deadline, reminder: Reminder) -> list[Recipient]:
    try:
        return list(CONFIRMATION.recipients(deadline, reminder))
    except NotNeeded:
        return []


@pytest.mark.django_db
def test_a_reminder_asks_for_as_much_at_2_and_at_42_agreements(cast: Cast) -> None:
    who = lena()
    with on(ASKED_BY):
        _make(cast, who, range(1, 3))
        few = list(_costs())
        _make(cast, who, range(3, MANY + 1))
        many = list(_costs())
    assert (len(few), len(many)) == (4, 2 * MANY)
    told = ["maud.manager@moors.example", "olga.other@moors.example", "lena@ccg.example"]
    for costs in (few, many):
        assert sorted(address for cost in costs for address in cost.who) == sorted(told)
    lines = [line for cost in many for mail in cost.mails for line in mail.paragraphs]
    assert lines.count(f"And {MANY - 12} more.") == len(told)
    # The first e-mail to somebody also writes down their link.
    assert max(cost.queries for cost in many) <= max(cost.queries for cost in few)
    assert max(cost.queries for cost in many if not cost.who) <= 10
