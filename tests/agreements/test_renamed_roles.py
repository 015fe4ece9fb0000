"""A contact role with another name is the same role: who holds it, what is due, who is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from agreements.contacts.services.naming import end_contact, name_contacts
from agreements.core.parties import vacancies
from agreements.core.recipients import managers_of
from agreements.drafting.forms.term_lines import new_key
from agreements.models import Agreement, TemplateVersion, read_parties
from agreements.templates.services.keeping import new_template_draft, publish
from deadlines.models import Deadline
from parties.models import User
from tests.agreements.contacted import ROLES, SIGNED, with_contacts
from tests.agreements.reviewed import on, swept_on
from tests.cast import Cast, acting, person_of
from tests.conftest import Mailbox
from tests.one_room import keepings, only_agreements
from tests.reading import all_words
from tests.setting_up import library_template
from tests.stages import draft_of, drafted
from tests.typed import fields_of

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
NEW_NAME = "Lead for the MoU"


def rename(client: Client, address: str) -> None:
    """Changes what both sides call their MoU managers, on their pages of the terms."""
    for slot in ("area_team", "ccg"):
        part = f"{address}side-{slot}/"
        typed = fields_of(client.get(part).content.decode())
        typed["contacts"] = typed["contacts"].replace("MoU manager", NEW_NAME)
        page = client.post(part, typed, follow=True).content.decode()
        assert "The terms were saved." in page


def test_in_the_draft_of_an_agreement(cast: Cast, client_of: ClientOf) -> None:
    agreement = drafted(cast, source=library_template(cast))
    for slot, who in (("area_team", cast.colleague), ("ccg", cast.other_colleague)):
        held = {slot: {role: {"person": person_of(who).pk} for role in ROLES[slot]}}
        name_contacts(by=acting(who), agreement=agreement, contacts=held)
    rename(client_of(cast.manager), f"/agreements/{agreement.reference}/text/terms/")
    agreement = Agreement.objects.get()
    for party, who in zip(agreement.parties.all(), (cast.colleague, cast.other_colleague),
                          strict=True):  # fmt: skip
        [told] = managers_of(party)
        assert told.address == who.email
        assert told.why == f"you are lead for the MoU for {party.name}."
    assert vacancies(agreement) == []
    terms = draft_of(agreement).typed_terms
    assert terms.levels[1].posts == dict.fromkeys(ROLES, NEW_NAME)
    assert NEW_NAME in all_words(client_of(cast.viewer), agreement)


def _renamed_template(cast: Cast, client_of: ClientOf) -> TemplateVersion:
    first = library_template(cast)
    version = new_template_draft(by=acting(cast.manager), template=first.template)
    rename(client_of(cast.manager), f"/templates/{first.template_id}/versions/{version.seq}/terms/")
    publish(by=acting(cast.manager), version=version)
    version.refresh_from_db()
    return version


def test_in_the_draft_of_a_template(cast: Cast, client_of: ClientOf, mailbox: Mailbox) -> None:
    source = _renamed_template(cast, client_of)
    with only_agreements():
        agreement = with_contacts(cast, source=source)
    party = agreement.parties.get(slot="ccg")
    with on(SIGNED):
        read_parties([agreement])
        answers = keepings([agreement], acting(cast.viewer))[agreement.pk]
        assert answers["key_contacts"].state == "kept"
        assert not Deadline.objects.still_open().filter(kind="role_vacant").exists()
        end_contact(by=acting(cast.other_manager), party=party, role="mou_manager")
        assert [each.sentence for each in vacancies(agreement)] == [
            "Eastmoor CCG has no lead for the MoU."
        ]
        vacant = Deadline.objects.still_open().get(kind="role_vacant")
        assert vacant.occurrence == "mou_manager"
    swept_on(SIGNED + timedelta(days=3))
    [mail] = [m for m in mailbox.to(cast.other_manager.email) if "vacant contact role" in m.subject]
    assert "Eastmoor CCG has no lead for the MoU" in str(mail.body)


def test_a_long_name_makes_a_key_that_ends_with_a_whole_word() -> None:
    key = new_key("When the help with projects is reviewed", ())
    assert key == "when_the_help_with_projects_is"
    assert new_key("A" * 60, ()) == "a" * 34
