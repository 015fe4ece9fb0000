"""Who is reminded of a request, on which working days, and what a late holiday does."""

from __future__ import annotations

from datetime import date

import pytest

from deadlines.models import Deadline, Holiday
from deadlines.services.holidays import days_moved_by
from deadlines.sweep import sweep_reminders
from performance.models import Request
from performance.services.saying import name_person
from performance.services.steps import acknowledge, answer
from tests.cast import Cast, acting, person_of
from tests.conftest import ClientOf, Mailbox
from tests.performance.stage import SUBJECT, again, agreement_of, asked, consulted, on
from tests.performance.test_answering import MONDAY, open_dates
from tests.reading import words, words_at


@pytest.fixture
def request_one(cast: Cast) -> Request:
    with on(MONDAY):
        return asked(cast, "information")


def swept(day: date, mailbox: Mailbox) -> list[tuple[str, str]]:
    """Who gets what subject about a request on a day."""
    with on(day):
        before = len(mailbox.all)
        sweep_reminders()
        found = [(mail.to[0], str(mail.subject)) for mail in mailbox.all[before:]]
    return [each for each in found if "request" in each[1] or "consultation" in each[1]]


def test_it_is_reminded_of_in_working_days_and_the_chasing_ends(
    cast: Cast, request_one: Request, mailbox: Mailbox
) -> None:
    told = {day: swept(date(2026, 6, day), mailbox) for day in range(2, 31)}
    assert [day for day, mails in told.items() if mails] == [4, 8, 9, 15]
    assert told[4] == [
        (cast.manager.email,
         "Acknowledge request 1, due 8 June 2026: with Eastmoor CCG, Working together (MOU-0001)"),
    ]  # fmt: skip
    body = mailbox.to(cast.manager.email)[-1].body
    assert "This is the last reminder. The request stays on your home page." in body
    assert SUBJECT not in body
    assert "Received on Monday 1 June 2026. Day 1 is Tuesday 2 June 2026" in body


def test_whoever_is_named_is_reminded(cast: Cast, request_one: Request, mailbox: Mailbox) -> None:
    with on(MONDAY):
        name_person(by=acting(cast.manager), request=request_one, person=person_of(cast.colleague))
    assert [to for to, _ in swept(date(2026, 6, 4), mailbox)] == [cast.colleague.email]


def test_nobody_is_reminded_of_what_is_done(
    cast: Cast, request_one: Request, mailbox: Mailbox
) -> None:
    with on(date(2026, 6, 2)):
        acknowledge(by=acting(cast.manager), request=request_one, until=date(2026, 6, 18))
    assert swept(date(2026, 6, 8), mailbox) == []
    assert "Answer request 1, due 18 June 2026" in swept(date(2026, 6, 16), mailbox)[0][1]
    with on(date(2026, 6, 17)):
        answer(by=acting(cast.manager), request=request_one)
    assert swept(date(2026, 6, 18), mailbox) == []


def test_of_a_consultation_each_is_reminded_of_its_own_date(cast: Cast, mailbox: Mailbox) -> None:
    with on(MONDAY):
        consulted(cast, date(2026, 6, 12))
    [(to, subject)] = swept(date(2026, 6, 10), mailbox)
    assert (to, subject.partition(":")[0]) == (
        cast.other_manager.email, "Give your view on consultation 1, due 12 June 2026",
    )  # fmt: skip
    told = {to: subject.partition(":")[0] for to, subject in swept(date(2026, 6, 26), mailbox)}
    assert told == {
        cast.manager.email: "Decide on consultation 1, due 30 June 2026",
        cast.other_manager.email: "Give your view on consultation 1, late since 12 June 2026",
    }  # fmt: skip


def test_a_holiday_added_later_moves_what_is_open_and_says_so(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    with on(MONDAY):
        waits, closed = asked(cast), asked(cast, "information")
        acknowledge(by=acting(cast.manager), request=closed, until=date(2026, 6, 3))
        kept = closed.steps.get(kind="acknowledged").met
        before = len(mailbox.all)
        added = Holiday.objects.create(
            calendar="england_and_wales", day=date(2026, 6, 4), name="A day of thanks"
        )
        assert days_moved_by(added) == 2
        assert open_dates(waits) == {
            "request_acknowledge": date(2026, 6, 9), "request_answer": date(2026, 6, 30),
        }  # fmt: skip
        assert again(waits).due_on == date(2026, 6, 9)
        assert closed.steps.get(kind="acknowledged").met == kept
        told = sorted(mail.to[0] for mail in mailbox.all[before:])
        assert told == sorted([cast.manager.email, cast.other_manager.email])
        assert SUBJECT not in mailbox.all[-1].body
        page = words(client_of(cast.viewer), agreement_of(cast), "history/")
        assert (
            "The acknowledgement of request 1 moved from 8 June 2026 to 9 June 2026: the bank "
            "holidays changed (A day of thanks, 4 June 2026)."
        ) in page
    moved = Deadline.objects.get(kind="request_acknowledge", subject_key=f"request:{waits.pk}")
    assert "Left out: 4 June 2026." in moved.working


def test_home_has_a_line_for_whoever_acts(cast: Cast, client_of: ClientOf) -> None:
    with on(MONDAY):
        asked(cast)
        home = words_at(client_of(cast.manager), "/")
    assert f"Acknowledge request 1: {SUBJECT}" in home
