"""Series that the parties agree on themselves: of one agreement, or of a group of several (B14)."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest

from agreements.models import Agreement
from commitments.models import Action
from deadlines.models import Deadline
from house import clock
from house.refusals import NotYours, Refused
from meetings.models import Series
from meetings.services.actions import Agreed
from meetings.services.series import end_series, make_series, set_cadence
from parties.models import Body, BodyOrganisation
from tests.cast import Cast, acting, person_of
from tests.conftest import ClientOf, Mailbox
from tests.meetings.stage import (
    held,
    in_force,
    newest,
    party,
    scheduled,
    series_of,
    swept,
    words,
    words_in,
)
from tests.typed import fields_of
from tests.weeks import working_day


@pytest.fixture
def agreements(cast: Cast) -> list[Agreement]:
    """With Eastmoor CCG and with Westmoor CCG."""
    first = in_force(cast)
    return [first, in_force(cast, ccg=cast.third_ccg, source=first.template_version)]


@pytest.fixture
def group(cast: Cast, agreements: list[Agreement]) -> Series:
    return make_series(
        by=acting(cast.manager), agreements=agreements, name="Quality group", cadence="quarterly"
    )


def test_a_group_that_serves_several_agreements_is_added_on_a_page(
    cast: Cast, agreements: list[Agreement], client_of: ClientOf, mailbox: Mailbox
) -> None:
    body = Body.objects.create(name="User group", kind="group")
    BodyOrganisation.objects.create(body=body, organisation=cast.area_team)
    client, before = client_of(cast.colleague), len(mailbox.all)
    path = f"/meetings/series/new/?agreement={agreements[0].reference}"
    form = fields_of(client.get(path).content.decode())
    assert form["agreements"] == agreements[0].reference
    said = {"name": "Quality group", "agreements": [a.reference for a in agreements],
            "cadence": "quarterly", "convener": "ours", "body": body.pk,
            "standing": "Good practice\n\nGood practice"}  # fmt: skip
    page = words_in(client.post(path, form | said, follow=True))
    assert "Quality group is a series now." in page
    assert "We told the MoU managers of Eastmoor CCG and Westmoor CCG." in page
    assert "Who calls it Northern Moors Area Team" in page
    assert "Group User group" in page
    assert "One owed in the quarter to" in page
    assert {mail.to[0] for mail in mailbox.all[before:]} == {
        cast.other_manager.email, cast.third_manager.email
    }  # fmt: skip
    assert Series.objects.get(name="Quality group").standing == ["Good practice"]


def test_everybody_who_meets_there_reads_what_is_common(
    cast: Cast, agreements: list[Agreement], group: Series, client_of: ClientOf
) -> None:
    came = [(cast.area_team, person_of(cast.manager)), (cast.ccg, person_of(cast.other_manager))]
    lately = clock.today() - timedelta(days=2)
    meeting = held(cast.manager, group, lately, came=came, notes="All well.")
    for user in (cast.viewer, cast.other_viewer, cast.third_manager):
        page = words(client_of(user), f"/meetings/{meeting.key}/")
        assert "All well." in page
        # Whom the other CCG sent is its own.
        assert ("Olga Other" in page) is (user != cast.third_manager)
    assert client_of(cast.stranger).get(f"/meetings/{meeting.key}/").status_code == 404


def test_of_the_agreements_each_reader_sees_their_own(
    cast: Cast, agreements: list[Agreement], group: Series, client_of: ClientOf
) -> None:
    first, second = (agreement.reference for agreement in agreements)
    page = words(client_of(cast.other_viewer), f"/meetings/series/{group.key}/")
    assert first in page
    assert second not in page


def test_an_action_of_a_group_is_read_under_its_own_agreement(
    cast: Cast, agreements: list[Agreement], group: Series, client_of: ClientOf
) -> None:
    agreed = [Agreed("Eastmoor sends it", party(agreements[0])),
              Agreed("Westmoor sends it", party(agreements[1]))]  # fmt: skip
    meeting = held(cast.manager, group, clock.today() - timedelta(days=2), *agreed)
    page = words(client_of(cast.other_viewer), f"/meetings/{meeting.key}/")
    assert "Eastmoor sends it" in page
    assert "Westmoor sends it" not in page
    assert Action.objects.get(what="Westmoor sends it").agreement == agreements[1]


def test_the_record_waits_for_every_other_party(
    cast: Cast, group: Series, client_of: ClientOf
) -> None:
    meeting = held(cast.manager, group, clock.today() - timedelta(days=2))
    path = f"/meetings/{meeting.key}/answer/"
    page = words_in(client_of(cast.other_manager).post(path, {"answer": "yes"}, follow=True))
    assert "Not yet confirmed" not in page
    page = words(client_of(cast.manager), f"/meetings/{meeting.key}/")
    assert "Not yet confirmed by Westmoor CCG." in page
    page = words_in(client_of(cast.third_manager).post(path, {"answer": "yes"}, follow=True))
    assert "Not yet confirmed" not in page


def test_one_person_gets_one_mail_for_several_agreements(
    cast: Cast, group: Series, mailbox: Mailbox
) -> None:
    before = len(mailbox.all)
    scheduled(cast.other_manager, group, clock.today() + timedelta(days=50))
    told = [mail.to[0] for mail in mailbox.all[before:]]
    assert sorted(told) == sorted([cast.manager.email, cast.third_manager.email])
    subject = next(m.subject for m in mailbox.all[before:] if m.to[0] == cast.manager.email)
    assert subject.startswith("Meeting on")
    assert subject.endswith(": with Eastmoor CCG and 1 other (MOU-0001, MOU-0002)")
    # Nobody hears of an agreement that is not their own.
    (third,) = mailbox.to(cast.third_manager.email)[-1:]
    assert third.subject.startswith("Meeting on")
    assert ": with Northern Moors Area Team, " in third.subject
    assert third.subject.endswith("(MOU-0002)")
    assert "Eastmoor CCG called a meeting under your MoU." in third.body


def test_a_quarter_without_a_meeting_is_told_to_all(
    cast: Cast, group: Series, mailbox: Mailbox
) -> None:
    due = Deadline.objects.get(subject_key=f"series:{group.key}").due_on
    assert due
    told = swept(working_day(due + timedelta(days=1)), mailbox)
    # No clause asks for a group's meetings.
    owed = "One quarterly meeting not held by"
    assert "The parties rely on this reminder" in newest(mailbox, owed).body
    assert {to for to, subject in told if owed in subject} == {
        cast.manager.email, cast.other_manager.email, cast.third_manager.email
    }  # fmt: skip


def test_only_an_agreement_of_ones_own_in_force_can_be_served(
    cast: Cast, agreements: list[Agreement]
) -> None:
    by = acting(cast.other_manager)
    with pytest.raises(NotYours):
        make_series(by=by, agreements=agreements, name="Ours", cadence="monthly")
    with pytest.raises(Refused, match="at least one"):
        make_series(by=by, agreements=[], name="Ours", cadence="monthly")


def test_the_same_form_sent_twice_makes_one_series(cast: Cast, agreements: list[Agreement]) -> None:
    key, by = uuid.uuid4(), acting(cast.manager)
    said = {"agreements": agreements, "name": "Group", "cadence": "monthly", "key": key}
    assert make_series(by=by, **said) == make_series(by=by, **said)  # type: ignore[arg-type]
    assert Series.objects.filter(name="Group").count() == 1


def test_a_number_of_its_own_is_asked_for(cast: Cast, group: Series, client_of: ClientOf) -> None:
    client, path = client_of(cast.manager), f"/meetings/series/{group.key}/cadence/"
    assert "Enter the number in each MoU year" in words_in(
        client.post(path, {"cadence": "per_year"})
    )
    page = words_in(client.post(path, {"cadence": "per_year", "per_year": "6"}, follow=True))
    assert "6 in each MoU year" in page
    assert "None of six held this MoU year" in page


def test_a_series_of_ones_own_ends_and_owes_nothing(
    cast: Cast, group: Series, client_of: ClientOf
) -> None:
    meeting = scheduled(cast.manager, group, clock.today() + timedelta(days=9))
    with pytest.raises(Refused, match="Cancel it first"):
        end_series(by=acting(cast.manager), series=group)
    client = client_of(cast.other_manager)
    client.post(f"/meetings/{meeting.key}/cancel/", {"because": "It ends."})
    page = words_in(client.post(f"/meetings/series/{group.key}/end/", {"sure": ""}, follow=True))
    assert "Quality group has ended." in page
    assert "Schedule a meeting" not in page
    assert "Quality group" not in words(client, "/meetings/")
    assert "Quality group" in words(client, "/meetings/?ended=1")
    with pytest.raises(Refused, match="have ended"):
        scheduled(cast.manager, group, clock.today() + timedelta(days=10))


def test_what_the_mou_asks_for_neither_ends_nor_changes(
    cast: Cast, agreements: list[Agreement], client_of: ClientOf
) -> None:
    wider, by = series_of(agreements[0]), acting(cast.manager)
    for method in ("get", "post"):
        answer = getattr(client_of(cast.manager), method)(f"/meetings/series/{wider.key}/cadence/")
        assert answer.status_code == 409
        assert "The terms of the MoU say how often" in answer.content.decode()
    with pytest.raises(Refused, match="end when it ends"):
        end_series(by=by, series=wider)
    with pytest.raises(Refused, match="terms of the MoU say how often"):
        set_cadence(by=by, series=wider, cadence="monthly")


def test_counting_begins_with_the_earliest_agreement(group: Series) -> None:
    assert group.counts_from == date(2013, 9, 3)


def test_nobody_meets_the_reference_of_an_agreement_of_others(
    cast: Cast, agreements: list[Agreement], group: Series, client_of: ClientOf
) -> None:
    meeting = held(cast.manager, group, clock.today() - timedelta(days=2))
    scheduled(cast.manager, group, clock.today() + timedelta(days=20))
    first, second = (agreement.reference for agreement in agreements)
    for path in ("/", "/meetings/", f"/meetings/series/{group.key}/", f"/meetings/{meeting.key}/",
                 f"/agreements/{second}/", "/account/mail/", "/commitments/"):  # fmt: skip
        page = client_of(cast.third_manager).get(path, follow=True).content.decode()
        assert first not in page, path


def test_of_very_many_agreements_the_one_that_was_asked_for_can_be_chosen(
    cast: Cast, agreements: list[Agreement], client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("meetings.queries.offers.FEW", 1)
    client, (*_, last) = client_of(cast.colleague), agreements
    path = f"/meetings/series/new/?agreement={last.reference}"
    form = fields_of(client.get(path).content.decode())
    said = {"name": "Quality group", "cadence": "quarterly", "convener": "ours"}
    page = words_in(client.post(path, form | said, follow=True))
    assert "Quality group is a series now." in page


def test_past_meetings_are_paged(cast: Cast, group: Series, client_of: ClientOf) -> None:
    first = clock.today() - timedelta(days=60)
    for each in range(22):
        held(cast.manager, group, first + timedelta(days=each))
    path = f"/meetings/series/{group.key}/"
    page, next_page = (words(client_of(cast.manager), path + query) for query in ("", "?page=2"))
    assert page.count("Held elsewhere, recorded afterwards") == 20
    assert next_page.count("Held elsewhere, recorded afterwards") == 2
