from __future__ import annotations

from datetime import UTC, datetime

import pytest

from agreements.contacts.services.naming import end_contact, name_contact
from agreements.models import Access, Agreement, KeyContact
from agreements.terms import ContactRole
from house import clock
from parties.models import Person, Team
from tests.bad_input import BAD_TEXTS
from tests.cast import Cast, acting, organisation
from tests.conftest import ClientOf, Mailbox
from tests.once import made_once, once
from tests.reading import words
from tests.setting_up import library_template
from tests.stages import draft_of, drafted, make, template

pytestmark = pytest.mark.django_db


@once
def _draft(cast: Cast) -> Agreement:
    return drafted(cast, source=library_template(cast))


made, cast = made_once(_draft)


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    """A draft whose terms name contact roles."""
    return _draft(cast)


def url(agreement: Agreement, slot: str = "area_team", role: str = "mou_manager") -> str:
    return f"/agreements/{agreement.reference}/contacts/{slot}/{role}/"


def held(agreement: Agreement, role: str = "mou_manager") -> KeyContact:
    return KeyContact.objects.current().get(party__agreement=agreement, role=role)


def test_a_party_names_its_own_and_the_other_is_told(
    cast: Cast, client_of: ClientOf, agreement: Agreement, mailbox: Mailbox
) -> None:
    told, client = cast.other_manager.email, client_of(cast.colleague)
    said = {"holder": cast.manager.person_id, "deputy": cast.colleague.person_id}
    page = client.post(url(agreement), said, follow=True).content.decode()
    assert "Maud Manager is MoU manager from today." in page
    assert "We told the MoU manager of Eastmoor CCG." in page
    assert "Deputy: Colin Colleague" in page
    history = words(client, agreement, "history/")
    assert "Colin Colleague named Maud Manager as MoU manager for Northern Moors" in history
    [mail] = mailbox.to(told)
    assert "Key contacts changed on" in mail.subject


def test_who_held_it_when_stays(cast: Cast, client_of: ClientOf, agreement: Agreement) -> None:
    party, by = agreement.parties.get(slot="area_team"), acting(cast.manager)
    with clock.at(datetime(2026, 3, 1, tzinfo=UTC)):
        name_contact(by=by, party=party, role="mou_manager", person=cast.manager.person)
    with clock.at(datetime(2026, 9, 1, tzinfo=UTC)):
        name_contact(by=by, party=party, role="mou_manager", person=cast.colleague.person)
        page = client_of(cast.manager).get(url(agreement)).content.decode()
    history = page.split("Who held it</")[1]
    assert history.index("Colin Colleague") < history.index("Maud Manager")
    assert "31 August 2026" in history
    assert "Until further notice" in history


def test_a_role_can_be_left_vacant_and_both_sides_see_it(
    cast: Cast, client_of: ClientOf, agreement: Agreement
) -> None:
    before = Access.objects.get(organisation=cast.ccg).vacant_roles
    client = client_of(cast.manager)
    client.post(url(agreement), {"holder": cast.manager.person_id})
    assert Access.objects.get(organisation=cast.ccg).vacant_roles == before - 1
    page = client.post(url(agreement), {"vacate": "1"}, follow=True).content.decode()
    # Somebody who was named today by mistake has not held it.
    assert "The role of MoU manager is vacant now." in page
    assert Access.objects.get(organisation=cast.ccg).vacant_roles == before
    theirs = client_of(cast.other_viewer).get(f"/agreements/{agreement.reference}/")
    assert "Northern Moors Area Team has no MoU manager" in theirs.content.decode()
    page = client.post(url(agreement), {"vacate": "1"}, follow=True).content.decode()
    assert "Nobody holds this role now." in page


def test_each_party_keeps_its_own(cast: Cast, client_of: ClientOf, agreement: Agreement) -> None:
    answer = client_of(cast.manager).get(url(agreement, slot="ccg"))
    assert answer.status_code == 403
    assert "Each party keeps its own key contacts." in answer.content.decode()
    assert client_of(cast.other_manager).get(url(agreement, slot="ccg")).status_code == 200
    for slot, role in (("lmc", "mou_manager"), ("area_team", "lead_clinician")):
        assert client_of(cast.manager).get(url(agreement, slot, role)).status_code == 404
    page = client_of(cast.viewer).get(f"/agreements/{agreement.reference}/people/")
    assert "Name somebody" not in page.content.decode()


def test_somebody_new_can_be_named(cast: Cast, client_of: ClientOf, agreement: Agreement) -> None:
    said = {"name": "Nell New", "email": "nell@moors.example", "job_title": "Nurse"}
    said |= {"deputy_name": "Dan Deputy"}
    client_of(cast.manager).post(url(agreement), said)
    contact = held(agreement)
    assert contact.person
    assert (contact.person.name, contact.job_title) == ("Nell New", "Nurse")
    assert contact.person.posts.get().organisation == cast.area_team
    assert str(contact.deputy) == "Dan Deputy"
    # Another name at her address is asked about; the same one is her.
    at = url(agreement, role="quality_lead")
    page = client_of(cast.manager).post(at, said | {"name": "N. New"}).content.decode()
    assert "Nell New of Northern Moors Area Team has this address already." in page
    client_of(cast.manager).post(at, said)
    assert held(agreement, "quality_lead").person == contact.person
    client_of(cast.manager).post(at, said | {"name": "N. New", "shares": "on"})
    assert held(agreement, "quality_lead").person != contact.person
    assert Person.objects.filter(email="nell@moors.example").count() == 2


def test_a_team_can_hold_a_role(cast: Cast, client_of: ClientOf, agreement: Agreement) -> None:
    team = Team.objects.create(
        organisation=cast.area_team, purpose="press", name="Press", address="press@moors.example"
    )
    page = client_of(cast.manager).post(url(agreement), {"holder": f"team-{team.pk}"}, follow=True)
    assert "Press (team) is MoU manager from today." in page.content.decode()
    assert "mailto:press@moors.example" in page.content.decode()


def test_a_new_deputy_changes_nothing_else(
    cast: Cast, client_of: ClientOf, agreement: Agreement
) -> None:
    client, person = client_of(cast.manager), cast.manager.person_id
    client.post(url(agreement), {"holder": person, "job_title": "Head of Quality"})
    client.post(url(agreement), {"holder": person, "deputy": cast.colleague.person_id})
    assert (held(agreement).job_title, held(agreement).deputy) == (
        "Head of Quality",
        cast.colleague.person,
    )
    page = client.post(
        url(agreement), {"holder": person, "deputy": cast.colleague.person_id}
    ).content.decode()
    assert "This is how it is already. Nothing was changed." in page


def test_what_does_not_fit_is_said_at_its_field(
    cast: Cast, client_of: ClientOf, agreement: Agreement
) -> None:
    client, person = client_of(cast.manager), cast.manager.person_id
    for said, sentence in (
        ({"holder": ""}, "Choose who holds the role, or enter their name"),
        ({"holder": person, "name": "X"}, "Choose from the list or enter a name, not both"),
        ({"email": "a@b.example"}, "Enter the name that goes with the e-mail address"),
        ({"holder": person, "deputy": person}, "Choose somebody else as the deputy"),
        ({"holder": cast.stranger.person_id}, "Choose who holds the role from the list"),
        ({"name": "N", "email": "not one"}, "Enter an e-mail address in the correct format"),
    ):
        assert sentence in client.post(url(agreement), said).content.decode()
    assert not KeyContact.objects.exists()


def test_somebody_who_holds_the_contact_but_not_the_role_is_pointed_out(
    cast: Cast, client_of: ClientOf, agreement: Agreement
) -> None:
    client, sentence = client_of(cast.manager), "does not hold that role in the portal"
    client.post(url(agreement), {"holder": cast.manager.person_id})
    at = f"/agreements/{agreement.reference}/people/"
    assert sentence not in client.get(at).content.decode()
    client.post(url(agreement), {"holder": cast.colleague.person_id})
    assert f"Colin Colleague is your MoU manager for this agreement, but {sentence}" in (
        client.get(at).content.decode()
    )
    # It is the party's own affair.
    assert sentence not in client_of(cast.other_manager).get(at).content.decode()


def test_a_contact_who_never_began_is_not_current(cast: Cast, agreement: Agreement) -> None:
    party, by = agreement.parties.get(slot="area_team"), acting(cast.manager)
    for somebody in (cast.manager.person, cast.colleague.person):
        name_contact(by=by, party=party, role="mou_manager", person=somebody)
    assert held(agreement).person == cast.colleague.person
    end_contact(by=by, party=party, role="mou_manager")
    assert not KeyContact.objects.current().exists()
    assert KeyContact.objects.count() == 2


@pytest.mark.parametrize("text", BAD_TEXTS.values(), ids=BAD_TEXTS)
def test_the_form_does_not_break(
    cast: Cast, client_of: ClientOf, agreement: Agreement, text: str
) -> None:
    client, person = client_of(cast.manager), cast.manager.person_id
    names = ("holder", "name", "email", "job_title", "deputy", "deputy_name", "deputy_email")
    assert client.post(url(agreement), dict.fromkeys(names, text)).status_code == 200
    for name in ("name", "job_title", "deputy_name"):
        said = {"holder": "" if name == "name" else person, name: text}
        page = client.post(url(agreement), said, follow=True)
        assert page.status_code == 200
        assert b"<script>alert" not in page.content


def test_many_parties_have_their_contacts_each_for_itself(cast: Cast, client_of: ClientOf) -> None:
    others = {f"ccg_{number}": organisation(f"CCG {number}") for number in range(9)}
    sides = {"area_team": cast.area_team} | others
    agreement = make(acting(cast.manager), template(cast.area_team, tuple(sides)), sides, {})
    draft = draft_of(agreement)
    lead = ContactRole(key="lead", label="Quality lead", slots=tuple(sides))
    draft.terms = draft.typed_terms.model_copy(update={"contact_roles": (lead,)}).model_dump()
    draft.save()
    own = agreement.parties.get(slot="area_team")
    name_contact(by=acting(cast.manager), party=own, role="lead", person=cast.colleague.person)
    page = client_of(cast.viewer).get(f"/agreements/{agreement.reference}/people/").content.decode()
    parties = page.split('<details class="nhsuk-details"')[1:]
    assert [part.startswith(" open") for part in parties] == [True, *[False] * 9]
    assert cast.colleague.get_full_name() in parties[0]
    assert "1 vacant" not in parties[0]
    assert all("1 vacant" in part for part in parties[1:])
    assert 'scope="col" role="columnheader">CCG' not in page
