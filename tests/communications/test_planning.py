"""Planned in one form, changed, moved, withdrawn."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from audit.models import Entry
from communications.models import Announcement, ConcernedAgreement
from communications.services.planning import edit, plan
from deadlines.models import Deadline
from house import clock
from house.refusals import NotYours, Refused
from tests.bad_input import BAD_TEXTS
from tests.cast import Cast, acting
from tests.communications import desk
from tests.communications.desk import NOW
from tests.communications.doing import at, send
from tests.conftest import ClientOf
from tests.reading import words_of
from tests.typed import fields_of

pytestmark = pytest.mark.django_db


def test_one_form_plans_it(cast: Cast, client_of: ClientOf) -> None:
    with clock.at(NOW):
        agreement, client = desk.bilateral(cast), client_of(cast.colleague)
        # The only agreement there is, is chosen already.
        page = send(
            client, "/announcements/plan/", kind="publication", title=desk.TITLE, time="9am",
            **{"day-day": "3", "day-month": "9", "day-year": "2026"},
        )  # fmt: skip
    assert "The publication is in your forward plan." in page
    assert "There is no draft yet. Add one, then share it." in page
    assert "Share by, with Eastmoor CCG: 72 hours before release To do 9:00 am BST on 31" in page
    announcement = Announcement.objects.get()
    assert announcement.planned_for.isoformat() == "2026-09-03T08:00:00+00:00"
    assert announcement.concerned.get().agreement == agreement
    # The audit knows ids and dates, and no word that is under embargo.
    entry = Entry.objects.get(verb="announcement_planned")
    assert desk.TITLE not in str(entry.payload)


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"kind": ""}, "Choose what it is"),
        ({"title": ""}, "Enter a title"),
        ({"agreements": []}, "Choose at least one agreement"),
        ({"agreements": ["999"]}, "Choose which agreements it touches from the list"),
        ({"day-day": "31", "day-month": "6"}, "This date does not exist: 31 June 2026"),
        ({"time": ""}, "Enter the time"),
        ({"day-day": "1", "day-month": "6"}, "Choose a time in the future: this one has passed."),
        (
            {"day-day": "28", "day-month": "3", "day-year": "2027", "time": "1:30"},
            "The clocks go forward over this time. Enter an earlier or a later one",
        ),
    ],
)
def test_what_cannot_be_planned_says_why(
    cast: Cast, client_of: ClientOf, said: dict[str, Any], problem: str
) -> None:
    good = {"kind": "publication", "title": "News", "time": "9am", "day-day": "3"}
    good |= {"day-month": "9", "day-year": "2026"}
    with clock.at(NOW):
        desk.bilateral(cast)
        assert problem in send(client_of(cast.colleague), "/announcements/plan/", **good | said)
    assert not Announcement.objects.exists()


@pytest.mark.parametrize("bad", BAD_TEXTS.values(), ids=BAD_TEXTS)
def test_whatever_is_typed_is_answered(cast: Cast, client_of: ClientOf, bad: str) -> None:
    with clock.at(NOW):
        announcement, client = desk.planned(cast), client_of(cast.colleague)
        for path in ("plan/", *(at(announcement, each) for each in (
            "edit/", "move/", "withdraw/", "release/", "drafts/add/"))):  # fmt: skip
            where = path if path.startswith("/") else f"/announcements/{path}"
            names = fields_of(client.get(where).content.decode()) or {"title": ""}
            answer = client.post(where, dict.fromkeys(names, bad))
            assert answer.status_code in (200, 302), where


def test_pressed_twice_it_is_planned_once(cast: Cast) -> None:
    with clock.at(NOW):
        agreement = desk.bilateral(cast)
        first, second = (desk.planned(cast, agreement) for _ in range(2))
        other = desk.planned(cast, agreement, title="Something else")
    assert first == second != other


def test_only_ones_own_agreements_in_force_are_touched(cast: Cast, client_of: ClientOf) -> None:
    with clock.at(NOW):
        agreement = desk.bilateral(cast)
        later = NOW + timedelta(days=9)
        said: dict[str, Any] = {"kind": "publication", "title": "x", "planned_for": later}
        for user, error in (
            (cast.viewer, NotYours), (cast.third_manager, Refused), (cast.stranger, Refused),
        ):  # fmt: skip
            with pytest.raises(error):
                plan(by=acting(user), agreements=[agreement], **said)
        # Either party plans its own.
        assert plan(by=acting(cast.other_manager), agreements=[agreement], **said).owner == cast.ccg
        agreement.state = "ended"
        agreement.save()
        with pytest.raises(Refused, match="that are in force"):
            plan(by=acting(cast.manager), agreements=[agreement], **said)
        page = words_of(client_of(cast.third_manager).get("/announcements/plan/"))
        assert "Your organisation has none yet." in page


def test_the_page_of_an_agreement_leads_to_the_form_with_it_chosen(
    cast: Cast, client_of: ClientOf
) -> None:
    with clock.at(NOW):
        first, second = desk.bilateral(cast), desk.with_third(cast)
        client = client_of(cast.colleague)
        link = f"/announcements/plan/?agreement={second.reference}"
        page = client.get(f"/agreements/{second.reference}/announcements/")
        assert link in page.content.decode()
        assert fields_of(client.get(link).content.decode())["agreements"] == str(second.pk)
        assert "agreements" not in fields_of(client.get("/announcements/plan/").content.decode())
        viewers = client_of(cast.viewer).get(f"/agreements/{first.reference}/announcements/")
        assert "Plan an announcement" not in viewers.content.decode()


def test_a_change_of_kind_or_agreements_moves_the_dates(cast: Cast, client_of: ClientOf) -> None:
    with clock.at(NOW):
        first, second = desk.bilateral(cast), desk.with_third(cast)
        announcement, client = desk.planned(cast, first), client_of(cast.colleague)
        page = send(client, at(announcement, "edit/"), kind="publication", title="Another title",
                    agreements=[first.pk, second.pk])  # fmt: skip
        assert "Another title" in page
        rows = {row.agreement: row for row in announcement.concerned.all()}
        assert {row.lead_hours for row in rows.values()} == {72}
        dates = Deadline.objects.still_open().filter(kind="press_share_by")
        assert set(dates.values_list("due_at", flat=True)) == {NOW + timedelta(hours=28)}
        send(client, at(announcement, "edit/"), agreements=[second.pk])
        assert announcement.concerned.get().agreement == second
        assert Deadline.objects.get(occurrence=first.reference).state == "cancelled"


def test_a_party_that_has_a_draft_is_not_left_out(cast: Cast) -> None:
    with clock.at(NOW):
        first, second = desk.bilateral(cast), desk.with_third(cast)
        announcement = desk.planned(cast, first, second)
        desk.shared(cast, desk.drafted(cast, announcement))
        said: dict[str, Any] = {"kind": announcement.kind, "title": announcement.title}
        with pytest.raises(Refused, match="A party to MOU-0001 has a draft already"):
            edit(by=acting(cast.manager), announcement=announcement, agreements=[second], **said)
        edit(by=acting(cast.manager), announcement=announcement, agreements=[first], **said)
    assert ConcernedAgreement.objects.get().agreement == first


def test_what_a_person_planned_is_named_for_handing_over(cast: Cast) -> None:
    from communications.room import CommunicationsRoom

    with clock.at(NOW):
        announcement = desk.planned(cast)
        person = cast.colleague.person
        assert person
        (holding,) = CommunicationsRoom().holdings(person, cast.area_team, 9)
        assert holding.text == "Planned a press release for 6 June 2026"
        assert holding.url == at(announcement)
        assert CommunicationsRoom().holdings(person, cast.ccg, 9) == []
