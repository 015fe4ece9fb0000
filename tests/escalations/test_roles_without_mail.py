"""A contact role that acts at a level and gets no mail: its side's MoU managers are told (A24)."""

from __future__ import annotations

import pytest

from agreements.contacts.services.naming import name_contact
from agreements.terms import ContactRole, Level
from escalations.services.opening import open_disagreement
from tests.cast import Cast, acting, person_of
from tests.conftest import Mailbox
from tests.on_terms import in_force_on

pytestmark = pytest.mark.django_db
SIDES = ("area_team", "ccg")
LEAD = ContactRole(key="lead", label="Quality lead", slots=SIDES, required=False)
FIRST = Level(
    key="first", label="Leads", posts=dict.fromkeys(SIDES, "Quality lead"),
    roles=dict.fromkeys(SIDES, "lead"),
)  # fmt: skip


@pytest.mark.parametrize("gets_mail", [True, False])
def test_whoever_acts_in_it_is_written_to_only_where_the_terms_say_so(
    cast: Cast, mailbox: Mailbox, gets_mail: bool
) -> None:
    role = LEAD.model_copy(update={"gets_mail": gets_mail})
    agreement = in_force_on(cast, contact_roles=(role,), levels=(FIRST,))
    name_contact(
        by=acting(cast.other_manager), party=agreement.parties.get(slot="ccg"), role="lead",
        person=person_of(cast.other_colleague),
    )  # fmt: skip
    open_disagreement(
        by=acting(cast.colleague), agreement=agreement, subject="Data", wanted="All of it."
    )
    told = [str(m.subject) for m in mailbox.to(cast.other_colleague.email)]
    assert any("isagreement 1" in subject for subject in told) == gets_mail
    managers = [str(m.subject) for m in mailbox.to(cast.other_manager.email)]
    assert any("isagreement 1" in subject for subject in managers)
