"""What a contact role asks for besides a name: telephone, address, a seat; and no mail."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from agreements.contacts.services.naming import name_contact
from agreements.contacts.services.newcomers import Newcomer
from agreements.core.recipients import managers_of
from agreements.models import Agreement, KeyContact
from agreements.signing.pages.agreement_document import AgreementDocument
from agreements.signing.signed_copy import as_html
from agreements.terms import ContactRole
from house import clock
from parties.models import Body, Membership, Seat
from tests.cast import Cast, acting, person_of
from tests.conftest import ClientOf, Mailbox
from tests.on_terms import drafted_on, in_force_on
from tests.reading import words_at
from tests.stages import draft_of
from tests.typed import fields_of

pytestmark = pytest.mark.django_db
SIDES = ("area_team", "ccg")


def roles(**more: Any) -> tuple[ContactRole, ...]:
    manager = ContactRole(key="mou_manager", label="MoU manager", slots=SIDES, required=False)
    lead = ContactRole(key="lead", label="Quality lead", slots=SIDES, required=False)
    return manager, lead.model_copy(update=more)


def named(cast: Cast, agreement: Agreement, role: str = "lead", phone: str = "") -> KeyContact:
    party = agreement.parties.get(slot="area_team")
    who = person_of(cast.colleague)
    return name_contact(by=acting(cast.manager), party=party, role=role, person=who, phone=phone)


def people(client_of: ClientOf, cast: Cast, agreement: Agreement) -> str:
    return words_at(client_of(cast.other_viewer), f"/agreements/{agreement.reference}/people/")


def test_what_the_role_asks_for_is_typed_by_its_own_side_and_read_by_all(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement = drafted_on(cast, contact_roles=roles(asks=("phone", "address")))
    at = f"/agreements/{agreement.reference}/contacts/area_team/"
    client = client_of(cast.manager)
    typed = fields_of(client.get(f"{at}lead/").content.decode())
    typed |= {"holder": str(person_of(cast.colleague).pk), "phone": "01632 960 001"}
    assert client.post(f"{at}lead/", typed | {"postal_address": "1 High Street\nMoorby"})
    assert "01632 960 001, 1 High Street, Moorby" in people(client_of, cast, agreement)
    assert "postal_address" not in client.get(f"{at}mou_manager/").content.decode()
    assert client_of(cast.other_manager).get(f"{at}lead/").status_code == 403
    kept = fields_of(client.get(f"{at}lead/").content.decode())
    assert (kept["phone"], kept["postal_address"]) == ("01632 960 001", "1 High Street\nMoorby")


def test_the_document_prints_them_and_the_page_says_what_is_missing(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement = drafted_on(cast, contact_roles=roles(asks=("phone", "address")))
    named(cast, agreement, phone="01632 960 001")
    said = "Northern Moors Area Team gives no postal address for its quality lead."
    assert said in people(client_of, cast, agreement)
    html = as_html(AgreementDocument(draft_of(agreement), at=clock.now()))
    assert "Reached at" in html
    assert "01632 960 001" in html


def test_a_holder_without_the_seat_is_a_warning(cast: Cast, client_of: ClientOf) -> None:
    agreement = drafted_on(cast, contact_roles=roles(seat="the Planning Group"))
    contact = named(cast, agreement)
    said = f"{contact.person}, quality lead of Northern Moors Area Team, has no seat on the "
    assert f"{said}Planning Group here." in people(client_of, cast, agreement)
    group = Body.objects.create(name="Planning group", kind=Body.Kind.GROUP)
    group.served.create(organisation=cast.ccg)
    seat = Seat.objects.create(body=group, person=contact.person, kind=Seat.Kind.EXECUTIVE)
    assert said not in people(client_of, cast, agreement)
    seat.ends_on = clock.today() - timedelta(days=1)
    seat.save()
    assert said in people(client_of, cast, agreement)


def test_a_role_that_gets_no_mail_is_not_written_to(cast: Cast, mailbox: Mailbox) -> None:
    manager, lead = roles()
    silent = manager.model_copy(update={"gets_mail": False})
    agreement = in_force_on(cast, contact_roles=(silent, lead))
    named(cast, agreement, role="mou_manager")
    party = Agreement.objects.get(pk=agreement.pk).parties.get(slot="area_team")
    assert cast.colleague.email not in {each.address for each in managers_of(party)}
    assert cast.manager.email in {each.address for each in managers_of(party)}
    named(cast, agreement, role="lead")
    assert not mailbox.to(cast.colleague.email)


@pytest.mark.parametrize("gets_mail", [True, False])
def test_a_party_without_anybody_here_is_told_through_the_roles_that_get_mail(
    cast: Cast, gets_mail: bool
) -> None:
    agreement = drafted_on(cast, contact_roles=roles(gets_mail=gets_mail))
    party = agreement.parties.get(slot="area_team")
    name_contact(
        by=acting(cast.manager), party=party, role="lead",
        person=Newcomer("Lena Lead", "lena@moors.example", "Quality lead"),
    )  # fmt: skip
    for membership in Membership.objects.filter(organisation=cast.area_team):
        membership.ends_on = clock.today() - timedelta(days=1)
        membership.save()
    told = managers_of(Agreement.objects.get(pk=agreement.pk).parties.get(slot="area_team"))
    assert [each.address for each in told] == (["lena@moors.example"] if gets_mail else [])


def test_who_is_missing_is_called_as_the_terms_call_them(cast: Cast, client_of: ClientOf) -> None:
    sides = ("area_team", "ccg")
    manager = ContactRole(key="mou_manager", label="Federation lead", slots=sides[:1])
    finance = ContactRole(key="finance", label="Finance lead", slots=sides[1:])
    agreement = drafted_on(cast, contact_roles=(manager, finance))
    at, client = f"/agreements/{agreement.reference}/", client_of(cast.viewer)
    read = words_at(client, at)
    assert f"{cast.area_team}: no federation lead is named" in read
    assert f"{cast.ccg}: no finance lead is named" in read
    draft = draft_of(agreement)
    draft.terms = draft.typed_terms.model_copy(update={"contact_roles": ()}).model_dump()
    draft.save()
    assert f"{cast.ccg}: nobody is named" in words_at(client, at)
