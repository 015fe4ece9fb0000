"""Days away, said by oneself or by one's administrator."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from house import clock
from nhsuk.forms import date_boxes
from parties.models import Absence, User
from parties.reader import is_away
from tests.bad_input import BAD_TEXTS
from tests.cast import Cast, person_of

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
OWN = "/account/away/"


def said(starts_on: date, ends_on: date | None = None) -> dict[str, str]:
    return date_boxes("starts_on", starts_on) | date_boxes("ends_on", ends_on)


def days(number: int) -> date:
    return clock.today() + timedelta(days=number)


def test_somebody_says_when_they_are_away_and_that_they_are_back(
    cast: Cast, client_of: ClientOf
) -> None:
    client, person = client_of(cast.viewer), person_of(cast.viewer)
    assert "No days away are entered." in client.get(OWN).content.decode()
    page = client.post(OWN, said(days(0), days(5)), follow=True).content.decode()
    assert "Deputies get the e-mails meanwhile." in page
    assert is_away(person)
    assert "From " in client.get("/account/").content.decode()
    absence = Absence.objects.get()
    page = client.post(OWN, {"end": absence.pk}, follow=True).content.decode()
    assert "E-mails go to the person themselves from today." in page
    assert not is_away(person)
    # Nobody could know of one that begins today or later: it is taken out; its history stays.
    assert not Absence.objects.exists()
    assert Absence.history.count() == 2


def test_one_that_has_begun_ends_yesterday(cast: Cast, client_of: ClientOf) -> None:
    person = person_of(cast.viewer)
    absence = Absence.objects.create(person=person, starts_on=days(-3), ends_on=None)
    client_of(cast.viewer).post(OWN, {"end": absence.pk})
    assert Absence.objects.get().ends_on == days(-1)
    page = client_of(cast.viewer).post(OWN, {"end": absence.pk}, follow=True).content.decode()
    assert "This absence is over already." in page


def test_days_that_cannot_be_are_refused(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.viewer)
    client.post(OWN, said(days(10), days(20)))
    for starts_on, ends_on, sentence in (
        (days(5), days(4), "The last day is before the first day."),
        (days(-9), days(-2), "These days are over."),
        (days(5), days(10), "These days are entered already."),
        (days(20), None, "These days are entered already."),
        (days(1), None, "These days are entered already."),
    ):
        assert sentence in client.post(OWN, said(starts_on, ends_on)).content.decode()
    assert "Enter the first day away" in client.post(OWN, {"x": ""}).content.decode()
    client.post(OWN, said(days(21)))
    assert Absence.objects.count() == 2


def test_an_administrator_says_it_for_their_own_people_only(
    cast: Cast, client_of: ClientOf
) -> None:
    def at(user: User) -> str:
        return f"/organisations/{cast.area_team.pk}/people/{person_of(user).pk}/away/"

    client = client_of(cast.administrator)
    page = client.post(at(cast.viewer), said(days(0)), follow=True).content.decode()
    assert "no end is set" in page
    assert is_away(person_of(cast.viewer))
    person_page = at(cast.viewer).replace("away/", "")
    assert "no end is set" in client.get(person_page).content.decode()
    assert client.post(at(cast.other_viewer), said(days(0))).status_code == 404
    assert client_of(cast.manager).get(at(cast.viewer)).status_code == 403
    # Another's absence is out of reach.
    absence = Absence.objects.get()
    assert client_of(cast.other_viewer).post(OWN, {"end": absence.pk}).status_code == 404


@pytest.mark.parametrize("text", BAD_TEXTS.values(), ids=BAD_TEXTS)
def test_the_form_does_not_break(cast: Cast, client_of: ClientOf, text: str) -> None:
    client = client_of(cast.viewer)
    names = ("starts_on-day", "starts_on-month", "starts_on-year", "ends_on-year")
    assert client.post(OWN, dict.fromkeys(names, text)).status_code == 200
    assert client.post(OWN, {"end": text}).status_code == 404
