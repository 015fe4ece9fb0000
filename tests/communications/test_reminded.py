"""Who is told of an announcement's dates, when, and in how many e-mails."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from deadlines.models import Deadline
from house import clock
from house.clock import london_instant
from parties.models import Absence, Team
from tests.cast import Cast, acting, person_of
from tests.communications import desk
from tests.communications.desk import NOW
from tests.communications.doing import subjects, swept
from tests.conftest import Mailbox

pytestmark = pytest.mark.django_db


def test_whoever_planned_it_the_press_team_and_the_manager_are_told_once_each(
    cast: Cast, mailbox: Mailbox
) -> None:
    with clock.at(NOW):
        desk.press_team(cast.area_team, [cast.viewer])
        desk.planned(cast, hours=48)
        mailbox.all.clear()
    swept(NOW + timedelta(hours=23))
    with clock.at(NOW + timedelta(hours=23)):
        told = sorted(mail.to[0] for mail in mailbox.all)
    team = Team.objects.get(organisation=cast.area_team)
    assert told == sorted([cast.colleague.email, cast.manager.email, team.address])


def test_the_deputy_is_told_while_the_manager_is_away(cast: Cast, mailbox: Mailbox) -> None:
    from agreements.contacts.services.naming import name_contact

    with clock.at(NOW):
        agreement = desk.bilateral(cast)
        party, deputy = agreement.parties.get(slot="area_team"), person_of(cast.viewer)
        name_contact(
            by=acting(cast.manager), party=party, role="mou_manager",
            person=person_of(cast.manager), deputy=deputy,
        )  # fmt: skip
        desk.planned(cast, agreement, hours=48)
        Absence.objects.create(person=person_of(cast.manager), ends_on=NOW.date() + timedelta(9))
        mailbox.all.clear()
    swept(NOW + timedelta(hours=23))
    with clock.at(NOW + timedelta(hours=23)):
        assert {mail.to[0] for mail in mailbox.all} == {cast.colleague.email, cast.viewer.email}


def test_a_weekend_share_by_is_told_on_friday_at_nine(cast: Cast, mailbox: Mailbox) -> None:
    # Released on Sunday at eight in the evening: to be shared on Saturday at eight.
    release = london_instant(datetime(2026, 6, 7, tzinfo=UTC).date(), time(20))
    with clock.at(NOW):
        desk.planned(cast, hours=(release - NOW) / timedelta(hours=1))
        mailbox.all.clear()
    friday = london_instant(datetime(2026, 6, 5, tzinfo=UTC).date(), time(9))
    assert swept(friday - timedelta(minutes=1)) == 0
    assert swept(friday) == 1
    (subject,) = subjects(mailbox, cast.colleague.email, friday)
    assert "Share your draft press release by 8:00 pm BST on 6 June 2026" in subject


def test_one_that_touches_several_agreements_is_told_in_one_e_mail(
    cast: Cast, mailbox: Mailbox
) -> None:
    with clock.at(NOW):
        first, second = desk.bilateral(cast), desk.with_third(cast)
        announcement = desk.planned(cast, first, second, hours=48)
        assert Deadline.objects.filter(kind="press_share_by").count() == 2
        mailbox.all.clear()
    swept(NOW + timedelta(hours=23))
    (subject,) = subjects(mailbox, cast.colleague.email, NOW + timedelta(hours=23))
    assert subject.startswith("Share your draft press release by")
    assert subject.endswith(": with Eastmoor CCG and 1 other (MOU-0001, MOU-0002)")
    # Once one party has its draft, the other's is told of alone.
    with clock.at(NOW + timedelta(hours=23, minutes=30)):
        desk.shared(cast, desk.drafted(cast, announcement))
        mailbox.all.clear()
    swept(NOW + timedelta(hours=24))
    (subject,) = subjects(mailbox, cast.colleague.email, NOW + timedelta(hours=24))
    assert "now, due 12:00 pm BST on 3 June 2026: with Westmoor CCG, " in subject


def test_who_plans_late_is_told_at_once_and_only_once(cast: Cast, mailbox: Mailbox) -> None:
    with clock.at(NOW):
        first, second = desk.bilateral(cast), desk.with_third(cast)
        mailbox.all.clear()
        desk.planned(cast, first, second, hours=10)
    swept(NOW)
    (subject,) = subjects(mailbox, cast.colleague.email, NOW)
    assert "was due 12:00 pm BST on 1 June 2026" not in subject
    assert "not shared, was due 10:00 pm BST on 1 June 2026" in subject


def test_a_passed_release_is_asked_about_until_somebody_says_what_came_of_it(
    cast: Cast, mailbox: Mailbox
) -> None:
    with clock.at(NOW):
        announcement = desk.planned(cast, hours=48)
        desk.shared(cast, desk.drafted(cast, announcement))
        mailbox.all.clear()
    after = NOW + timedelta(hours=49)
    assert swept(after - timedelta(minutes=1)) == 0
    assert swept(after) == 1
    with clock.at(after):
        (mail,) = mailbox.to(cast.colleague.email)
    assert "what came of your press release, planned for 12:00 pm BST on 4 June" in mail.subject
    assert "Mark it as released, move it or withdraw it." in str(mail.body)
    # By itself nothing happens.
    announcement.refresh_from_db()
    assert announcement.state == "shared"


def test_after_an_outage_nobody_is_told_to_share_what_is_out_by_now(
    cast: Cast, mailbox: Mailbox
) -> None:
    with clock.at(NOW):
        desk.planned(cast, hours=48)
        mailbox.all.clear()
    seven_weeks_on = NOW + timedelta(weeks=7)
    assert swept(seven_weeks_on) == 1
    (only,) = subjects_of(mailbox, cast.colleague.email, seven_weeks_on)
    assert only.startswith(
        "Say what came of your press release, planned for 12:00 pm BST on 4 June"
    )


def test_what_a_server_held_up_until_the_release_is_not_sent(cast: Cast, mailbox: Mailbox) -> None:
    with clock.at(NOW):
        desk.planned(cast, hours=48)
        mailbox.all.clear()
    assert swept(NOW + timedelta(hours=24)) == 1
    assert subjects_of(mailbox, cast.colleague.email, NOW + timedelta(hours=48)) == []


def subjects_of(mailbox: Mailbox, address: str, moment: datetime) -> list[str]:
    with clock.at(moment):
        return [str(mail.subject) for mail in mailbox.to(address)]


def test_a_monday_share_by_warns_on_friday_while_there_is_a_day_to_do_it(
    cast: Cast, mailbox: Mailbox
) -> None:
    release = london_instant(date(2026, 6, 9), time(10))  # to be shared on Monday at ten
    with clock.at(NOW):
        desk.planned(cast, hours=(release - NOW) / timedelta(hours=1))
        mailbox.all.clear()
    friday = london_instant(date(2026, 6, 5), time(9))
    sunday, monday = friday + timedelta(days=2, hours=1), friday + timedelta(days=3)
    assert swept(friday) == 1
    (first,) = subjects_of(mailbox, cast.colleague.email, friday)
    assert "Share your draft press release by 10:00 am BST on 8 June 2026" in first
    assert [swept(each) for each in (sunday, monday, monday + timedelta(hours=1))] == [0, 1, 1]
