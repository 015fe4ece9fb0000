"""What people are reminded of before and after an MoU's last day, by what gave it that day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from agreements.changes.services.answering import answer_change
from agreements.changes.services.notices import give_notice
from agreements.changes.services.opening import go_on_working, propose_end
from agreements.models import Agreement
from mou_portal.home_page import HomePage
from tests.agreements.reviewed import on, swept_on
from tests.agreements.test_changes import END, now, signed
from tests.cast import Cast, acting
from tests.conftest import Mailbox
from tests.once import made_once
from tests.weeks import working_day

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
made, cast = made_once(signed)
GIVEN = date(2015, 5, 11)
LAST = date(2015, 11, 30)


def told(mailbox: Mailbox, cast: Cast, first: date, last: date) -> list[tuple[date, str, str]]:
    """Day, subject and words of each e-mail to the Area Team's manager, each morning swept."""
    found, day = [], first
    while day <= last:
        mailbox.all.clear()
        swept_on(day)
        with on(day):
            mails = mailbox.to(cast.manager.email)
        found += [(day, str(m.subject).split(":")[0], " ".join(str(m.body).split())) for m in mails]
        day += DAY
    return found


def agreed_end(cast: Cast, last: date) -> None:
    agreement = Agreement.objects.get()
    with on(GIVEN):
        ours = propose_end(by=acting(cast.manager), agreement=agreement, on=last, because="Done.")
        answer_change(by=acting(cast.other_manager), change=ours, agrees=True)


def noticed(cast: Cast) -> Agreement:
    agreement = Agreement.objects.get()
    with on(GIVEN):
        give_notice(
            by=acting(cast.manager), agreement=agreement, given_on=GIVEN, on=LAST, because="Done."
        )
    return agreement


def test_after_its_last_day_the_parties_are_told_once_and_in_working_hours(
    cast: Cast, mailbox: Mailbox
) -> None:
    mails = told(mailbox, cast, END - DAY, END + 4 * DAY)
    assert [(day, subject) for day, subject, _ in mails if "became" in subject] == [
        (working_day(END + DAY), "Say what became of it, its end was 31 March 2016")
    ]


def test_an_agreed_end_is_said_ahead_as_agreed_and_comes_by_itself(
    cast: Cast, mailbox: Mailbox
) -> None:
    agreed_end(cast, LAST)
    with on(GIVEN):
        assert not any("at the end of" in t.sentence for t in HomePage(acting(cast.manager)).mine)
    mails = told(mailbox, cast, LAST - 90 * DAY, LAST + 3 * DAY)
    ahead = [(day, words) for day, subject, words in mails if subject.startswith("It ends on 30")]
    assert [day for day, _ in ahead] == [date(2015, 9, 1), date(2015, 10, 30)]
    for _, words in ahead:
        assert "All parties agreed that" in words
        assert "Nothing ends by itself" not in words
    assert [day for day, subject, _ in mails if subject == "Ended on 30 November 2015"] == [
        LAST + DAY
    ]
    assert not any("became" in subject for _, subject, _ in mails)


def test_who_agreed_to_an_end_within_weeks_is_not_told_of_it_next_day(
    cast: Cast, mailbox: Mailbox
) -> None:
    agreed_end(cast, GIVEN + 20 * DAY)
    mails = told(mailbox, cast, GIVEN + DAY, GIVEN + 19 * DAY)
    assert not any(subject.startswith("It ends") for _, subject, _ in mails)


def test_of_an_end_by_notice_the_words_say_so_and_nothing_else_is_asked_for_after_it(
    cast: Cast, mailbox: Mailbox
) -> None:
    noticed(cast)
    mails = told(mailbox, cast, LAST - 32 * DAY, LAST + 10 * DAY)
    ahead = next(words for _, subject, words in mails if subject.startswith("It ends on 30"))
    assert "By a notice that was given" in ahead
    assert "whether you extend it" not in ahead
    after = [(subject, words) for day, subject, words in mails if day > LAST]
    became = "Say what became of it, its end was 30 November 2015"
    assert [subject for subject, _ in after] == [became, became]
    assert "We remind you of nothing else that its text asks for." in after[0][1]


def test_who_still_works_to_it_after_a_notice_is_reminded_of_its_text_again(
    cast: Cast, mailbox: Mailbox
) -> None:
    agreement, again = noticed(cast), date(2016, 1, 12)
    swept_on(LAST + DAY)
    assert now(agreement).state == "past_its_end"
    with on(LAST + DAY):
        go_on_working(by=acting(cast.manager), agreement=agreement, on=again)
    mails = told(mailbox, cast, LAST + 2 * DAY, again + 7 * DAY)
    subjects = [subject for _, subject, _ in mails]
    assert "Review due 1 April 2016" in subjects
    asked = [day for day, subject, _ in mails if "became" in subject]
    assert asked == [again, again + 7 * DAY]
