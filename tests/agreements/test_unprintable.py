"""Letters that the PDF has no font for are named, by clause, before the text gets its number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from agreements.contacts.services.naming import name_contact
from agreements.drafting.services.editing import edit_clause
from agreements.models import Agreement
from agreements.terms import ContactRole, as_stored
from parties.models import User
from tests.cast import Cast, acting, person, person_of
from tests.stages import approved, ask, clause, draft_of, drafted

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


def with_meeting(cast: Cast, heading: str, body: str) -> Agreement:
    agreement = drafted(cast)
    text = clause(agreement, "meet")
    edit_clause(by=acting(cast.manager), clause=text, edit_no=0, heading=heading, body=body)
    return agreement


LEAD = ContactRole(key="lead", label="Quality lead", slots=("area_team",), required=True)


def with_terms(cast: Cast, **terms: object) -> Agreement:
    agreement = drafted(cast)
    draft = draft_of(agreement)
    draft.terms = as_stored(draft.typed_terms.model_copy(update=terms))
    draft.save()
    return agreement


def test_they_are_named_on_the_draft_and_asked_about(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = with_meeting(cast, "Meet 🙂", "With 한 and 🙂"), client_of(cast.manager)
    address = f"/agreements/{agreement.reference}/text/"
    for page in (address, f"{address}freeze/"):
        said = client.get(page).content.decode()
        assert "Clause 2.1 has “🙂” (U+1F642) and “한” (U+D55C). No font of the PDF" in said
    answer = client.post(f"{address}freeze/", {"what_changed": "First."}).content.decode()
    assert "Tick the box" in answer
    assert draft_of(agreement).is_draft


def test_names_in_other_scripts_print_and_nothing_is_said(cast: Cast, client_of: ClientOf) -> None:
    names = "प्रिया शर्मा, শর্মিলা রহমান, فاطمہ چوہدری, 陳大文"
    agreement, client = with_meeting(cast, "Who meets", names), client_of(cast.manager)
    assert "No font" not in client.get(f"/agreements/{agreement.reference}/text/").content.decode()


def test_the_title_and_the_names_of_parties_are_looked_at_too(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement, client = drafted(cast), client_of(cast.manager)
    agreement.title = "Care in 서울"
    agreement.save()
    page = client.get(f"/agreements/{agreement.reference}/text/").content.decode()
    assert "The title has “서” (U+C11C) and “울” (U+C6B8)." in page


def test_the_names_of_contacts_and_their_deputies_are_looked_at_and_not_refused(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement = with_terms(cast, contact_roles=(LEAD,))
    hana = person("Hana 서", "hana@moors.example")
    hana.posts.create(organisation=cast.area_team, title="Lead", starts_on=date(2014, 1, 1))
    party = agreement.parties.get(slot="area_team")
    name_contact(by=acting(cast.manager), party=party, role=LEAD.key, person=hana)
    said = f"Hana 서, Quality lead of {party.name}, has “서” (U+C11C)."
    for page in ("text/", "text/freeze/"):
        shown = client_of(cast.manager).get(f"/agreements/{agreement.reference}/{page}")
        assert said in shown.content.decode()
        assert "Ask whose name it is how it is written in other letters." in shown.content.decode()


def test_terms_and_addresses_are_looked_at_too(cast: Cast, client_of: ClientOf) -> None:
    agreement = with_terms(cast, contact_roles=(LEAD.model_copy(update={"label": "Lead 🙂"}),))
    named = cast.ccg.names.get()
    named.address = "1 Moor Street\n서울"
    named.save()
    page = client_of(cast.manager).get(f"/agreements/{agreement.reference}/text/").content.decode()
    assert f"The address of {cast.ccg.name} has “서”" in page
    assert "What the terms say of key contacts has “🙂”" in page


def test_who_asks_and_who_signs_read_that_a_name_does_not_print(
    cast: Cast, client_of: ClientOf
) -> None:
    signer = person_of(cast.signatory)
    signer.name = "Sian Signatory 서"
    signer.save()
    version = approved(cast)
    page = f"/agreements/{version.agreement.reference}/versions/{version.seq}/signature/"
    said = "The name Sian Signatory 서 has “서” (U+C11C)."
    assert said in client_of(cast.manager).get(page).content.decode()
    request = ask(cast.manager, version, cast.signatory)
    page = f"/agreements/{version.agreement.reference}/sign/{request.pk}/"
    assert said in client_of(cast.signatory).get(page).content.decode()


def test_what_changed_is_typed_for_print_and_looked_at_when_it_is_sent(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement, client = drafted(cast), client_of(cast.manager)
    page = f"/agreements/{agreement.reference}/text/freeze/"
    said = client.post(page, {"what_changed": "First 🙂"}).content.decode()
    assert "This has “🙂” (U+1F642)." in said
    assert 'value="First 🙂"' in said
    assert draft_of(agreement).is_draft
