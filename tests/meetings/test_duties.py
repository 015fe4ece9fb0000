"""The meetings that the MoU between an area team and a CCG asks for, as its people keep them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from agreements.contacts.services.naming import name_contact
from commitments.forms import value_of
from commitments.models import Action
from meetings.models import Meeting, Series
from nhsuk.forms import date_boxes
from tests.cast import Cast, acting, person_of
from tests.conftest import ClientOf, Mailbox
from tests.meetings.stage import SOURCES, in_force, on, party, series_of, swept, words, words_in
from tests.typed import fields_of

LAST = date(2014, 9, 2)


def sent(client: Client, path: str, **said: Any) -> str:
    """A page's form, filled in and sent; what the next page says."""
    form = fields_of(client.get(path).content.decode())
    return words_in(client.post(path, form | said, follow=True))


def recorded(client: Client, series: Series, day: date, **said: Any) -> Meeting:
    sent(client, f"/meetings/series/{series.key}/record/", **date_boxes("day", day), **said)
    return Meeting.objects.get(series=series, day=day)


@pytest.mark.duty("A17")
def test_the_locality_manager_meets_the_ccg_as_required_and_monthly_if_it_asks(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    locality = series_of(in_force(cast), Series.Purpose.LOCALITY)
    page = f"/meetings/series/{locality.key}/"
    with on(date(2013, 10, 1)):
        ccg = client_of(cast.other_colleague)
        assert "How often As required" in words(ccg, page)
        assert "None held yet." in words(ccg, page)
        recorded(client_of(cast.colleague), locality, date(2013, 9, 20))
        assert "1 meeting held." in words(ccg, page)
        # The CCG asks, not the Area Team.
        assert client_of(cast.manager).get(f"{page}cadence/").status_code == 403
        told = sent(ccg, f"{page}cadence/", cadence="monthly")
        assert "These meetings are monthly from now on." in told
        assert "Held in the month to 2 October 2013." in told
        assert (
            "Oscar Othersby asked for “Meeting with the locality manager” to be held monthly."
            in (words(ccg, f"/agreements/{locality.serves.get().agreement.reference}/history/"))
        )
    assert "Meetings with the locality manager now held monthly: with" in mailbox.all[-1].subject
    asked = [to for to, subject in swept(date(2013, 12, 24), mailbox) if "locality" in subject]
    assert set(asked) == {cast.manager.email, cast.other_manager.email}
    with on(date(2014, 1, 5)):
        ccg = client_of(cast.other_colleague)
        for cadence, said in (("quarterly", "in the quarter to 2 March 2014"),
                              ("twice_a_year", "held this MoU year")):  # fmt: skip
            assert said in sent(ccg, f"{page}cadence/", cadence=cadence)


@pytest.mark.duty("A18")
def test_a_wider_meeting_twice_a_year_on_six_sources(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    agreement = in_force(cast)
    wider = series_of(agreement)
    page = f"/meetings/series/{wider.key}/"
    # One held elsewhere, in one form; one owed, which the agreement's page says too.
    with on(date(2014, 2, 4)):
        team, ccg = client_of(cast.manager), client_of(cast.other_viewer)
        said = {"notes": "Two visits.", "actions-0-what": "Send the list",
                "actions-0-owner": value_of(party(agreement), None)}  # fmt: skip
        recorded(team, wider, date(2014, 2, 3), **said)
        sentence = "One of two held this MoU year; one owed by 2 September 2014."
        for client, path in ((team, page), (ccg, f"/agreements/{agreement.reference}/meetings/")):
            assert sentence in words(client, path)
    # A warning before the year runs out, to both.
    warned = swept(LAST - timedelta(days=60), mailbox)
    subject = "Hold one wider meeting by 2 September 2014: with"
    managers = {cast.manager.email, cast.other_manager.email}
    assert {to for to, said in warned if subject in said} == managers
    # The agenda: the six sources, with what the portal holds, else an empty heading.
    with on(date(2014, 7, 7)):
        name_contact(by=acting(cast.other_manager), party=party(agreement),
                     role="lead_clinician", person=person_of(cast.other_colleague))  # fmt: skip
        ccg = client_of(cast.other_manager)
        sent(ccg, f"{page}schedule/", **date_boxes("day", date(2014, 8, 4)))
        meeting = Meeting.objects.scheduled().get()
        agenda = words(client_of(cast.manager), f"/meetings/{meeting.key}/")
    for source in SOURCES:
        assert f"{source} The portal holds nothing for this yet." in agenda
    assert "Send the list" in agenda.split("Agenda")[1]
    assert "Olga Other named Oscar Othersby as lead clinician for Eastmoor CCG." in agenda
    # Held and recorded: nothing is owed any more.
    with on(date(2014, 8, 5)):
        ccg = client_of(cast.other_manager)
        sent(ccg, f"/meetings/{meeting.key}/record/", notes="All six were looked at.")
        assert "Two of two held this MoU year." in words(client_of(cast.manager), page)
    assert not [s for _, s in swept(LAST - timedelta(days=14), mailbox) if "wider meeting" in s]


@pytest.mark.duty("A19")
def test_meetings_agree_actions_and_who_takes_them_forward(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    agreement = in_force(cast)
    wider, colleague = series_of(agreement), person_of(cast.colleague)
    ours, theirs = party(agreement, "area_team"), party(agreement)
    # Owner organisation and person, due date: with the record, in one form.
    with on(date(2013, 12, 3)):
        first = recorded(
            client_of(cast.manager), wider, date(2013, 12, 2), **{
                "actions-0-what": "Send the list", "actions-0-owner": value_of(ours, colleague),
                "actions-1-what": "Name a nurse", "actions-1-owner": value_of(theirs, None),
            }, **date_boxes("actions-0-due_on", date(2014, 1, 10)),
        )  # fmt: skip
        page = words(client_of(cast.other_viewer), f"/meetings/{first.key}/")
    for text in (
        "Send the list Action 1",
        "Name a nurse Not yet confirmed",
        "10 January 2014",
        "Colin Colleague, Northern Moors Area Team",
        "Eastmoor CCG, nobody named",
    ):
        assert text in page
    assert "1 action of it is yours." in mailbox.to(cast.colleague.email)[-1].body
    # Reminders: before, on the day and when it is late.
    for day in (date(2014, 1, 3), date(2014, 1, 10), date(2014, 1, 17)):
        swept(day, mailbox)
    subjects = [str(mail.subject) for mail in mailbox.to(cast.colleague.email)][-3:]
    dues = ("due 10 January 2014", "due today", "late since 10 January 2014")
    assert [due in subject for due, subject in zip(dues, subjects, strict=True)] == [True] * 3
    # Carried to the next agenda until it is closed; its status is plain to both.
    with on(date(2014, 2, 6)):
        team, ccg = client_of(cast.manager), client_of(cast.other_manager)
        sent(ccg, f"/meetings/series/{wider.key}/schedule/", **date_boxes("day", date(2014, 2, 6)))
        second = Meeting.objects.scheduled().get()
        agenda = words(client_of(cast.viewer), f"/meetings/{second.key}/").split("Agenda")[1]
        assert "Send the list" in agenda
        assert "Late" in agenda
        sent(team, f"/meetings/{second.key}/record/", notes="Both are still open.")
        assert "Carried to 1 later meeting" in words(ccg, page_of("Send the list"))
        sent(client_of(cast.colleague), f"{page_of('Send the list')}progress/", state="done")
        sent(ccg, f"/meetings/series/{wider.key}/schedule/", **date_boxes("day", date(2014, 8, 4)))
        third = Meeting.objects.scheduled().get()
        agenda = words(ccg, f"/meetings/{third.key}/").split("Agenda")[1]
        assert "Name a nurse" in agenda
        assert "carried 1 time" in agenda
        assert "Send the list" not in agenda
        assert "Done" in words(ccg, f"/meetings/{first.key}/")


def page_of(what: str) -> str:
    return f"/commitments/{Action.objects.get(what=what).key}/"
