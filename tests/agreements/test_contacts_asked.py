"""Key contacts are asked by e-mail whether they still are it: when, how often, about what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from agreements.contacts.services.confirming import confirm_all
from agreements.contacts.services.naming import name_contact
from agreements.contacts.turns import asked_of, turns_of
from agreements.models import Agreement, ContactConfirmation, KeyContact
from deadlines.services.preferring import prefer
from parties.models import Team, User
from tests.agreements.contacted import (
    ASKED_BY,
    FIRST,
    asked_by_mail,
    due_to_confirm,
    link_in,
    of_lena,
    with_contacts,
    with_lena,
)
from tests.agreements.reviewed import days_told, on, swept_on
from tests.cast import Cast, acting, person, person_of
from tests.conftest import Mailbox
from tests.once import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_but_agreements")]
ClientOf = Callable[[User], Client]
DAY = timedelta(days=1)
made, cast = made_once(with_lena)


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    return with_lena(cast)


def test_the_mail_says_what_is_asked_and_by_when(
    cast: Cast, agreement: Agreement, mailbox: Mailbox
) -> None:
    swept_on(FIRST)
    [mail] = mailbox.to("lena@ccg.example")
    assert mail.subject == (
        "Confirm by 3 August 2026 that you are still a key contact: with Northern Moors Area Team, "
        "Working together 1 (MOU-0001)"
    )
    assert "Please confirm by 3 August 2026 that you still are:" in mail.body
    assert "Lead clinician of Eastmoor CCG for the MoU with Northern Moors Area Team" in mail.body
    assert "you are named as a key contact of Eastmoor CCG." in mail.body
    assert "Named contacts, of the MoU asks for this." in mail.body
    assert "Six months after 3 February 2026" in mail.body
    # Who holds several roles gets one e-mail.
    [theirs] = [m for m in mailbox.to(cast.other_manager.email) if "still a key" in m.subject]
    assert "MoU manager and primary liaison of Eastmoor CCG" in theirs.body


def test_one_mail_asks_about_all_agreements_of_a_person(
    cast: Cast, agreement: Agreement, client: Client, mailbox: Mailbox
) -> None:
    for number in (2, 3):
        with_contacts(cast, number, ccg_lead_clinician=of_lena().person)
    path = asked_by_mail(mailbox, FIRST)
    [mail] = mailbox.to("lena@ccg.example")
    assert mail.subject.endswith("Northern Moors Area Team (MOU-0001, MOU-0002, MOU-0003)")
    assert [ref in mail.body for ref in ("MOU-0001", "MOU-0002", "MOU-0003")] == [True] * 3
    third = KeyContact.objects.get(party__agreement__reference="MOU-0003", role="lead_clinician")
    with on(FIRST):
        page = client.post(path, {"answer": "no_longer", "roles": []}).content.decode()
        assert "Choose what you are no longer" in page
        client.post(path, {"answer": "no_longer", "roles": [third.pk]})
    answers = ContactConfirmation.objects.values_list("contact__party__agreement__reference",
                                                      "answer")  # fmt: skip
    assert sorted(answers) == [
        ("MOU-0001", "right"), ("MOU-0002", "right"), ("MOU-0003", "no_longer"),
    ]  # fmt: skip
    swept_on(ASKED_BY)
    assert len(mailbox.to("lena@ccg.example")) == 1


def test_they_are_asked_about_what_is_to_be_confirmed_within_45_days(
    cast: Cast, agreement: Agreement
) -> None:
    """Nothing that comes later; for their own organisation alone."""
    clinician, party = of_lena().person, of_lena().party
    assert clinician
    ours = clinician, cast.ccg.pk
    for day, turns in ((ASKED_BY - 46 * DAY, []), (ASKED_BY - 45 * DAY, [(party.pk, ASKED_BY)])):
        with on(day):
            found = turns_of([ours, (clinician, cast.area_team.pk)])
            assert [(each.party_id, each.due_on) for each in found[ours]] == turns
            assert found[clinician, cast.area_team.pk] == []
            listed = asked_of(clinician, cast.ccg)
            assert [(each.contact.party_id, each.due_on) for each in listed] == turns


def test_who_never_answers_hears_of_all_agreements_at_once(
    cast: Cast, agreement: Agreement, mailbox: Mailbox
) -> None:
    later = with_contacts(cast, 2, ccg_lead_clinician=of_lena().person)
    with on(date(2026, 4, 20)):
        confirm_all(by=acting(cast.other_manager), party=later.parties.get(slot="ccg"))
    days_told(FIRST, ASKED_BY + 200 * DAY)
    asked_on = [mail.subject for mail in mailbox.to("lena@ccg.example")]
    # With the date of the first agreement, and once with the other's when that is long past.
    assert [subject.split("(")[1] for subject in asked_on] == [
        "MOU-0001)", "MOU-0001)", "MOU-0001, MOU-0002)", "MOU-0001, MOU-0002)",
        "MOU-0001, MOU-0002)",
    ]  # fmt: skip


def test_who_does_not_answer_is_asked_again_then_the_manager_is_told_and_it_ends(
    cast: Cast, agreement: Agreement, mailbox: Mailbox, client_of: ClientOf
) -> None:
    with on(FIRST):
        client_of(cast.manager).post(f"/agreements/{agreement.reference}/contacts/")
    told = days_told(FIRST, ASKED_BY + 140 * DAY)
    at = due_to_confirm("ccg").due_on
    assert at == ASKED_BY
    reminders = due_to_confirm("ccg").reminders.filter(state="sent")
    assert {str(r.offset) for r in reminders} == {
        "days:-14", "days:0", "days:+14", "days:+60", "days:+90", "days:+120",
    }  # fmt: skip
    assert ASKED_BY + 14 * DAY in told
    mail = next(m for m in mailbox.to(cast.other_manager.email) if "not confirmed" in m.subject)
    assert "were to be confirmed by 3 August 2026 and have not answered" in mail.body
    assert "lead clinician" in mail.body
    assert "Lena" not in mail.body
    assert f"/agreements/{agreement.reference}/contacts/" in mail.body
    # The other party learns nothing of who has not answered.
    assert not [m for m in mailbox.to(cast.manager.email) if "not confirmed" in m.subject]


def test_the_manager_is_not_told_to_ask_themselves(
    cast: Cast, agreement: Agreement, mailbox: Mailbox
) -> None:
    swept_on(ASKED_BY + 14 * DAY)
    [mail] = [m for m in mailbox.to(cast.other_manager.email) if "not confirmed by" in m.subject]
    assert "have not answered: lead clinician." in mail.body
    assert (
        "You were asked to confirm by 3 August 2026 that you still are MoU manager and primary "
        "liaison of Eastmoor CCG for your MoU with Northern Moors Area Team." in mail.body
    )


def test_in_a_daily_e_mail_the_question_stands_whole(
    cast: Cast, agreement: Agreement, mailbox: Mailbox
) -> None:
    prefer(person=person_of(cast.other_manager), one_digest_a_day=True, switched_off=[])
    swept_on(FIRST)
    with on(FIRST + DAY):
        [mail] = [m for m in mailbox.to(cast.other_manager.email) if "key contact" in m.subject]
    asked = "Confirm by 3 August 2026 that you are still a key contact: with"
    assert mail.subject == f"{asked} Northern Moors Area Team, Working together 1 (MOU-0001)"


def test_two_contacts_who_share_a_mailbox_are_asked_each_by_name(
    cast: Cast, client: Client, mailbox: Mailbox
) -> None:
    doors = "reception@beck.example"
    with_contacts(
        cast, 2, ccg_lead_clinician=person("Ann Archer", doors),
        ccg_primary_liaison=person("Bea Brown", doors),
    )  # fmt: skip
    swept_on(FIRST)
    # Both are due at one moment, and go in any order.
    asked = (mail for mail in mailbox.to(doors) if "still a key contact" in mail.subject)
    mails = sorted(asked, key=lambda mail: str(mail.body))
    assert [str(mail.body).split("\n")[0] for mail in mails] == ["For Ann Archer", "For Bea Brown"]
    assert len({link_in(mail) for mail in mails}) == 2
    with on(FIRST):
        for mail, name in zip(mails, ("Ann Archer", "Bea Brown"), strict=True):
            assert name in client.get(link_in(mail)).content.decode()


def test_naming_somebody_new_counts_and_a_team_is_asked_at_its_address(
    cast: Cast, client: Client, agreement: Agreement, mailbox: Mailbox
) -> None:
    party = agreement.parties.get(slot="ccg")
    team = Team.objects.create(
        organisation=cast.ccg, purpose="primary_care", name="Primary care", address="pc@ccg.example"
    )
    by = acting(cast.other_manager)
    with on(date(2026, 5, 1)):
        name_contact(by=by, party=party, role="lead_clinician", team=team)
        name_contact(by=by, party=party, role="mou_manager", person=person("New Manager"))
        name_contact(by=by, party=party, role="primary_liaison", person=person("New Liaison"))
    assert due_to_confirm().due_on == date(2026, 11, 1)
    path = asked_by_mail(mailbox, date(2026, 10, 16), "pc@ccg.example")
    with on(date(2026, 10, 16)):
        page = client.get(path).content.decode()
        assert "Your name" not in page
        client.post(path, {"answer": "right"})
    assert ContactConfirmation.objects.get().contact.team == team
