"""What follows from terms that are not the defaults, once the agreement is in force."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from agreements.contacts.services.naming import name_contact
from agreements.core.parties import vacancies
from agreements.drafting.services.editing import edit_terms
from agreements.models import Agreement
from agreements.terms import Terms
from deadlines.models import Deadline
from tests.agreements.reviewed import on, reviewed, swept_on
from tests.cast import Cast, acting, person_of
from tests.conftest import Mailbox
from tests.stages import ask, draft_of, frozen, give, with_other_terms

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_but_agreements")]
SIGNED = date(2026, 2, 3)
DAY = timedelta(days=1)


def _with_voluntary_roles(terms: Terms) -> Terms:
    """Contacts are confirmed every quarter, and nobody has to be a quality lead."""
    roles = [
        role.model_copy(update={"required": role.key != "quality_lead"})
        for role in terms.contact_roles
    ]
    return terms.model_copy(update={"contact_roles": tuple(roles), "contacts_confirmed_months": 3})


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    """Signed by both on 3 February 2026; the MoU managers are named."""
    with on(SIGNED):
        made = with_other_terms(cast)
        draft = draft_of(made)
        terms = _with_voluntary_roles(draft.typed_terms)
        edit_terms(by=acting(cast.manager), version=draft, terms=terms)
        version = frozen(cast, made)
        for by, signatory in ((cast.manager, cast.signatory),
                              (cast.other_manager, cast.other_signatory)):  # fmt: skip
            give(signatory, ask(by, version, signatory, because="Agreed."))
        for slot, by in (("area_team", cast.manager), ("ccg", cast.other_manager)):
            party = made.parties.get(slot=slot)
            name_contact(by=acting(by), party=party, role="mou_manager", person=person_of(by))
    return Agreement.objects.get(pk=made.pk)


def test_the_review_follows_after_the_months_of_the_terms(
    cast: Cast, agreement: Agreement, mailbox: Mailbox
) -> None:
    due_on = date(2026, 8, 3)  # six months, not twelve
    assert agreement.review_on == due_on
    for before in (90, 45, 0):
        swept_on(due_on - before * DAY)
    subjects = [m.subject for m in mailbox.to(cast.manager.email)]
    assert [said.split(":")[0] for said in subjects if said.startswith("Review")] == [
        "Review due 3 August 2026", "Review due 3 August 2026", "Review due today",
    ]  # fmt: skip
    with on(due_on):
        review = reviewed(cast.manager, agreement, due_on, date(2027, 2, 3))
    assert review.next_on == date(2027, 2, 3)


def test_contacts_are_confirmed_as_often_as_the_terms_say(
    cast: Cast, agreement: Agreement, mailbox: Mailbox
) -> None:
    due = Deadline.objects.filter(kind="contacts_confirmed").still_open()
    assert {each.due_on for each in due} == {date(2026, 5, 3)}  # three months, not six
    swept_on(date(2026, 4, 20))
    [mail] = [m for m in mailbox.to(cast.manager.email) if "still a key contact" in m.subject]
    assert "Confirm by 3 May 2026" in mail.subject


def test_a_role_that_nobody_has_to_hold_is_neither_vacant_nor_chased(
    cast: Cast, agreement: Agreement, mailbox: Mailbox
) -> None:
    assert "quality_lead" not in {vacancy.role.key for vacancy in vacancies(agreement)}
    chased = Deadline.objects.filter(kind="role_vacant").still_open()
    assert set(chased.values_list("occurrence", flat=True)) == {
        "responsible_officer",
        "primary_liaison",
        "lead_clinician",
    }
    swept_on(SIGNED + 3 * DAY)
    [mail] = [m for m in mailbox.to(cast.manager.email) if "vacant" in m.subject]
    assert "quality lead" not in mail.body
