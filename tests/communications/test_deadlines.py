"""The lead times as people live them: reminded before, at and after, by e-mail, once."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from agreements.terms import LeadTimes
from communications.models import Announcement
from deadlines.models import Deadline
from deadlines.sweep import sweep_reminders
from house import clock
from house.clock import london_instant
from nhsuk.forms import date_boxes
from parties.models import Absence, Team
from tests.cast import Cast, acting, person_of
from tests.communications import desk
from tests.communications.desk import NOW
from tests.conftest import ClientOf, Mailbox
from tests.typed import fields_of

pytestmark = pytest.mark.django_db


def swept(at: datetime) -> int:
    with clock.at(at):
        return sweep_reminders()


def subjects(mailbox: Mailbox, address: str, at: datetime) -> list[str]:
    """What the announcement's reminders said to an address up to a time, and clears the box."""
    with clock.at(at):
        found = [str(mail.subject) for mail in mailbox.to(address) if "draft" in str(mail.subject)]
        mailbox.all.clear()
    return found


def plan_by_page(cast: Cast, client_of: ClientOf, kind: str, release: datetime) -> Announcement:
    """As the Area Team's colleague does it."""
    agreement = desk.bilateral(cast)
    client = client_of(cast.colleague)
    typed = fields_of(client.get("/announcements/plan/").content.decode())
    local = release.astimezone(clock.LONDON)
    said = {
        "kind": kind,
        "title": desk.TITLE,
        "agreements": [agreement.pk],
        "time": f"{local:%H:%M}",
    }
    answer = client.post("/announcements/plan/", typed | said | date_boxes("day", local.date()))
    assert answer.status_code == 302, answer.content.decode()
    return Announcement.objects.get()


@pytest.mark.duty("A07")
def test_a_publication_is_to_be_shared_72_hours_before(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    release = NOW + timedelta(hours=120)
    it_is_reminded_of(cast, client_of, mailbox, "publication", release, 72)


@pytest.mark.duty("A08")
def test_a_press_release_is_to_be_shared_24_hours_before(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    release = NOW + timedelta(hours=72)
    it_is_reminded_of(cast, client_of, mailbox, "press_release", release, 24)
    both_figures_are_terms_of_the_agreement(cast, client_of)


def it_is_reminded_of(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox, kind: str, release: datetime, lead: int
) -> None:
    """Planned by page; in the forward plan; reminded before, at and after; met by sharing."""
    with clock.at(NOW):
        announcement = plan_by_page(cast, client_of, kind, release)
        mailbox.all.clear()
        plan = client_of(cast.viewer).get("/announcements/").content.decode()
        assert desk.TITLE in plan
        assert f"Lead time {lead} hours" in plan
    due, planner = release - timedelta(hours=lead), cast.colleague.email
    what = f"draft {announcement.get_kind_display().lower()}"
    for hours, said in ((-24, f"share the {what} by"), (-1, f"share the {what} by"),
                        (0, f"the {what} is due now"), (4, f"the {what} was due")):  # fmt: skip
        at = due + timedelta(hours=hours)
        assert swept(at - timedelta(minutes=1)) == 0, hours
        assert swept(at) == 1, hours
        assert swept(at) == 0
        (subject,) = subjects(mailbox, planner, at)
        assert said in subject, hours
        assert subject.startswith("MoU with Eastmoor CCG: ")
        assert subject.endswith("(MOU-0001)")
    with clock.at(due + timedelta(hours=5)):
        desk.shared(cast, desk.drafted(cast, announcement), because="It came late.")
    assert Deadline.objects.get(kind="press_share_by").state == "met"
    assert swept(release - timedelta(minutes=1)) == 0


def both_figures_are_terms_of_the_agreement(cast: Cast, client_of: ClientOf) -> None:
    """24 and 72 hours unless an agreement says otherwise."""
    default, own = LeadTimes(), LeadTimes(press_release_hours=8, publication_hours=100)
    assert (default.press_release_hours, default.publication_hours) == (24, 72)
    with clock.at(NOW):
        agreement, client = desk.with_third(cast, own), client_of(cast.colleague)
        for kind, said in (("press_release", "8 hours"), ("publication", "100 hours")):
            planned = desk.planned(cast, agreement, hours=200, kind=kind, title=f"Own {kind}")
            page = client.get(f"/announcements/{planned.public_id}/").content.decode()
            assert f"Share by, with Westmoor CCG: {said} before release" in page


def test_the_e_mail_says_which_clause_asks_and_how_the_time_follows(
    cast: Cast, mailbox: Mailbox
) -> None:
    with clock.at(NOW):
        announcement = desk.planned(cast, hours=48)
    swept(NOW + timedelta(hours=24))
    with clock.at(NOW + timedelta(hours=24)):
        mail = next(mail for mail in mailbox.to(cast.colleague.email) if "due now" in mail.subject)
    body = str(mail.body)
    assert (
        "Your draft press release is due with Eastmoor CCG now, at 12:00 pm BST on 3 June" in body
    )
    assert "Clause 4.3, Drafts of press releases, of the MoU (MOU-0001) asks for this." in body
    assert (
        "How the date follows: Planned release 12:00 pm BST on 4 June 2026, less 24 hours" in body
    )
    assert f"/announcements/{announcement.public_id}/" in body
    assert "Why you get this: you planned this announcement." in body
    assert desk.TITLE not in f"{mail.subject} {body} {mail.alternatives}"


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
    from agreements.services.contacts import name_contact

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
    assert "share the draft press release by 8:00 pm BST on 6 June 2026" in subject


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
    assert subject.startswith("MoUs with Eastmoor CCG and 1 other: share the draft")
    assert subject.endswith("(MOU-0001, MOU-0002)")
    # Once one party has its draft, the other's is told of alone.
    with clock.at(NOW + timedelta(hours=23, minutes=30)):
        desk.shared(cast, desk.drafted(cast, announcement))
        mailbox.all.clear()
    swept(NOW + timedelta(hours=24))
    (subject,) = subjects(mailbox, cast.colleague.email, NOW + timedelta(hours=24))
    assert subject.startswith("MoU with Westmoor CCG: the draft press release is due now")


def test_who_plans_late_is_told_at_once_and_only_once(cast: Cast, mailbox: Mailbox) -> None:
    with clock.at(NOW):
        first, second = desk.bilateral(cast), desk.with_third(cast)
        mailbox.all.clear()
        desk.planned(cast, first, second, hours=10)
    swept(NOW)
    (subject,) = subjects(mailbox, cast.colleague.email, NOW)
    assert "was due 12:00 pm BST on 1 June 2026" not in subject
    assert "was due 10:00 pm BST on 1 June 2026 and is not shared" in subject


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
    assert (
        "was the press release released? It was planned for 12:00 pm BST on 4 June" in mail.subject
    )
    assert "Mark it as released, move it or withdraw it." in str(mail.body)
    # By itself nothing happens.
    announcement.refresh_from_db()
    assert announcement.state == "shared"


def test_the_other_party_holds_no_date_of_it(cast: Cast) -> None:
    with clock.at(NOW):
        desk.planned(cast)
        dates = Deadline.objects.filter(subject_key__startswith="announcement:")
        for other in (cast.other_manager, cast.other_viewer, cast.stranger):
            assert not dates.visible_to(acting(other)).exists()
        kinds = dates.visible_to(acting(cast.viewer)).values_list("kind", flat=True)
        assert set(kinds) == {"press_share_by", "announcement_release"}
