"""A system administrator brings in an organisation and invites who looks after it, in one form."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import pytest
from django.test import Client

from audit.models import Entry
from parties.acting import Acting
from parties.models import Area, Invitation, Membership, Organisation, Person, Role
from parties.services.bringing_in import BroughtIn, bring_in
from tests.at_once import ON_POSTGRES, at_once, refusals
from tests.cast import Cast, give, organisation, person_of, user
from tests.conftest import ClientOf, Mailbox
from tests.parties.invited import accept, link

FORM = "/organisations/bring-in/"
GRETA = "greta@moors.example"
TYPED: dict[str, Any] = {
    "name": "Denewick CCG",
    "kind": "ccg",
    "ods": "99d",
    "area": "northern moors",
    "address": "2 Moor Street",
    "person": "Greta Holm",
    "email": GRETA.upper(),
    "title": "Head of commissioning",
    "roles": [Role.MANAGER, Role.ADMINISTRATOR],
}


@pytest.fixture
def admin(client_of: ClientOf, cast: Cast) -> Client:
    return client_of(cast.system_administrator)


def sent(client: Client, path: str = FORM, **other: Any) -> str:
    return client.post(path, TYPED | other, follow=True).content.decode()


def test_one_form_brings_in_the_organisation_and_invites_its_first_person(
    admin: Client, cast: Cast, mailbox: Mailbox
) -> None:
    area = cast.ccg.area
    page = sent(admin)
    for line in ("Denewick CCG was added.", f"invitation to Greta Holm, {GRETA}", "Next: they"):
        assert line in page
    made = Organisation.objects.get(ods_code="99D")
    assert (made.name, made.area, Area.objects.count()) == ("Denewick CCG", area, 1)
    (mail,) = mailbox.to(GRETA)
    assert "to look after Denewick CCG" in mail.subject
    assert "Greta Holm is asked to look after it there" in mail.body
    assert "Organisation administrator and MoU manager" in mail.body
    assert "Denewick CCG asks" not in mail.body, "nobody of it asked anything yet"


def test_the_invited_person_reads_what_they_are_to_be_and_then_invites_others(
    admin: Client, mailbox: Mailbox, client_of: ClientOf
) -> None:
    sent(admin)
    client = Client()
    page = client.get(link(mailbox, GRETA), follow=True).content.decode()
    assert "Invitation to look after Denewick CCG" in page
    assert "Your roles: Organisation administrator, MoU manager" in page
    assert "Your account is ready" in accept(client)
    made = Organisation.objects.get(ods_code="99D")
    assert Membership.objects.filter(organisation=made).count() == 2
    greta = Person.objects.get(name="Greta Holm").user
    assert client_of(greta).get(f"/organisations/{made.pk}/people/add/").status_code == 200


def test_the_record_says_who_did_it_and_on_behalf_of_nobody(admin: Client, cast: Cast) -> None:
    give(cast.system_administrator, cast.area_team, Role.VIEWER)
    sent(admin)
    entries = Entry.objects.order_by("pk").values_list("verb", "actor", "organisation_id")
    by = cast.system_administrator.pk
    said = ["added an organisation", "added a person", "invited"]
    assert list(entries) == [(verb, by, None) for verb in said]


@pytest.mark.parametrize(
    ("field", "typed", "error"),
    [
        ("ods", "9-9", "The ODS code 9-9 has a hyphen."),
        ("email", "greta", "Enter an e-mail address in the correct format"),
        ("kind", "", "Choose the kind of organisation"),
        ("roles", [Role.MANAGER], "Somebody must look after its people: keep this role."),
        ("person", "", "Enter the name of the first person"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    admin: Client, field: str, typed: Any, error: str
) -> None:
    page = sent(admin, **{field: typed})
    assert error in page.split(f'id="id_{field}-error"')[1].split("</span>")[1]
    assert f'href="#id_{field}' in page
    assert 'value="Denewick CCG"' in page
    assert 'value="Head of commissioning"' in page
    assert not Organisation.objects.exists()
    assert not Person.objects.filter(name="Greta Holm").exists()


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "Eastmoor Clinical Commissioning Group", "ods": ""},
        {"name": "NHS Eastmor CCG", "ods": "99G"},
        {"name": "Quite another", "ods": "99E"},
        {"name": "Moorside & Eastmoor CCG", "ods": ""},
    ],
)
def test_one_that_may_be_here_already_is_asked_about(
    admin: Client, cast: Cast, typed: dict[str, str]
) -> None:
    cast.ccg.names.create(name="Moorside and Eastmoor CCG", ends_on=date(2010, 1, 1))
    page = sent(admin, **typed)
    assert "Say whether you mean one that is here already." in page
    assert "Eastmoor CCG (Clinical commissioning group, ODS code 99E)" in page
    assert 'value="Greta Holm"' in page
    assert Organisation.objects.count() == 1
    assert "Westmoor" not in page


def test_another_one_of_an_alike_name_is_added_and_the_one_that_is_meant_is_not(
    admin: Client, cast: Cast, mailbox: Mailbox
) -> None:
    west = cast.third_ccg
    assert "Westmoors CCG was added." in sent(admin, name="Westmoors CCG", which="another")
    page = sent(admin, name="Westmoor CCG", email="wes@moors.example", which=str(west.pk))
    assert "Westmoor CCG stays as it is." in page
    assert Organisation.objects.count() == 2
    assert Invitation.objects.get(organisation=west).email == "wes@moors.example"


def test_the_code_of_another_is_refused_even_if_it_is_said_to_be_another(
    admin: Client, cast: Cast
) -> None:
    _ = cast.ccg
    page = sent(admin, ods="99E", which="another")
    assert "The ODS code 99E belongs to Eastmoor CCG." in page
    assert Organisation.objects.count() == 1


def test_who_has_an_administrator_is_left_to_them(admin: Client, cast: Cast) -> None:
    _ = cast.other_administrator
    path = f"/organisations/{cast.ccg.pk}/first/"
    name = cast.other_administrator.get_full_name()
    assert f"Its administrator is {name}." in admin.get(path).content.decode()
    sent(admin, path)
    assert f"{name} looks after Eastmoor CCG already." in sent(
        admin, name=cast.ccg.name, which=str(cast.ccg.pk)
    )
    assert not Invitation.objects.exists()


def test_a_new_invitation_takes_the_place_of_the_open_one_and_corrects_its_address(
    admin: Client, mailbox: Mailbox
) -> None:
    sent(admin, email="wrong@moors.example")
    made, old = Organisation.objects.get(), link(mailbox, "wrong@moors.example")
    path = f"/organisations/{made.pk}/first/"
    assert "wrong@moors.example" in admin.get(path).content.decode()
    page = sent(admin, path)
    assert "The invitation of Greta Holm does not work any more." in page
    assert Client().get(old, follow=True).status_code == 404
    assert Client().get(link(mailbox, GRETA), follow=True).status_code == 200
    assert Person.objects.get(name="Greta Holm").email == GRETA, "one person, put right"


def test_somebody_else_may_be_asked_and_one_who_shares_a_mailbox(
    admin: Client, mailbox: Mailbox
) -> None:
    sent(admin)
    made = Organisation.objects.get()
    path = f"/organisations/{made.pk}/first/"
    page = sent(admin, path, person="Hal Holm")
    assert "Greta Holm of Denewick CCG has this address already." in page
    assert "Hal Holm" in sent(admin, path, person="Hal Holm", shares="on")
    assert Person.objects.filter(email=GRETA).count() == 2
    assert [each.person.name for each in Invitation.objects.filter(withdrawn_at=None)] == [
        "Hal Holm"
    ]


def test_organisations_that_nobody_looks_after_are_named_until_they_are(
    admin: Client, cast: Cast
) -> None:
    alone = organisation("Alone CCG")
    give(cast.other_administrator, cast.ccg, Role.EDITOR)
    page = admin.get(FORM).content.decode()
    assert f'href="/organisations/{alone.pk}/first/">Alone CCG</a></li>' in page
    assert ">Eastmoor CCG</a>" not in page
    sent(admin, f"/organisations/{alone.pk}/first/")
    assert "Alone CCG</a>: somebody is invited" in admin.get(FORM).content.decode()


def test_only_system_administrators_do_it(client_of: ClientOf, cast: Cast) -> None:
    staff = user("Stan Staff", cast.area_team, Role.ADMINISTRATOR)
    staff.is_staff = True
    staff.save()
    for who in (cast.administrator, cast.stranger, staff):
        assert client_of(who).post(FORM, TYPED).status_code == 403
    assert not Organisation.objects.filter(ods_code="99D").exists()
    assert person_of(staff).name == "Stan Staff"


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(not ON_POSTGRES, reason="one writer at a time")
def test_two_at_once_bring_in_one(cast: Cast) -> None:
    by, typed = cast.system_administrator, {**TYPED, "ods": "99D", "area": "Moors"}

    def act(email: str) -> BroughtIn:
        return bring_in(by=Acting(by), **typed | {"email": email})

    acts = [partial(act, email) for email in ("a@moors.example", "b@moors.example")]
    answers = at_once([(by, each) for each in acts])
    assert len(refusals(answers)) == 1
    assert Organisation.objects.count() == Invitation.objects.count() == 1
