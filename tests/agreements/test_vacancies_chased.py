"""A required contact role that is vacant: its party is asked to fill it, for a while."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from agreements.contacts.due import set_contacts_due
from agreements.contacts.services.naming import end_contact, name_contact
from agreements.models import KeyContact
from deadlines.models import Deadline
from mou_portal.home_page import HomePage
from parties.models import Absence
from tests.agreements.contacted import SIGNED, with_contacts
from tests.agreements.reviewed import days_told, on, swept_on
from tests.cast import Cast, acting, person_of
from tests.conftest import ClientOf, Mailbox
from tests.reading import words_at
from tests.setting_up import library_template
from tests.stages import drafted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_but_agreements")]
DAY = timedelta(days=1)


def vacant() -> set[str]:
    chased = Deadline.objects.filter(kind="role_vacant").still_open()
    return set(chased.values_list("occurrence", flat=True))


def test_several_vacant_roles_are_one_mail_that_comes_four_times(
    cast: Cast, mailbox: Mailbox
) -> None:
    agreement = with_contacts(
        cast, area_team_quality_lead=None, area_team_primary_liaison=None, ccg_lead_clinician=None
    )
    assert vacant() == {"quality_lead", "primary_liaison", "lead_clinician"}
    assert days_told(SIGNED, SIGNED + 90 * DAY) == [SIGNED + DAY * n for n in (3, 14, 28, 56)]
    ours = [m for m in mailbox.to(cast.manager.email) if "vacant" in m.subject]
    assert [mail.subject for mail in ours] == [
        "Fill 2 vacant contact roles: with Eastmoor CCG, Working together 1 (MOU-0001)"
    ] * 4
    assert "Northern Moors Area Team has no quality lead or primary liai" in ours[0].body
    assert "Name a quality lead and a primary liaison" in ours[0].body
    [*_, theirs] = [m for m in mailbox.to(cast.other_manager.email) if "vacant" in m.subject]
    assert "Fill a vacant contact role" in theirs.subject
    assert "Eastmoor CCG has no lead clinician" in theirs.body
    with on(SIGNED + 90 * DAY):
        todos = [t for t in HomePage(acting(cast.manager)).mine if "Name" in t.sentence]
    assert [todo.sentence for todo in todos] == [
        f"Name a {role} for the MoU with Eastmoor CCG"
        for role in ("primary liaison", "quality lead")
    ]
    assert todos[0].url == f"/agreements/{agreement.reference}/people/"


def test_it_ends_when_somebody_is_named_and_begins_anew_when_they_go(
    cast: Cast, mailbox: Mailbox
) -> None:
    agreement = with_contacts(cast, ccg_lead_clinician=None)
    party, by = agreement.parties.get(slot="ccg"), acting(cast.other_manager)
    with on(SIGNED + DAY):
        name_contact(by=by, party=party, role="lead_clinician", person=person_of(cast.other_viewer))
    assert vacant() == set()
    assert days_told(SIGNED, SIGNED + 60 * DAY) == []
    with on(date(2026, 5, 1)):
        end_contact(by=by, party=party, role="lead_clinician")
    assert vacant() == {"lead_clinician"}
    assert swept_on(date(2026, 5, 4)) == 0  # a bank holiday
    assert swept_on(date(2026, 5, 5)) == 1


def test_without_a_manager_the_administrators_are_asked(cast: Cast, mailbox: Mailbox) -> None:
    agreement = with_contacts(cast)
    administrator = cast.administrator
    party = agreement.parties.get(slot="area_team")
    with on(SIGNED + 10 * DAY):
        end_contact(by=acting(cast.manager), party=party, role="mou_manager")
    swept_on(SIGNED + 13 * DAY)
    for somebody in (administrator, cast.manager):
        [mail] = [m for m in mailbox.to(somebody.email) if "vacant" in m.subject]
        assert "has no MoU manager" in mail.body


def test_a_manager_who_is_away_is_replaced_by_the_deputy(cast: Cast, mailbox: Mailbox) -> None:
    agreement = with_contacts(cast, area_team_quality_lead=None)
    party = agreement.parties.get(slot="area_team")
    with on(SIGNED):
        name_contact(
            by=acting(cast.manager), party=party, role="mou_manager",
            person=person_of(cast.manager), deputy=person_of(cast.colleague),
        )  # fmt: skip
    Absence.objects.create(person=person_of(cast.manager), starts_on=SIGNED, ends_on=None)
    swept_on(SIGNED + 3 * DAY)
    [mail] = [m for m in mailbox.to(cast.colleague.email) if "vacant" in m.subject]
    assert (
        "Maud Manager, MoU manager for Northern Moors Area Team, is away and you are" in mail.body
    )
    assert not [m for m in mailbox.to(cast.manager.email) if "vacant" in m.subject]


def test_a_draft_has_no_vacancies_to_chase(cast: Cast) -> None:
    drafted(cast, source=library_template(cast))
    assert vacant() == set()


def test_what_another_reminder_tells_too_breaks_no_list_of_what_comes(
    cast: Cast, client_of: ClientOf
) -> None:
    with_contacts(cast, area_team_quality_lead=None, area_team_primary_liaison=None)
    with on(SIGNED):
        page = words_at(client_of(cast.manager), "/account/mail/")
    # The second role is told with the first.
    assert page.count("Reminder Vacant contact role ") == 1


def test_who_still_holds_the_role_is_not_said_to_be_gone(cast: Cast, mailbox: Mailbox) -> None:
    agreement = with_contacts(cast)
    contact = KeyContact.objects.get(party__agreement=agreement, role="lead_clinician")
    with on(SIGNED + DAY):
        contact.ends_on = SIGNED + 90 * DAY
        contact.save()
        set_contacts_due(agreement)
    swept_on(SIGNED + 6 * DAY)
    [mail] = [m for m in mailbox.to(cast.other_manager.email) if "vacant" in m.subject]
    assert "Eastmoor CCG has no lead clinician from 5 May 2026." in mail.body
    assert "does not know whom to turn to" not in mail.body
    assert "Name a lead clinician, or somebody who stands in." in mail.body
