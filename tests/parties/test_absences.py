"""Days away, said by oneself or by one's administrator."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client

from agreements.contacts.services.naming import name_contact
from agreements.core.recipients import contacts_of
from agreements.models import Agreement
from commitments.services.telling import workers_on
from house import clock
from house.refusals import NotYours, Refused
from nhsuk.forms import date_boxes
from parties.models import Absence, Role, User
from parties.reader import is_away
from parties.services.absences import end_absence, say_away
from parties.services.people import end_at_once
from tests.bad_input import BAD_TEXTS
from tests.cast import Cast, acting, give, person_of
from tests.commitments.stage import agreement_of, recorded, side
from tests.conftest import Mailbox

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
    assert is_away(person, cast.area_team)
    assert "From " in client.get("/account/").content.decode()
    absence = Absence.objects.get()
    page = client.post(OWN, {"end": absence.pk}, follow=True).content.decode()
    assert "E-mails go to the person themselves from today." in page
    assert not is_away(person, cast.area_team)
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
        (days(20), days(30), "These days are entered already."),
        (days(1), days(40), "These days are entered already."),
        (days(1), None, "Enter the last day away"),
        (days(30), days(400), "Enter a last day within a year of the first."),
    ):
        assert sentence in client.post(OWN, said(starts_on, ends_on)).content.decode()
    assert "Enter the first day away" in client.post(OWN, {"x": ""}).content.decode()
    client.post(OWN, said(days(21), days(21)))
    assert Absence.objects.count() == 2


def test_an_administrator_says_it_for_their_own_people_only(
    cast: Cast, client_of: ClientOf
) -> None:
    def at(user: User) -> str:
        return f"/organisations/{cast.area_team.pk}/people/{person_of(user).pk}/away/"

    client = client_of(cast.administrator)
    page = client.post(at(cast.viewer), said(days(0), days(9)), follow=True).content.decode()
    assert "Deputies get the e-mails meanwhile." in page
    assert is_away(person_of(cast.viewer), cast.area_team)
    person_page = at(cast.viewer).replace("away/", "")
    assert "From " in client.get(person_page).content.decode()
    assert client.post(at(cast.other_viewer), said(days(0), days(9))).status_code == 404
    assert client_of(cast.manager).get(at(cast.viewer)).status_code == 403
    # Another's absence is out of reach.
    absence = Absence.objects.get()
    assert client_of(cast.other_viewer).post(OWN, {"end": absence.pk}).status_code == 404


# --- Somebody of two organisations ----------------------------------------------------------


def test_what_one_organisation_says_holds_there_alone(cast: Cast, client_of: ClientOf) -> None:
    both, person = cast.viewer, person_of(cast.viewer)
    give(both, cast.ccg, Role.MANAGER)
    path = f"/organisations/{cast.ccg.pk}/people/{person.pk}/away/"
    client_of(cast.other_administrator).post(path, said(days(0), days(5)))
    assert is_away(person, cast.ccg)
    assert not is_away(person, cast.area_team)
    theirs = path.replace(f"/{cast.ccg.pk}/", f"/{cast.area_team.pk}/")
    page = client_of(cast.administrator).get(theirs).content.decode()
    assert "No days away are entered." in page
    absence = Absence.objects.get()
    assert client_of(cast.administrator).post(theirs, {"end": absence.pk}).status_code == 404
    with pytest.raises(NotYours):
        end_absence(by=acting(cast.administrator), absence=absence)


def test_whoever_belongs_to_two_says_from_which(cast: Cast, client_of: ClientOf) -> None:
    person, client = person_of(cast.viewer), client_of(cast.viewer)
    give(cast.viewer, cast.ccg, Role.MANAGER)
    page = client.get(OWN).content.decode()
    assert page.count('name="of"') == page.count("checked") == 2
    client.post(OWN, said(days(0), days(5)) | {"of": cast.ccg.pk})
    assert is_away(person, cast.ccg)
    assert not is_away(person, cast.area_team)
    assert "Eastmoor CCG" in client.get(OWN).content.decode()
    both = {"of": [cast.ccg.pk, cast.area_team.pk]}
    client.post(OWN, said(days(10), days(12)) | both)
    assert Absence.objects.count() == 3
    page = client.post(OWN, said(days(20), days(22)) | {"of": cast.far_ccg.pk}).content.decode()
    assert Absence.objects.count() == 3


def test_who_left_and_who_belongs_to_none_say_nothing(cast: Cast, client_of: ClientOf) -> None:
    assert client_of(cast.nobody).get(OWN).status_code == 403
    end_at_once(cast.viewer.memberships.get())
    assert client_of(cast.viewer).get(OWN).status_code == 403
    with pytest.raises(NotYours):
        say_away(
            by=acting(cast.viewer), person=person_of(cast.viewer), starts_on=days(0),
            ends_on=days(1),
        )  # fmt: skip


def test_one_from_before_it_was_asked_of_which_counts_in_all(
    cast: Cast, client_of: ClientOf
) -> None:
    person = person_of(cast.viewer)
    Absence.objects.create(person=person, starts_on=days(-3))
    assert is_away(person, cast.ccg)
    assert is_away(person, cast.area_team)
    path = f"/organisations/{cast.area_team.pk}/people/{person.pk}/away/"
    client = client_of(cast.administrator)
    assert "no end is set" in client.get(path).content.decode()
    client.post(path, {"end": Absence.objects.get().pk})
    assert not is_away(person, cast.area_team)


def test_the_upgrade_says_of_which_it_is_where_there_is_one(cast: Cast) -> None:
    fill = import_module("parties.migrations.0004_fill_absences_and_tidy_addresses").fill_absences
    one, two = person_of(cast.viewer), person_of(cast.manager)
    give(cast.manager, cast.ccg, Role.VIEWER)
    for person in (one, two):
        Absence.objects.create(person=person, starts_on=days(0))
    fill(apps, None)
    assert one.absences.get().organisation == cast.area_team
    assert two.absences.get().organisation is None


@pytest.mark.parametrize("text", BAD_TEXTS.values(), ids=BAD_TEXTS)
def test_the_form_does_not_break(cast: Cast, client_of: ClientOf, text: str) -> None:
    client = client_of(cast.viewer)
    names = ("starts_on-day", "starts_on-month", "starts_on-year", "ends_on-year")
    assert client.post(OWN, dict.fromkeys(names, text)).status_code == 200
    assert client.post(OWN, {"end": text}).status_code == 404


def test_who_stands_in_on_these_days_gets_the_e_mails_and_reads_for_whom(
    cast: Cast, client_of: ClientOf
) -> None:
    """Before the deputy of the role, who does where they are away too; afterwards nobody."""
    party = contacted(cast).parties.get(slot="area_team")
    deputy, instead = person_of(cast.viewer), person_of(cast.colleague)
    boxes = said(days(0), days(5)) | {"deputy": str(instead.pk)}
    page = client_of(cast.manager).post(OWN, boxes, follow=True).content.decode()
    assert "Colin Colleague gets the e-mails meanwhile." in page
    assert "Colin Colleague stands in" in page
    (told,) = contacts_of(party, "mou_manager")
    assert told.address == cast.colleague.email
    assert told.why.startswith("Maud Manager, ")
    assert told.why.endswith("for Northern Moors Area Team, is away and you stand in.")
    away_too = Absence.objects.create(person=instead, starts_on=days(0), ends_on=days(9))
    assert [each.address for each in contacts_of(party, "mou_manager")] == [deputy.email]
    with clock.at(clock.now() + timedelta(days=6)):
        assert contacts_of(party, "mou_manager")[0].address == cast.manager.email
    assert away_too.deputy is None


def test_an_action_of_who_is_away_is_told_to_who_stands_in(cast: Cast) -> None:
    action = recorded(cast.manager, side(agreement_of(cast)), person=person_of(cast.viewer))
    say_away(
        by=acting(cast.viewer), person=person_of(cast.viewer), starts_on=days(0), ends_on=days(1),
        deputy=person_of(cast.colleague),
    )  # fmt: skip
    (told,) = workers_on(action)
    assert told.address == cast.colleague.email
    assert told.why.startswith("Vera Viewer, who has action 1 for Northern Moors Area Team, is aw")


def test_nobody_of_another_organisation_stands_in(cast: Cast) -> None:
    for who in (cast.other_manager, cast.viewer):
        with pytest.raises(Refused):
            say_away(
                by=acting(cast.viewer), person=person_of(cast.viewer), starts_on=days(0),
                ends_on=days(1), deputy=person_of(who),
            )  # fmt: skip
    assert not Absence.objects.exists()


def contacted(cast: Cast) -> Agreement:
    """In force, with an MoU manager of the Area Team and her deputy."""
    agreement = agreement_of(cast)
    name_contact(
        by=acting(cast.manager), party=agreement.parties.get(slot="area_team"), role="mou_manager",
        person=person_of(cast.manager), deputy=person_of(cast.viewer),
    )  # fmt: skip
    return agreement


def test_the_e_mail_about_what_happened_says_for_whom_it_comes(
    cast: Cast, mailbox: Mailbox
) -> None:
    """Of a key contact who is away, and of an action whose person is."""
    agreement = contacted(cast)
    for who, instead in ((cast.manager, cast.colleague), (cast.viewer, cast.secretary)):
        say_away(
            by=acting(who), person=person_of(who), starts_on=days(0), ends_on=days(1),
            deputy=person_of(instead),
        )  # fmt: skip
    recorded(cast.other_manager, side(agreement), person=person_of(cast.viewer))
    recorded(cast.other_manager, side(agreement, "ccg"))
    named = mailbox.to(cast.secretary.email)[-1]
    news = mailbox.to(cast.colleague.email)[-1]
    assert "is with Vera Viewer, who is away" in named.body
    assert "Why you get this: Vera Viewer, who has action 1" in named.body
    assert "Maud Manager, " in news.body
    assert "is away and you stand in." in news.body
