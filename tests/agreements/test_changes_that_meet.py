"""Changes that meet: one overtakes another, a registration is put right, a party has left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agreements.changes.services.answering import answer_change, withdraw_change
from agreements.changes.services.opening import (
    give_notice,
    go_on_working,
    propose_end,
    propose_extension,
    record_event,
    say_not_extending,
    take_back,
)
from agreements.contacts.services.answering import answer_by_link
from agreements.core.telling import told_others
from agreements.models import Agreement, Change, ContactProposal, Happening, PartySpell
from agreements.register.changing import answer_change as answer_correction
from agreements.register.changing import correct_registration, withdraw_registration
from agreements.register.facts import facts_of
from agreements.register.services import register_signed
from agreements.terms import Period
from deadlines.models import Deadline
from documents.storage import store
from house.refusals import Refused
from tests import federations
from tests.agreements.registered import again, confirm, registered
from tests.agreements.reviewed import on
from tests.agreements.test_changes import now, signed, sweep
from tests.cast import Cast, acting
from tests.conftest import ClientOf, Mailbox
from tests.pdf import a_pdf
from tests.reading import all_words, words_at, words_of
from tests.two_of_ten import of_ten, somebody
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


def test_an_end_put_right_is_the_last_day_whoever_does_not_extend_it(cast: Cast) -> None:
    copy = registered(cast, end_on=date(2027, 3, 31))
    with on(date(2026, 9, 30)):
        say_not_extending(
            by=acting(cast.manager), agreement=copy.agreement, given_on=date(2026, 9, 30),
            because="The level changes.",
        )  # fmt: skip
        right = replace(facts_of(again(copy)), end_on=date(2027, 5, 31))
        correct_registration(
            by=acting(cast.manager), copy=again(copy), facts=right, because="A slip of the pen."
        )
    assert now(copy.agreement).last_day == date(2027, 5, 31)


def leaving(cast: Cast, agreement: Agreement) -> Change:
    """The Ash Federation leaves nine others at the end of 2018, and all accept that."""
    notice = give_notice(
        by=acting(somebody("Mo Ash")), agreement=agreement, given_on=date(2018, 9, 3),
        on=date(2018, 12, 31), because="Our practices join another.",
    )  # fmt: skip
    return all_accept(cast, notice)


def all_accept(cast: Cast, change: Change, but: int | None = None) -> Change:
    for party in change.agreement.sides:
        if party.organisation.pk not in (change.opened_for_id, but):
            name = party.name.split()[0]
            by = cast.other_manager if party.key == "ccg" else somebody(f"Mo {name}")
            change = answer_change(by=acting(by), change=change, agrees=True)
    return change


def test_who_was_to_leave_many_stays_when_its_notice_is_taken_back(cast: Cast) -> None:
    with on(date(2017, 9, 1)):
        agreement = of_ten(cast)
    with on(date(2018, 9, 3)):
        notice = leaving(cast, agreement)
        back = take_back(by=acting(somebody("Mo Ash")), notice=notice, because="We stay.")
        all_accept(cast, back)
    notice.refresh_from_db()
    [spell] = PartySpell.objects.filter(
        party__agreement=agreement, organisation=notice.opened_for_id
    )
    assert (notice.state, spell.ends_on) == ("withdrawn", None)
    assert spell.history.latest().ends_on is None


def test_a_party_that_left_is_offered_nothing_and_not_told(cast: Cast, client_of: ClientOf) -> None:
    with on(date(2017, 9, 1)):
        agreement = of_ten(cast)
    with on(date(2018, 9, 3)):
        leaving(cast, agreement)
    with on(date(2019, 1, 1)):
        assert "What your organisation can do" not in words_at(
            client_of(somebody("Mo Ash")), page(agreement)
        )
        told = told_others(now(agreement), acting(cast.other_manager))
    assert "Birch Federation" in told
    assert "Ash Federation" not in told


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


def test_an_mou_that_goes_on_without_a_party_stays_in_force(
    cast: Cast, client_of: ClientOf
) -> None:
    with on(date(2017, 9, 1)):
        agreement = of_ten(cast)
    with on(date(2018, 9, 3)):
        notice = leaving(cast, agreement)
        words = all_words(client_of(cast.other_manager), now(agreement))
    assert "In force since 1 September 2017" in words
    assert "Notice given" not in words
    sweep(date(2019, 1, 1))
    notice.refresh_from_db()
    assert (notice.state, now(agreement).state) == ("done", "in_force")


def test_the_last_but_one_of_a_side_does_not_leave_an_mou_that_goes_on(cast: Cast) -> None:
    with on(date(2017, 9, 1)):
        agreement = register_signed(
            by=acting(cast.other_manager), template_version=federations.template(cast.ccg),
            title="Roles", organisations=federations.sides(cast, 2),
            file=store(a_pdf(), name="mou.pdf", content_type="application/pdf"),
            signed_on=date(2017, 9, 1), review_on=date(2018, 9, 1),
        )  # fmt: skip
        federations.people_of(agreement)
    with on(date(2018, 9, 3)):
        given = [
            give_notice(
                by=acting(somebody(f"Mo {name}")), agreement=agreement, given_on=date(2018, 9, 3),
                on=date(2018, 12, 31), because="We join another.",
            )
            for name in ("Ash", "Birch")
        ]  # fmt: skip
    assert [notice.leaves for notice in given] == [True, False]


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


def test_who_registered_it_does_not_take_back_what_all_extended(cast: Cast) -> None:
    copy = registered(cast, end_on=date(2027, 3, 31))
    with on(date(2026, 9, 30)):
        longer = propose_extension(
            by=acting(cast.manager), agreement=copy.agreement, on=date(2028, 3, 31), because="So."
        )
        answer_change(by=acting(cast.other_manager), change=longer, agrees=True)
        shorter = replace(facts_of(again(copy)), end_on=date(2026, 12, 31))
        with pytest.raises(Refused, match="All parties agreed to extend it"):
            correct_registration(
                by=acting(cast.manager), copy=again(copy), facts=shorter, because="A slip."
            )
    assert now(copy.agreement).end_on == date(2028, 3, 31)


def test_a_correction_asked_before_an_extension_leaves_the_end_that_all_agreed_to(
    cast: Cast,
) -> None:
    copy = registered(cast, end_on=date(2027, 3, 31))
    confirm(cast.other_manager, copy)
    with on(date(2026, 9, 30)):
        right = replace(facts_of(again(copy)), title="Quality and safety")
        asked = correct_registration(
            by=acting(cast.manager), copy=again(copy), facts=right, because="A slip."
        )
        longer = propose_extension(
            by=acting(cast.manager), agreement=copy.agreement, on=date(2028, 3, 31), because="So."
        )
        answer_change(by=acting(cast.other_manager), change=longer, agrees=True)
        answer_correction(by=acting(cast.other_manager), change=asked, agrees=True)
    agreement = now(copy.agreement)
    assert (agreement.title, agreement.end_on) == ("Quality and safety", date(2028, 3, 31))


def test_what_waits_ends_with_a_registration_that_is_withdrawn(
    cast: Cast, client_of: ClientOf
) -> None:
    copy = registered(cast, end_on=date(2027, 3, 31))
    with on(date(2026, 9, 30)):
        longer = propose_extension(
            by=acting(cast.manager), agreement=copy.agreement, on=date(2028, 3, 31), because="So."
        )
        withdraw_registration(by=acting(cast.manager), copy=again(copy), because="Another file.")
        words = words_at(client_of(cast.other_manager), f"{page(copy.agreement)}{longer.pk}/")
    assert "Withdrawn: It was registered in error." in words
    assert "Waits for" not in words


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


def test_a_title_put_right_after_an_extension_leaves_the_end_of_days_before(
    cast: Cast, client_of: ClientOf
) -> None:
    with on(date(2026, 2, 3)):
        copy = registered(cast, end_on=date(2027, 3, 31))
    with on(date(2026, 9, 30)):
        longer = propose_extension(
            by=acting(cast.manager), agreement=copy.agreement, on=date(2028, 3, 31), because="So."
        )
        answer_change(by=acting(cast.other_manager), change=longer, agrees=True)
    with on(date(2026, 10, 1)):
        right = replace(facts_of(again(copy)), title="Quality of care")
        correct_registration(
            by=acting(cast.manager), copy=again(copy), facts=right, because="A slip."
        )
        day = f"/agreements/{copy.agreement.reference}/on/2026-05-04/?known=now"
        words = words_at(client_of(cast.other_manager), day)
    assert "31 March 2027" in words
    assert "31 March 2028" not in words


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


def test_what_a_party_that_left_had_opened_bars_nobody(cast: Cast) -> None:
    with on(date(2017, 9, 1)):
        agreement = of_ten(cast)
    with on(date(2018, 9, 3)):
        leaving(cast, agreement)
        event = record_event(
            by=acting(somebody("Mo Ash")), agreement=agreement, on=date(2018, 9, 3), because="So."
        )
    sweep(date(2019, 1, 1))
    event.refresh_from_db()
    assert (event.state, event.closed_because) == ("withdrawn", "Its party has left.")
    assert not Deadline.objects.filter(kind="change_to_answer").still_open().exists()


def test_what_waited_for_a_party_that_left_alone_holds(cast: Cast) -> None:
    with on(date(2017, 9, 1)):
        agreement = of_ten(cast)
    with on(date(2018, 9, 3)):
        ash = leaving(cast, agreement).opened_for_id
        end = propose_end(
            by=acting(cast.other_manager), agreement=agreement, on=date(2019, 6, 1), because="Done."
        )
        all_accept(cast, end, but=ash)
    sweep(date(2019, 1, 1))
    end.refresh_from_db()
    assert (end.state, now(agreement).last_day) == ("agreed", date(2019, 6, 1))


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


def test_who_is_told_of_a_change_is_read_for_ten_as_for_two(cast: Cast) -> None:
    with on(date(2017, 9, 1)):
        agreement = of_ten(cast)
    with on(date(2018, 9, 3)):
        ours = propose_end(
            by=acting(cast.other_manager), agreement=agreement, on=date(2019, 6, 1), because="Done."
        )
        with CaptureQueriesContext(connection) as asked:
            withdraw_change(by=acting(cast.other_manager), change=ours, because="Not now.")
    members = [each for each in asked if 'FROM "parties_membership"' in each["sql"]]
    assert len(members) <= 3
