"""The lead times as people live them: reminded before, at and after, by e-mail, once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from agreements.library import library
from agreements.terms import LeadTimes
from communications.models import Announcement
from deadlines.models import Deadline
from house import clock
from nhsuk.forms import date_boxes
from tests.cast import Cast, acting
from tests.communications import desk
from tests.communications.desk import NOW
from tests.communications.doing import subjects, swept
from tests.conftest import ClientOf, Mailbox
from tests.typed import fields_of

pytestmark = pytest.mark.django_db


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
    for hours, said in ((-24, f"Share your {what} by"), (-1, f"Share your {what} by"),
                        (0, f"Share your {what} now, due"), (4, f"{what} not shared")):  # fmt: skip
        at = due + timedelta(hours=hours)
        assert swept(at - timedelta(minutes=1)) == 0, hours
        assert swept(at) == 1, hours
        assert swept(at) == 0
        (subject,) = subjects(mailbox, planner, at)
        assert said.lower() in subject.lower(), hours
        assert subject.endswith(": with Eastmoor CCG, Working together (MOU-0001)")
    with clock.at(due + timedelta(hours=5)):
        desk.shared(cast, desk.drafted(cast, announcement), because="It came late.")
    assert Deadline.objects.get(kind="press_share_by").state == "met"
    assert swept(release - timedelta(minutes=1)) == 0


def both_figures_are_terms_of_the_agreement(cast: Cast, client_of: ClientOf) -> None:
    """24 and 72 hours unless an agreement says otherwise."""
    usual = library()["area-team-and-ccg"].terms.lead_times
    assert (usual.press_release_hours, usual.publication_hours) == (24, 72)
    own = LeadTimes(press_release_hours=8, publication_hours=100)
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
        mail = next(mail for mail in mailbox.to(cast.colleague.email) if "now, due" in mail.subject)
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


def test_the_other_party_holds_no_date_of_it(cast: Cast) -> None:
    with clock.at(NOW):
        desk.planned(cast)
        dates = Deadline.objects.filter(subject_key__startswith="announcement:")
        for other in (cast.other_manager, cast.other_viewer, cast.stranger):
            assert not dates.visible_to(acting(other)).exists()
        kinds = dates.visible_to(acting(cast.viewer)).values_list("kind", flat=True)
        assert set(kinds) == {"press_share_by", "announcement_release"}
