from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from agreements.models import Agreement, SetUp, TemplateVersion
from parties.models import Person, Post, User
from tests.cast import Cast
from tests.conftest import Mailbox
from tests.once import made_once
from tests.setting_up import NOTHING, TITLE, begin, choose_parties, library_template
from tests.typed import fields_of

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db]
ClientOf = Callable[[User], Client]


made, cast = made_once(library_template)


@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    return library_template(cast)


def test_four_short_pages_make_an_agreement(
    cast: Cast, client_of: ClientOf, version: TemplateVersion
) -> None:
    assert cast.manager.person
    Post.objects.create(person=cast.manager.person, organisation=cast.area_team, title="Head")
    client = client_of(cast.colleague)
    at = begin(client, version)
    choose_parties(client, at, cast)
    page = client.get(f"{at}contacts/").content.decode()
    assert "Maud Manager, Head</option>" in page
    said = {
        "area_team-mou_manager-person": cast.manager.person_id,
        "area_team-mou_manager-deputy": cast.colleague.person_id,
        "blank-area": "the moors",
    }
    assert client.post(f"{at}contacts/", said)["location"] == f"{at}check/"
    page = client.get(f"{at}check/").content.decode()
    assert "1 of 7 roles named" in page
    assert "Deputy: Colin Colleague" in page
    made = client.post(f"{at}check/", follow=True).content.decode()
    agreement = Agreement.objects.get()
    assert f"{agreement.reference} is created, with its first draft." in made
    contact = agreement.parties.get(slot="area_team").contacts.get()
    assert (contact.person, contact.job_title) == (cast.manager.person, "Head")
    assert contact.deputy == cast.colleague.person
    texts = agreement.versions.get().texts
    assert texts.filter(body__contains="Eastmoor CCG").exists()
    assert texts.filter(body__contains="the moors").exists()


def test_the_other_party_is_told(
    cast: Cast, client_of: ClientOf, version: TemplateVersion, mailbox: Mailbox
) -> None:
    told, client = cast.other_manager.email, client_of(cast.manager)
    at = begin(client, version)
    choose_parties(client, at, cast)
    page = client.post(f"{at}check/", follow=True).content.decode()
    assert "We told the MoU manager of Eastmoor CCG." in page
    [mail] = mailbox.to(told)
    assert "Read the draft started on" in mail.subject
    assert not mailbox.to(cast.manager.email)


def test_create_makes_one_however_often_it_is_pressed(
    cast: Cast, client_of: ClientOf, version: TemplateVersion
) -> None:
    client = client_of(cast.manager)
    at = begin(client, version)
    choose_parties(client, at, cast)
    first, second = client.post(f"{at}check/"), client.post(f"{at}check/")
    assert first["location"] == second["location"]
    # Back leads to it as well, from every page.
    for page in ("parties", "contacts", "check"):
        assert client.get(f"{at}{page}/")["location"] == first["location"]
        assert client.post(f"{at}{page}/", {"title": "Another"}).status_code in (200, 302)
    assert Agreement.objects.get().title == TITLE


def test_nothing_is_required_that_can_come_later(
    cast: Cast, client_of: ClientOf, version: TemplateVersion
) -> None:
    client = client_of(cast.manager)
    at = begin(client, version)
    assert client.post(f"{at}parties/", NOTHING).status_code == 302
    assert "Choose the parties first" in client.get(f"{at}contacts/").content.decode()
    assert client.post(f"{at}contacts/", NOTHING).status_code == 302
    page = client.get(f"{at}check/").content.decode()
    assert page.count("Needed</strong>") == 2
    assert "Create the agreement" not in page
    # Who presses all the same reads what is missing.
    page = client.post(f"{at}check/", follow=True).content.decode()
    assert "Enter a title for the agreement." in page
    assert not Agreement.objects.exists()
    # Another day it goes on from the first page.
    assert f'href="{at}check/"' in client.get("/agreements/new/").content.decode()


def test_somebody_new_can_be_added_and_comes_into_being_with_the_agreement(
    cast: Cast, client_of: ClientOf, version: TemplateVersion
) -> None:
    client = client_of(cast.manager)
    at = begin(client, version)
    choose_parties(client, at, cast)
    newcomer = {"new-slot": "ccg", "new-name": "Nell New", "new-email": "nell@ccg.example"}
    chosen = {"area_team-mou_manager-person": cast.manager.person_id, "blank-lmc": "Moors LMC"}
    # A name that was typed is not lost when the other button is pressed.
    for button in ({"add": "1", "new-job_title": "Nurse"}, {}):
        answer = client.post(f"{at}contacts/", chosen | newcomer | button)
        assert answer["location"] == f"{at}contacts/"
    page = client.get(f"{at}contacts/").content.decode()
    assert "Nell New, Nurse</option>" in page
    assert 'value="Moors LMC"' in page
    assert f'<option value="{cast.manager.person_id}" selected>' in page
    assert not Person.objects.filter(name="Nell New").exists()
    named = {"ccg-mou_manager-person": "new-0", "ccg-lead_clinician-person": "new-0"}
    client.post(f"{at}contacts/", chosen | named)
    assert "Nell New, Nurse" in client.get(f"{at}check/").content.decode()
    client.post(f"{at}check/")
    # Of another party: she is proposed, and comes into being when it says so.
    assert not Person.objects.filter(name="Nell New").exists()
    proposed = Agreement.objects.get().parties.get(slot="ccg").proposals
    assert set(proposed.values_list("role", "name", "email")) == {
        ("mou_manager", "Nell New", "nell@ccg.example"),
        ("lead_clinician", "Nell New", "nell@ccg.example"),
    }


def test_what_was_chosen_stays_when_somebody_is_added_in_a_browser(
    cast: Cast, client_of: ClientOf, version: TemplateVersion
) -> None:
    client = client_of(cast.manager)
    at = begin(client, version)
    choose_parties(client, at, cast)
    # With the key that makes a form one act.
    sent = fields_of(client.get(f"{at}contacts/").content.decode()) | {
        "area_team-mou_manager-person": cast.manager.person_id,
        "add": "1", "new-slot": "ccg", "new-name": "Nell New",
    }  # fmt: skip
    page = client.post(f"{at}contacts/", sent, follow=True).content.decode()
    assert "Your other choices are saved." in page
    assert "twice" not in page
    assert f'<option value="{cast.manager.person_id}" selected>' in page


def test_a_party_that_changes_takes_its_contacts_with_it(
    cast: Cast, client_of: ClientOf, version: TemplateVersion
) -> None:
    client = client_of(cast.manager)
    at = begin(client, version)
    choose_parties(client, at, cast)
    client.post(f"{at}contacts/", {"area_team-mou_manager-person": cast.manager.person_id})
    choose_parties(client, at, cast, ccg=cast.third_ccg.pk)
    assert SetUp.objects.get().answers["contacts"] == {
        "area_team": {"mou_manager": {"person": cast.manager.person_id, "deputy": None}}
    }
    choose_parties(client, at, cast, area_team="")
    assert SetUp.objects.get().answers["contacts"] == {}


def test_what_does_not_fit_is_said_at_its_field(
    cast: Cast, client_of: ClientOf, version: TemplateVersion
) -> None:
    client = client_of(cast.manager)
    assert "Choose a template" in client.post("/agreements/new/", NOTHING).content.decode()
    at = begin(client, version)
    choose_parties(client, at, cast)
    same = {"ccg-mou_manager-person": "", "ccg-mou_manager-deputy": ""}
    person = {"area_team-mou_manager-person": cast.manager.person_id}
    deputy = {"area_team-mou_manager-deputy": cast.manager.person_id}
    for said, sentence in (
        (same | person | deputy, "Choose somebody else as deputy MoU manager"),
        (same | deputy, "Choose the MoU manager before a deputy"),
        ({"add": "1"}, "Enter a name"),
        ({"add": "1", "new-name": "N", "new-slot": "lmc"}, "Choose which party they work for"),
        ({"add": "1", "new-name": "N", "new-slot": "ccg", "new-email": "x"}, "Enter an e-mail"),
    ):
        assert sentence in client.post(f"{at}contacts/", said).content.decode()
