"""Who is told of a review, when, and in which words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.test import Client

from agreements.contacts.services.naming import name_contact
from agreements.library import library
from agreements.models import Access, Agreement
from agreements.templates.services.keeping import take_from_library
from deadlines.models import Concerned, Deadline, Holder, Reminder
from nhsuk.forms import date_boxes
from parties.models import Absence, User
from tests.agreements.reviewed import DUE, SIGNED_AT, days_told, on, reviewed, swept_on
from tests.agreements.test_register import a_file
from tests.cast import Cast, acting, person_of
from tests.conftest import Mailbox
from tests.stages import in_force

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_but_agreements")]
ClientOf = Callable[[User], Client]
DAY = timedelta(days=1)


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    with on(SIGNED_AT.date()):
        return in_force(cast).agreement


@pytest.mark.duty("A26")
def test_reviewed_at_the_end_of_the_first_twelve_months(
    cast: Cast, client_of: ClientOf, agreement: Agreement, mailbox: Mailbox
) -> None:
    told = days_told(SIGNED_AT.date(), date(2027, 7, 10))
    # What falls on a weekend or a bank holiday goes before it while the review is to come, then
    # after it.
    ahead = [DUE - DAY * number for number in (180, 120, 61, 30)]
    weekly = [DUE + DAY * number for number in (0, 7, 14, 21, 28)]
    monthly = [date(2027, 4, 5), date(2027, 5, 4), date(2027, 6, 3), date(2027, 7, 5)]
    assert told == [*ahead, *weekly, *monthly]
    for somebody in (cast.manager, cast.other_manager):
        subjects = [mail.subject for mail in mailbox.to(somebody.email)]
        assert sum("Review " in subject for subject in subjects) == len(told)
    agreement.refresh_from_db()
    assert (agreement.state, agreement.review_on) == ("in_force", DUE)
    held = date(2027, 7, 11)
    with on(held):
        said = {"number": 1, "outcome": "vary", "note": ""}
        said |= date_boxes("held_on", held) | date_boxes("next_on", date(2028, 2, 3))
        url = f"/agreements/{agreement.reference}/review/"
        page = client_of(cast.manager).get(url).content.decode()
        assert all(outcome in page for outcome in ("Continue it as it is", "Vary it", "End it"))
        page = client_of(cast.manager).post(url, said, follow=True).content.decode()
    assert "Outcome" in page
    assert "Vary it" in page
    # The next one is set. In between the other party is asked twice to confirm the record.
    ahead = [date(2028, 2, 3) - DAY * number for number in (181, 120, 62, 30)]
    asked = [held + DAY * number for number in (15, 29)]
    assert days_told(held, date(2028, 2, 4)) == sorted([*asked, *ahead, date(2028, 2, 3)])


def test_each_reminder_says_what_is_true_on_its_day(
    cast: Cast, agreement: Agreement, mailbox: Mailbox
) -> None:
    expected = {
        DUE - 30 * DAY: (
            "Review due 3 February 2027",
            "The review of your MoU with Eastmoor CCG is due on 3 February 2027, in 30",
        ),
        DUE: (
            "Review due today",
            "The review of your MoU with Eastmoor CCG is due today, 3 February 2027.",
        ),
        DUE + 7 * DAY: (
            "Review late since 3 February 2027",
            "The review of your MoU with Eastmoor CCG was due on 3 February 2027, 7 days",
        ),
    }
    for day, (subject, sentence) in expected.items():
        swept_on(day)
        with on(day):
            mail = mailbox.to(cast.manager.email)[-1]
        assert mail.subject == f"{subject}: with Eastmoor CCG, Working together (MOU-0001)"
        assert sentence in mail.body
        assert "Clause 2.2, Review, of the MoU asks for this." in mail.body
        assert "Twelve months after the date of sign-off, 3 February 2026." in mail.body
        assert "/agreements/MOU-0001/review/" in mail.body
        assert "you are MoU manager of Northern Moors Area Team." in mail.body
        assert "cannot be switched off" in mail.body
    assert "a missed review ends nothing" in mail.body
    assert "with Northern Moors" in mailbox.to(cast.other_manager.email)[-1].subject


def test_whoever_is_mou_manager_when_it_is_due_is_told(
    cast: Cast, agreement: Agreement, mailbox: Mailbox
) -> None:
    party = agreement.parties.get(slot="area_team")
    swept_on(DUE - 30 * DAY)
    with on(DUE - 20 * DAY):
        name_contact(
            by=acting(cast.manager), party=party, role="mou_manager",
            person=person_of(cast.colleague), deputy=person_of(cast.viewer),
        )  # fmt: skip
        Absence.objects.create(
            person=person_of(cast.colleague), starts_on=DUE + 5 * DAY, ends_on=DUE + 9 * DAY
        )
    swept_on(DUE)
    swept_on(DUE + 7 * DAY)
    reviews = [mail for mail in mailbox.all if "Review " in mail.subject]
    ours = [mail.to[0] for mail in reviews if "with Eastmoor CCG" in mail.subject]
    assert ours == [cast.manager.email, cast.colleague.email, cast.viewer.email]
    away = reviews[-2] if reviews[-2].to == [cast.viewer.email] else reviews[-1]
    assert "is away and you are the deputy." in away.body


def test_one_whose_date_had_passed_is_asked_for_three_times_and_never_called_late(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    take_from_library(by=acting(cast.manager), source=library()["area-team-and-ccg"])
    person_of(cast.other_manager)
    said = {
        "title": "MoU on quality", "file": a_file(), "area_team": cast.area_team.pk,
        "ccg": cast.ccg.pk, **date_boxes("signed_on", date(2013, 9, 3)),
    }  # fmt: skip
    with on(date(2026, 3, 10)):
        client_of(cast.manager).post("/agreements/new/signed/", said)
    told = days_told(date(2026, 3, 11), date(2026, 6, 10))
    # Besides, the roles that nobody holds are told of.
    assert {date(2026, 3, 24), date(2026, 4, 7), date(2026, 5, 5)} <= set(told)
    reviews = [mail for mail in mailbox.to(cast.manager.email) if "review" in mail.subject]
    assert reviews[0].subject == (
        "No review recorded, its date was 3 September 2014: with Eastmoor CCG, MoU on quality "
        "(MOU-0001)"
    )
    assert "late" not in " ".join(str(mail.body) for mail in reviews)
    assert len(reviews) == 3


def test_agreements_from_before_get_their_dates_once(cast: Cast, agreement: Agreement) -> None:
    for rows in (Reminder, Holder, Concerned, Deadline):
        rows.objects.all().delete()
    Access.objects.update(next_due_on=None, next_due_kind="")
    for _ in "12":
        call_command("set_deadlines")
        [deadline] = Deadline.objects.all()
        assert (deadline.kind, deadline.due_on, deadline.generation) == ("review", DUE, 1)
    assert {a.next_due_on for a in Access.objects.all()} == {DUE}
    with on(DUE):
        reviewed(cast.manager, agreement, DUE, date(2028, 2, 3))
    assert Access.objects.filter(next_due_on=date(2028, 2, 3), next_due_kind="review").count() == 2
