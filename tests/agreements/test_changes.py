"""An agreement in force is extended, given notice on and ended: by whom, when, and what follows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.management import call_command

from agreements.changes.services.answering import answer_change, withdraw_change
from agreements.changes.services.notices import give_notice, say_not_extending, take_back
from agreements.changes.services.opening import (
    go_on_working,
    propose_end,
    propose_extension,
    record_end,
    record_event,
)
from agreements.changes.words import opened_in_words
from agreements.models import Agreement, Change, Happening
from agreements.terms import Period
from deadlines.models import Deadline
from house.refusals import NotYours, Refused
from house.rooms import rooms
from tests.agreements.reviewed import on
from tests.cast import Cast, acting
from tests.conftest import ClientOf, Mailbox
from tests.on_terms import in_force_on
from tests.reading import all_words, words_at
from tests.stages import in_force

pytestmark = pytest.mark.django_db
SIGNED = date(2015, 4, 1)
PERIOD = Period(ends_on=date(2016, 3, 31), extension_by=date(2015, 9, 1), notice_months=6)
END = date(2016, 3, 31)


def signed(cast: Cast, period: Period = PERIOD, **terms: Any) -> Agreement:
    with on(SIGNED):
        return in_force_on(cast, period=period, minimum_months=0, **terms)


def now(agreement: Agreement) -> Agreement:
    return Agreement.objects.get(pk=agreement.pk)


def sweep(day: date) -> None:
    with on(day):
        call_command("send_reminders", verbosity=0)


@pytest.mark.duty("B07")
def test_an_extension_holds_when_all_have_accepted_it(cast: Cast, client_of: ClientOf) -> None:
    agreement, later = signed(cast), date(2017, 3, 31)
    [decide] = Deadline.objects.filter(kind="extension_decision")
    assert (decide.due_on, decide.state) == (date(2015, 9, 1), "open")
    with on(date(2015, 8, 3)):
        ours = propose_extension(
            by=acting(cast.manager), agreement=agreement, on=later, because="It works."
        )
        assert now(agreement).end_on == END
        with pytest.raises(NotYours):
            answer_change(by=acting(cast.manager), change=ours, agrees=True)
        answer_change(by=acting(cast.other_manager), change=ours, agrees=True)
        words = words_at(client_of(cast.viewer), f"/agreements/{agreement.reference}/changes/")
    assert (now(agreement).end_on, now(agreement).state) == (later, "in_force")
    assert "By the text it ends on 31 March 2016" in words
    assert "It was extended to 31 March 2017" in words
    decide.refresh_from_db()
    assert decide.state == "met"
    assert Deadline.objects.get(kind="agreement_end").due_on == later


def test_who_does_not_accept_says_why_and_the_end_stays(cast: Cast) -> None:
    agreement = signed(cast)
    with on(date(2015, 8, 3)):
        ours = propose_extension(
            by=acting(cast.manager), agreement=agreement, on=None, because="It works."
        )
        with pytest.raises(Refused, match="Say what is not right"):
            answer_change(by=acting(cast.other_manager), change=ours, agrees=False)
        answer_change(by=acting(cast.other_manager), change=ours, agrees=False, because="We merge.")
    ours.refresh_from_db()
    assert (ours.state, ours.closed_because) == ("refused", "We merge.")
    assert now(agreement).end_on == END
    assert not Deadline.objects.filter(kind="change_to_answer").still_open().exists()


@pytest.mark.duty("B08")
def test_notice_runs_to_the_end_that_follows_and_shorter_notice_is_recorded(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    agreement = signed(cast)
    with on(date(2015, 6, 30)):
        said: dict[str, Any] = {"by": acting(cast.other_manager), "agreement": agreement}
        said |= {"given_on": date(2015, 6, 30), "because": "We merge."}
        with pytest.raises(Refused, match="Six months after 30 June 2015 is 30 December 2015"):
            give_notice(**said, on=date(2015, 12, 1))
        notice = give_notice(
            **said, on=date(2015, 12, 1), shorter_because="The merger comes sooner."
        )
        words = words_at(client_of(cast.viewer), f"/agreements/{agreement.reference}/changes/")
        assert "gave notice that it withdraws" in str(mailbox.to(cast.manager.email)[-1].body)
    assert (now(agreement).state, now(agreement).last_day) == ("notice_given", notice.on)
    assert (now(agreement).end_on, notice.is_short) == (END, True)
    assert "Earliest end by the text 30 December 2015" in words
    assert "Shorter notice The merger comes sooner." in words


def test_a_notice_of_not_extending_leaves_the_end_as_it_is(cast: Cast) -> None:
    agreement = signed(cast)
    with on(date(2015, 9, 30)):
        notice = say_not_extending(
            by=acting(cast.manager), agreement=agreement, given_on=date(2015, 9, 30),
            because="The level changes.",
        )  # fmt: skip
    assert (notice.earliest, notice.is_short) == (date(2016, 3, 30), False)
    assert (now(agreement).state, now(agreement).last_day) == ("notice_given", END)
    assert Deadline.objects.get(kind="extension_decision").state == "met"


def test_a_notice_is_taken_back_when_all_agree(cast: Cast) -> None:
    agreement = signed(cast)
    with on(date(2015, 6, 30)):
        notice = give_notice(
            by=acting(cast.other_manager), agreement=agreement, given_on=date(2015, 6, 30),
            on=date(2015, 12, 31), because="We merge.",
        )  # fmt: skip
        with pytest.raises(Refused, match="Only the party that opened it"):
            take_back(by=acting(cast.manager), notice=notice, because="No.")
        back = take_back(by=acting(cast.other_manager), notice=notice, because="No merger.")
        assert now(agreement).state == "notice_given"
        answer_change(by=acting(cast.manager), change=back, agrees=True)
    notice.refresh_from_db()
    assert (notice.state, now(agreement).state) == ("withdrawn", "in_force")
    assert (now(agreement).last_day, now(agreement).noticed_end_on) == (END, None)


@pytest.mark.duty("B06")
def test_past_its_end_it_is_asked_about_until_somebody_answers(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    agreement = signed(cast)
    sweep(END)
    assert now(agreement).state == "in_force"
    sweep(date(2016, 4, 1))
    assert now(agreement).state == "past_its_end"
    with on(date(2016, 4, 1)):
        words = all_words(client_of(cast.manager), agreement)
        assert "is it extended, ended or still working to it?" in words
        assert "It has ended" in words
        assert "We still work to it" in words
    for day in (date(2016, 4, 8), date(2016, 5, 3)):
        sweep(day)
    subjects = [each.subject for each in mailbox.to(cast.other_manager.email)]
    assert sum("Say what became of it" in each for each in subjects) == 3


def test_still_working_to_it_is_asked_again_on_the_day_that_was_chosen(cast: Cast) -> None:
    agreement, again = signed(cast), date(2016, 7, 1)
    sweep(date(2016, 4, 1))
    with on(date(2016, 4, 4)):
        with pytest.raises(Refused, match="Enter a day between tomorrow and 4 April 2017"):
            go_on_working(by=acting(cast.manager), agreement=agreement, on=date(2017, 4, 5))
        go_on_working(by=acting(cast.manager), agreement=agreement, on=again)
    assert now(agreement).state == "past_its_end"
    assert Deadline.objects.get(kind="agreement_end").due_on == again


def test_it_has_ended_when_another_side_confirms_it(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    agreement = signed(cast)
    sweep(date(2016, 4, 1))
    with on(date(2016, 4, 4)):
        ended = record_end(by=acting(cast.manager), agreement=agreement)
        assert now(agreement).state == "past_its_end"
        answer_change(by=acting(cast.other_manager), change=ended, agrees=True)
        words = all_words(client_of(cast.viewer), agreement)
    assert (now(agreement).state, now(agreement).last_day) == ("ended", END)
    assert "Ended on 31 March 2016 as its last day had passed. All of it stays readable." in words
    assert not Deadline.objects.still_open().about(agreement.reference).exists()
    assert mailbox.to(cast.manager.email)[-1].subject.startswith("Ended on 31 March 2016: with")


@pytest.mark.duty("E08")
def test_an_event_ends_it_sooner_when_another_side_confirms_it(cast: Cast) -> None:
    period = Period(ends_on=date(2018, 3, 1), ends_when="the plan is delivered")
    agreement = signed(cast, period)
    with on(date(2017, 12, 4)):
        event = record_event(
            by=acting(cast.manager), agreement=agreement, on=date(2017, 12, 1),
            because="The plan is delivered.",
        )  # fmt: skip
        answer_change(by=acting(cast.other_manager), change=event, agrees=True)
    assert (now(agreement).state, now(agreement).last_day) == ("ended", date(2017, 12, 1))
    assert now(agreement).ended_how == "when this happened: The plan is delivered"


def test_all_agree_that_it_ends_and_it_ends_on_that_day(cast: Cast) -> None:
    agreement, day = signed(cast), date(2015, 12, 31)
    with on(date(2015, 11, 2)):
        proposed = propose_end(
            by=acting(cast.manager), agreement=agreement, on=day, because="The work is done."
        )
        answer_change(by=acting(cast.other_manager), change=proposed, agrees=True)
    assert (now(agreement).state, now(agreement).last_day) == ("in_force", day)
    sweep(day)
    assert now(agreement).state == "in_force"
    sweep(date(2016, 1, 1))
    assert (now(agreement).state, now(agreement).ended_how) == (
        "ended", "by agreement of all parties",
    )  # fmt: skip
    assert Happening.objects.filter(verb="ended").count() == 1


@pytest.mark.duty("A25")
def test_before_the_shortest_time_is_over_only_all_parties_end_it(
    cast: Cast, client_of: ClientOf
) -> None:
    with on(date(2013, 9, 3)):
        agreement = in_force(cast).agreement
    assert agreement.start_on == date(2013, 9, 3)
    with on(date(2014, 3, 3)):
        page = f"/agreements/{agreement.reference}/changes/"
        words = words_at(client_of(cast.manager), page)
        assert "The text gives it no end." in words
        assert "The text provides no notice." in words
        assert "It is in force at least until 3 September 2014" in words
        assert "withdraw" not in words.split("What your organisation can do")[1]
        with pytest.raises(Refused, match="at least until 3 September 2014"):
            give_notice(
                by=acting(cast.manager), agreement=agreement, given_on=date(2014, 3, 3),
                on=date(2014, 6, 3), because="We want to.",
            )  # fmt: skip
        proposed = propose_end(
            by=acting(cast.manager), agreement=agreement, on=date(2014, 3, 1), because="Done."
        )
        answer_change(by=acting(cast.other_manager), change=proposed, agrees=True)
    assert (now(agreement).state, now(agreement).last_day) == ("ended", date(2014, 3, 1))


def test_where_the_text_provides_no_notice_the_others_accept_a_withdrawal_or_not(
    cast: Cast,
) -> None:
    with on(date(2013, 9, 3)):
        agreement = in_force(cast).agreement
    with on(date(2014, 10, 1)):
        notice = give_notice(
            by=acting(cast.manager), agreement=agreement, given_on=date(2014, 10, 1),
            on=date(2014, 12, 31), because="We want to.",
        )  # fmt: skip
        assert (notice.state, now(agreement).state) == ("open", "in_force")
        answer_change(by=acting(cast.other_manager), change=notice, agrees=True)
    assert (now(agreement).state, now(agreement).last_day) == ("notice_given", notice.on)


def test_ends_from_before_an_upgrade_are_dated_once(cast: Cast) -> None:
    agreement = signed(cast)
    Deadline.objects.filter(kind="agreement_end").update(kind="former")
    with on(date(2016, 4, 2)):
        made = [reference for room in rooms() for reference in room.make_up_for_missing()]
        assert made == [agreement.reference]
        assert now(agreement).state == "past_its_end"
        assert Deadline.objects.get(kind="agreement_end").due_on == END
        assert not [each for room in rooms() for each in room.make_up_for_missing()]


def test_what_waits_is_withdrawn_by_who_opened_it_with_a_reason(cast: Cast) -> None:
    agreement = signed(cast)
    with on(date(2015, 8, 3)):
        ours = propose_extension(
            by=acting(cast.manager), agreement=agreement, on=None, because="It works."
        )
        with pytest.raises(NotYours):
            withdraw_change(by=acting(cast.other_manager), change=ours, because="No.")
        withdraw_change(by=acting(cast.manager), change=ours, because="Another way.")
        with pytest.raises(Refused, match="Nobody waits for this any more: withdrawn"):
            answer_change(by=acting(cast.other_manager), change=ours, agrees=True)
    assert not Deadline.objects.filter(kind="change_to_answer").still_open().exists()
    assert Change.objects.get().closed_because == "Another way."


def test_an_end_that_all_agreed_to_is_taken_back_when_all_agree(cast: Cast) -> None:
    agreement, day = signed(cast), date(2015, 12, 31)
    with on(date(2015, 11, 2)):
        proposed = propose_end(
            by=acting(cast.manager), agreement=agreement, on=day, because="The work is done."
        )
        answer_change(by=acting(cast.other_manager), change=proposed, agrees=True)
        back = take_back(by=acting(cast.manager), notice=proposed, because="It is not.")
        assert "take back the end that all agreed to" in opened_in_words(back, "this MoU")
        answer_change(by=acting(cast.other_manager), change=back, agrees=True)
    assert (now(agreement).state, now(agreement).last_day) == ("in_force", END)
    sweep(date(2016, 1, 1))
    assert now(agreement).state == "in_force"


def test_an_extension_that_is_not_later_by_now_is_not_accepted(cast: Cast) -> None:
    agreement = signed(cast)
    with on(date(2015, 8, 3)):
        change = propose_extension(
            by=acting(cast.manager), agreement=agreement, on=date(2016, 6, 30), because="More."
        )
        corrected = now(agreement)
        corrected.end_on = date(2016, 12, 31)
        corrected.save()
        with pytest.raises(Refused, match="Its end is 31 December 2016 by now"):
            answer_change(by=acting(cast.other_manager), change=change, agrees=True)
    assert now(agreement).end_on == date(2016, 12, 31)
