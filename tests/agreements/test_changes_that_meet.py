"""Changes that meet: one overtakes another, and pages say the end as it is by now."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from agreements.changes.services.answering import answer_change
from agreements.changes.services.notices import give_notice, say_not_extending, take_back
from agreements.changes.services.opening import (
    go_on_working,
    propose_end,
    propose_extension,
    record_event,
)
from agreements.contacts.services.answering import answer_by_link
from agreements.models import Agreement, ContactProposal, Happening, PartySpell
from agreements.terms import Period
from deadlines.models import Deadline
from house.refusals import Refused
from tests.agreements.registered import registered
from tests.agreements.reviewed import on
from tests.agreements.test_changes import now, signed, sweep
from tests.cast import Cast, acting
from tests.conftest import ClientOf, Mailbox
from tests.reading import words_at, words_of
from tests.without_account import ADDRESS, NAME, link_in, practice_template

pytestmark = pytest.mark.django_db


def page(agreement: Agreement) -> str:
    return f"/agreements/{agreement.reference}/changes/"


def test_what_ended_it_after_its_end_is_its_last_day(cast: Cast, client_of: ClientOf) -> None:
    agreement = signed(cast)
    sweep(date(2016, 4, 1))
    with on(date(2016, 6, 1)):
        event = record_event(
            by=acting(cast.manager), agreement=agreement, on=date(2016, 5, 2), because="Delivered."
        )
        answer_change(by=acting(cast.other_manager), change=event, agrees=True)
        words = words_at(client_of(cast.viewer), page(agreement))
    assert "It ended on 2 May 2016, when this happened: Delivered. " in words


def test_what_has_no_end_gets_none_by_an_extension(cast: Cast) -> None:
    agreement = signed(cast, Period())
    with on(date(2015, 9, 30)), pytest.raises(Refused, match="has no end"):
        propose_extension(
            by=acting(cast.manager), agreement=agreement, on=date(2017, 3, 31), because="So long."
        )


def test_who_was_to_be_asked_again_is_asked_at_the_end_to_which_it_was_extended(
    cast: Cast,
) -> None:
    agreement, later = signed(cast), date(2016, 12, 31)
    sweep(date(2016, 4, 1))
    with on(date(2016, 4, 4)):
        go_on_working(by=acting(cast.manager), agreement=agreement, on=date(2017, 3, 1))
        ours = propose_extension(
            by=acting(cast.manager), agreement=agreement, on=later, because="It works."
        )
        answer_change(by=acting(cast.other_manager), change=ours, agrees=True)
    end = Deadline.objects.get(kind="agreement_end")
    assert (end.due_on, end.working) == (later, "Its last day is 31 December 2016.")


def test_an_extension_answers_whether_a_notice_of_not_extending_is_taken_back(cast: Cast) -> None:
    agreement = signed(cast)
    with on(date(2015, 9, 30)):
        notice = say_not_extending(
            by=acting(cast.manager), agreement=agreement, given_on=date(2015, 9, 30),
            because="The level changes.",
        )  # fmt: skip
        back = take_back(by=acting(cast.manager), notice=notice, because="It does not.")
        longer = propose_extension(
            by=acting(cast.other_manager), agreement=agreement, on=date(2017, 3, 31), because="So."
        )
        answer_change(by=acting(cast.manager), change=longer, agrees=True)
    back.refresh_from_db()
    assert back.state == "withdrawn"
    assert not Deadline.objects.filter(kind="change_to_answer").still_open().exists()


def test_where_nobody_is_left_to_answer_an_end_holds_at_once(cast: Cast) -> None:
    agreement = signed(cast)
    cast.ccg.closed_on = date(2015, 9, 1)
    cast.ccg.save()
    with on(date(2015, 9, 30)):
        event = record_event(
            by=acting(cast.manager), agreement=agreement, on=date(2015, 9, 1),
            because="Eastmoor CCG has closed",
        )  # fmt: skip
    assert (event.state, now(agreement).state) == ("done", "ended")
    verbs = Happening.objects.filter(agreement=agreement).order_by("pk").values_list("verb")
    assert list(verbs)[-2:] == [("change_opened",), ("ended",)]


def test_an_organisation_that_holds_both_sides_by_now_ends_it_alone(cast: Cast) -> None:
    agreement = signed(cast)
    spell = PartySpell.objects.get(party__agreement=agreement, organisation=cast.ccg)
    spell.organisation = cast.area_team
    spell.save()
    with on(date(2015, 9, 30)):
        end = propose_end(
            by=acting(cast.manager), agreement=now(agreement), on=date(2015, 12, 31), because="So."
        )
    assert end.state == "agreed"


def test_what_comes_ends_on_the_last_day_by_a_notice(cast: Cast, client_of: ClientOf) -> None:
    agreement = signed(cast, Period(ends_on=date(2016, 2, 29), notice_months=6))
    with on(date(2015, 6, 30)):
        give_notice(
            by=acting(cast.other_manager), agreement=agreement, given_on=date(2015, 6, 30),
            on=date(2015, 12, 31), because="We merge.",
        )  # fmt: skip
        words = words_at(client_of(cast.viewer), f"/agreements/{agreement.reference}/on-a-page/")
    assert "When 31 December 2015 What Decide what follows at the end" in words
    assert "29 February 2016" not in words


def test_who_has_no_account_answers_what_runs_and_that_it_is_still_worked_to(
    cast: Cast, client: Client, mailbox: Mailbox
) -> None:
    lead = {"name": NAME, "email": ADDRESS, "job_title": "Practice manager"}
    with on(date(2026, 2, 3)):
        agreement = registered(
            cast, source=practice_template(cast.area_team), end_on=date(2027, 3, 31),
            sides={"area_team": cast.area_team, "practice": cast.practice},
            contacts={"practice": {"lead": {"person": lead}}},
        ).agreement  # fmt: skip
        answer_by_link(proposal=ContactProposal.objects.get(), yes=True)
    with on(date(2026, 9, 30)):
        propose_extension(
            by=acting(cast.manager), agreement=agreement, on=date(2027, 5, 31), because="So."
        )
        client.post(link_in(mailbox), {"answer": "yes"})
    assert now(agreement).end_on == date(2027, 5, 31)
    with on(date(2027, 6, 1)):
        going_on = go_on_working(by=acting(cast.manager), agreement=agreement, on=date(2027, 9, 1))
        client.post(link_in(mailbox), {"answer": "no", "because": "We do not."})
    assert [word.reason for word in going_on.answers.all()] == ["We do not."]


def test_nobody_takes_a_word_back_from_an_end_that_all_agreed_to(cast: Cast) -> None:
    agreement = signed(cast)
    with on(date(2015, 11, 2)):
        end = propose_end(
            by=acting(cast.manager), agreement=agreement, on=date(2015, 12, 31), because="Done."
        )
        answer_change(by=acting(cast.other_manager), change=end, agrees=True)
        with pytest.raises(Refused, match="agreed, its day is to come"):
            answer_change(by=acting(cast.other_manager), change=end, agrees=False, because="No.")


def test_an_end_that_passes_decides_on_no_extension(cast: Cast) -> None:
    signed(cast)
    sweep(date(2016, 4, 1))
    assert Deadline.objects.get(kind="extension_decision").state == "cancelled"


def test_pages_say_the_end_as_it_was_extended_and_that_it_was_taken_away(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement = signed(cast, Period(ends_on=date(2016, 3, 31), ends_when="the plan is delivered"))
    client, words = client_of(cast.viewer), {}
    for until in (date(2017, 3, 31), None):
        with on(date(2015, 9, 30)):
            longer = propose_extension(
                by=acting(cast.manager), agreement=agreement, on=until, because="So."
            )
            answer_change(by=acting(cast.other_manager), change=longer, agrees=True)
            words[until] = words_of(client.get(f"/agreements/{agreement.reference}/"))
            how = words_at(client, page(agreement))
    assert "ends on 31 March 2017 or when the plan is delivered" in words[date(2017, 3, 31)]
    assert "It ends when the plan is delivered." in words[None]
    assert "All parties agreed that it has no end any more." in how
