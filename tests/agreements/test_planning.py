"""An agreement in force, planned back from its review to a meeting of the CCG's Governing Body."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from agreements.models import Agreement
from agreements.planning.services import paper_is_in, paper_is_not_in
from deadlines.models import Deadline
from house.refusals import NotYours, Refused
from nhsuk.forms import date_boxes
from parties.models import PreElectionPeriod
from parties.services.diaries import period_changed, remove_date, say_papers_time
from tests.agreements.planned import body_of, meets, sweep
from tests.agreements.reviewed import on, reviewed
from tests.cast import Cast, acting
from tests.conftest import ClientOf, Mailbox
from tests.on_terms import in_force_on
from tests.once import made_once
from tests.reading import words, words_at, words_of

pytestmark = pytest.mark.django_db
SIGNED, REVIEW = date(2013, 9, 3), date(2014, 9, 3)
MEETINGS = (date(2014, 7, 2), date(2014, 8, 6), date(2014, 9, 10))


def signed(cast: Cast) -> Agreement:
    with on(SIGNED):
        return in_force_on(cast)


made, cast = made_once(signed)


def the(cast: Cast) -> Agreement:
    """The agreement, with the meetings of the body that approves for the CCG."""
    with on(date(2014, 5, 1)):
        meets(cast, body_of(cast.ccg), *MEETINGS)
    return Agreement.objects.get()


def papers() -> list[tuple[str, date | None, str]]:
    rows = Deadline.objects.filter(kind__in=["paper_due", "no_meeting_left"]).order_by("pk")
    return [(each.kind, each.due_on, each.state) for each in rows]


def plan(client: Client, agreement: Agreement) -> str:
    return words_at(client, f"/agreements/{agreement.reference}/plan/")


@pytest.mark.duty("X11")
def test_the_paper_and_the_last_meeting_are_said_on_the_page_and_reminded(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    agreement = the(cast)
    secretary = cast.other_secretary
    for day in (date(2014, 6, 2), date(2014, 6, 11), date(2014, 6, 25)):
        sweep(day)
    assert papers() == [("paper_due", date(2014, 7, 9), "open")]
    with on(date(2014, 6, 25)):
        page = plan(client_of(cast.other_manager), agreement)
        mails = mailbox.to(secretary.email)
    assert "Review: 3 September 2014" in page
    assert "6 August 2014 Paper to the secretary by 9 July 2014" in page
    subject = "Paper for your Governing Body, due 9 July 2014: with Northern Moors Area Team"
    assert [mail.subject.partition(", Working")[0] for mail in mails] == [subject] * 2
    assert "its last possible meeting is on 6 August 2014" in mails[0].body
    assert len(mailbox.to(cast.other_manager.email)) >= 2
    assert not [mail for mail in mailbox.to(cast.manager.email) if "Paper for" in mail.subject]


@pytest.mark.duty("X11")
def test_when_no_meeting_is_left_in_time_the_party_is_warned(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    agreement = the(cast)
    sweep(date(2014, 7, 9))
    sweep(date(2014, 7, 10))
    assert papers() == [
        ("paper_due", date(2014, 7, 9), "cancelled"), ("no_meeting_left", REVIEW, "open"),
    ]  # fmt: skip
    with on(date(2014, 7, 10)):
        assert "No meeting is left in time for 3 September 2014." in plan(
            client_of(cast.other_manager), agreement
        )
        overview = words(client_of(cast.other_manager), agreement)
    [mail] = [m for m in mailbox.to(cast.other_manager.email) if m.subject.startswith("No meeting")]
    assert "Ask the secretary for an extra meeting" in mail.body
    assert "Find a meeting to decide on the review of" in overview


@pytest.mark.duty("X11")
def test_a_pre_election_period_leaves_a_meeting_out_and_says_so(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement = the(cast)
    sweep(date(2014, 5, 1))
    period = PreElectionPeriod.objects.create(
        name="Local elections", area=cast.ccg.area, starts_on=date(2014, 8, 1),
        ends_on=date(2014, 8, 28),
    )  # fmt: skip
    PreElectionPeriod.objects.create(
        name="Elsewhere", area=cast.far_ccg.area, starts_on=SIGNED, ends_on=REVIEW
    )
    with on(date(2014, 5, 2)):
        period_changed(period)
    sweep(date(2014, 5, 2))
    assert papers() == [("paper_due", date(2014, 6, 4), "open")]
    with on(date(2014, 5, 2)):
        page = plan(client_of(cast.other_manager), agreement)
        theirs = plan(client_of(cast.manager), agreement)
    assert "is left out: it is in the pre-election period “Local elections”" in page
    assert "2 July 2014" in theirs
    assert "6 August" not in theirs  # the rest of the diary is the CCG's


@pytest.mark.duty("X11")
def test_from_a_day_to_sign_of_the_readers_choice(cast: Cast, client_of: ClientOf) -> None:
    agreement = the(cast)
    with on(date(2014, 6, 2)):
        path = f"/agreements/{agreement.reference}/plan/day/"
        asked, passed = date_boxes("on", date(2014, 7, 20)), date_boxes("on", date(2013, 7, 20))
        page = words_of(client_of(cast.manager).get(path, asked))
        wrong = client_of(cast.manager).get(path, passed)
    assert "2 July 2014 Paper to the secretary by 4 June 2014" in page
    assert "20 July 2013 has passed" in wrong.content.decode()


def test_what_moves_plans_again_and_arms_the_reminders_anew(cast: Cast) -> None:
    the(cast)
    sweep(date(2014, 6, 2))
    body = cast.ccg.bodies.get()
    with on(date(2014, 6, 3)):
        say_papers_time(by=acting(cast.other_manager), body=body, days=5, in_working_days=True)
    sweep(date(2014, 6, 3))
    assert papers() == [("paper_due", date(2014, 7, 30), "open")]
    with on(date(2014, 6, 4)):
        remove_date(by=acting(cast.other_manager), meeting=body.meetings.get(on=MEETINGS[1]))
    sweep(date(2014, 6, 4))
    [paper] = Deadline.objects.filter(kind="paper_due")
    assert (paper.due_on, paper.generation) == (date(2014, 6, 25), 3)


def test_a_review_that_is_held_ends_what_was_due_before_it(cast: Cast) -> None:
    agreement = the(cast)
    sweep(date(2014, 6, 2))
    with on(date(2014, 6, 3)):
        reviewed(cast.manager, agreement, date(2014, 6, 3), date(2014, 9, 3))
    sweep(date(2014, 6, 3))
    assert papers() == [
        ("paper_due", date(2014, 7, 9), "cancelled"), ("paper_due", date(2014, 7, 9), "open"),
    ]  # fmt: skip


def test_a_paper_that_is_in_is_reminded_of_no_more_until_somebody_says_it_is_not(
    cast: Cast,
) -> None:
    agreement = the(cast)
    sweep(date(2014, 6, 2))
    [paper] = Deadline.objects.filter(kind="paper_due")
    with on(date(2014, 7, 1)):
        with pytest.raises(NotYours):
            paper_is_in(by=acting(cast.manager), agreement=agreement, deadline=paper)
        paper_is_in(by=acting(cast.other_secretary), agreement=agreement, deadline=paper)
        with pytest.raises(Refused):
            paper_is_in(by=acting(cast.other_secretary), agreement=agreement, deadline=paper)
    sweep(date(2014, 7, 20))
    assert papers() == [("paper_due", date(2014, 7, 9), "met")]
    with on(date(2014, 7, 8)):
        paper_is_not_in(by=acting(cast.other_manager), agreement=agreement, deadline=paper)
    assert papers() == [("paper_due", date(2014, 7, 9), "open")]


def test_where_nobody_entered_dates_nothing_is_due_and_the_page_says_so(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement = Agreement.objects.get()
    sweep(date(2014, 6, 2))
    assert papers() == []
    with on(date(2014, 6, 2)):
        assert "Eastmoor CCG has no body of this name here." in plan(
            client_of(cast.manager), agreement
        )


def test_a_plan_that_holds_is_not_made_again(cast: Cast) -> None:
    the(cast)
    sweep(date(2014, 6, 2))
    before = list(Deadline.objects.filter(kind="paper_due").values())
    sweep(date(2014, 6, 3))
    assert list(Deadline.objects.filter(kind="paper_due").values()) == before
