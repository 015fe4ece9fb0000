"""Key contacts are asked by e-mail whether they still are it, and answer without an account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from agreements.contacts.services.confirming import confirm_all
from agreements.contacts.services.naming import name_contact
from agreements.contacts.turns import asked_of, turns_of
from agreements.models import Agreement, ContactConfirmation, KeyContact
from deadlines.models import Deadline
from deadlines.services.preferring import prefer
from mou_portal.home_page import HomePage
from parties.models import Person, Team, User
from tests.agreements.contacted import ASKED_BY, lena, link_in, with_contacts
from tests.agreements.reviewed import days_told, on, swept_on
from tests.bad_input import BAD_TEXTS
from tests.cast import Cast, acting, person, person_of
from tests.conftest import Mailbox
from tests.once import made_once, once
from tests.one_room import only_agreements
from tests.reading import all_words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_but_agreements")]
ClientOf = Callable[[User], Client]
DAY = timedelta(days=1)
FIRST = ASKED_BY - 14 * DAY


@once
def _with_lena(cast: Cast) -> Agreement:
    with only_agreements():
        return with_contacts(cast, ccg_lead_clinician=lena())


made, cast = made_once(_with_lena)


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    return _with_lena(cast)


def asked(mailbox: Mailbox, day: date, address: str = "lena@ccg.example") -> str:
    """The link that somebody is sent on a day."""
    swept_on(day)
    [mail] = [mail for mail in mailbox.to(address) if "still a key contact" in mail.subject]
    return link_in(mail)


def of_lena() -> KeyContact:
    return KeyContact.objects.filter(role="lead_clinician").order_by("-pk")[0]


def due(slot: str = "ccg") -> Deadline:
    party = Agreement.objects.get().parties.get(slot=slot)
    return Deadline.objects.get(kind="contacts_confirmed", subject_key=f"party:{party.pk}")


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


def test_opening_the_link_does_nothing_and_one_press_confirms(
    cast: Cast, client: Client, client_of: ClientOf, agreement: Agreement, mailbox: Mailbox
) -> None:
    path = asked(mailbox, FIRST)
    with on(FIRST):
        for _ in "12":
            page = client.get(path).content.decode()
        assert "Eastmoor CCG has named Lena Lead as:" in page
        assert "Lead clinician for the MoU with Northern Moors Area Team (MOU-0001)" in page
        assert not ContactConfirmation.objects.exists()
        page = client.post(path, {"answer": "right"}, follow=True).content.decode()
        assert "Thank you. Your answer is recorded." in page
        assert "Nothing is left to confirm" in page
        # The link is good for one answer.
        client.post(path, {"answer": "no_longer"})
        shown = all_words(client_of(cast.viewer), agreement)
    [said] = ContactConfirmation.objects.all()
    assert (said.contact, said.answer, said.way, said.user) == (of_lena(), "right", "by_link", None)
    assert "Lena Lead Confirmed on 20 July 2026" in shown
    assert "Lena Lead confirmed that they are still lead clinician for Eastmoor CCG." in shown
    # No news is no news: the other side gets no e-mail.
    assert not [m for m in mailbox.to(cast.manager.email) if "Key contacts changed" in m.subject]


def test_new_details_are_kept_and_the_other_side_is_told(
    cast: Cast, client: Client, agreement: Agreement, mailbox: Mailbox
) -> None:
    path = asked(mailbox, FIRST)
    said = {"answer": "changed", "name": "Lena Leader", "job_title": "Chair",
            "email": "leader@ccg.example"}  # fmt: skip
    with on(FIRST):
        assert "Enter your name" in client.post(path, said | {"name": ""}).content.decode()
        client.post(path, said)
        news = [mail.subject for mail in mailbox.to(cast.manager.email)]
        [left] = [m for m in mailbox.to("lena@ccg.example") if "was changed" in m.subject]
    contact = of_lena()
    assert contact.person
    assert (contact.person.name, contact.person.email, contact.job_title) == (
        "Lena Leader", "leader@ccg.example", "Chair",
    )  # fmt: skip
    assert sum("Key contacts changed" in subject for subject in news) == 1
    assert "leader@ccg.example" not in left.body
    assert ContactConfirmation.objects.get().answer == "changed"


def test_who_is_it_no_longer_leaves_a_vacancy_and_may_name_somebody(
    cast: Cast, client: Client, client_of: ClientOf, agreement: Agreement, mailbox: Mailbox
) -> None:
    path = asked(mailbox, FIRST)
    with on(FIRST):
        said = {"answer": "no_longer", "suggestion": "Ask Dr <b>Novak</b>"}
        page = client.post(path, said, follow=True).content.decode()
        assert "Eastmoor CCG is told, and names somebody else." in page
        theirs, ours = client_of(cast.other_manager), client_of(cast.manager)
        shown = all_words(ours, agreement)
        assert "Eastmoor CCG has no lead clinician." in shown
        assert "Lena Lead said that they are no longer lead clinician for Eastmoor CCG." in shown
        assert "Novak" not in shown
        own = theirs.get(f"/agreements/{agreement.reference}/contacts/").content.decode()
        assert "Ask Dr &lt;b&gt;Novak&lt;/b&gt;" in own
        assert [m for m in mailbox.to(cast.manager.email) if "Key contacts changed" in m.subject]
        [todo] = [t for t in HomePage(acting(cast.other_manager)).mine if "Name" in t.sentence]
    assert todo.sentence == "Name a lead clinician for the MoU with Northern Moors Area Team"
    vacant = Deadline.objects.still_open().get(kind="role_vacant")
    assert vacant.occurrence == "lead_clinician"


def test_an_address_that_others_have_is_taken_and_nothing_is_said_of_them(
    cast: Cast, client: Client, agreement: Agreement, mailbox: Mailbox
) -> None:
    path = asked(mailbox, FIRST)
    said = {"answer": "changed", "name": "Lena Lead", "job_title": "", "email": cast.manager.email}
    with on(FIRST):
        page = client.post(path, said, follow=True).content.decode()
    assert "Maud Manager" not in page
    contact = of_lena()
    assert contact.person
    assert contact.person.email == cast.manager.email
    assert cast.manager.person != contact.person


def test_one_mail_asks_about_all_agreements_of_a_person(
    cast: Cast, agreement: Agreement, client: Client, mailbox: Mailbox
) -> None:
    for number in (2, 3):
        with_contacts(cast, number, ccg_lead_clinician=of_lena().person)
    path = asked(mailbox, FIRST)
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
    at = due("ccg").due_on
    assert at == ASKED_BY
    reminders = due("ccg").reminders.filter(state="sent")
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


def test_a_manager_confirms_all_on_one_page(
    cast: Cast, client_of: ClientOf, agreement: Agreement
) -> None:
    at = f"/agreements/{agreement.reference}/contacts/"
    with on(ASKED_BY + DAY):
        client = client_of(cast.other_manager)
        page = client.get(at).content.decode()
        assert "Late" in page
        page = client.post(at, follow=True).content.decode()
        assert "3 key contacts confirmed." in page
        assert "On the page of contacts, by Olga Other" in page
        assert "Late" not in page
        assert client_of(cast.other_viewer).get(at).status_code == 403
        assert client_of(cast.stranger).get(at).status_code == 404
    assert due().due_on == date(2027, 2, 4)
    # Each party confirms its own.
    assert due("area_team").due_on == ASKED_BY


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
    assert due().due_on == date(2026, 11, 1)
    path = asked(mailbox, date(2026, 10, 16), "pc@ccg.example")
    with on(date(2026, 10, 16)):
        page = client.get(path).content.decode()
        assert "Your name" not in page
        client.post(path, {"answer": "right"})
    assert ContactConfirmation.objects.get().contact.team == team


def test_a_link_of_somebody_with_an_account_keeps_the_address_they_log_in_with(
    cast: Cast, client: Client, agreement: Agreement, mailbox: Mailbox
) -> None:
    path, address = asked(mailbox, FIRST, cast.other_manager.email), cast.other_manager.email
    with on(FIRST):
        page = client.get(path).content.decode()
        assert "Your e-mail address" not in page
        said = {"answer": "changed", "name": "Olga Otter", "job_title": "", "email": "x@y.example"}
        client.post(path, said)
    cast.other_manager.refresh_from_db()
    assert (cast.other_manager.email, person_of(cast.other_manager).pk) == (
        address, Person.objects.get(name="Olga Otter").pk,
    )  # fmt: skip


@pytest.mark.parametrize("token", ["x", "1:2:3", "WyJwZXJzb24iLDEsMV0:1abc:xyz"])
def test_a_link_that_is_not_ours_opens_nothing(client: Client, db: None, token: str) -> None:
    for answer in (client.get, client.post):
        page = answer(f"/agreements/mail/{token}/")
        assert page.status_code == 404
        assert "This link no longer works" in page.content.decode()


def test_an_old_link_opens_nothing(client: Client, agreement: Agreement, mailbox: Mailbox) -> None:
    path = asked(mailbox, FIRST)
    with time_machine.travel(date(2027, 3, 1)):
        assert client.post(path, {"answer": "right"}).status_code == 404
    assert not ContactConfirmation.objects.exists()


@pytest.mark.parametrize("text", BAD_TEXTS.values(), ids=BAD_TEXTS)
def test_the_form_does_not_break(
    client: Client, client_of: ClientOf, cast: Cast, agreement: Agreement, mailbox: Mailbox,
    text: str,
) -> None:  # fmt: skip
    path = asked(mailbox, FIRST)
    names = ("answer", "name", "email", "job_title", "roles", "suggestion")
    with on(FIRST):
        assert client.post(path, dict.fromkeys(names, text)).status_code == 200
        said = {"answer": "changed", "name": text, "job_title": text, "email": "n@ccg.example"}
        assert client.post(path, said).status_code in {200, 302}
        said = {"answer": "no_longer", "suggestion": text}
        assert client.post(path, said).status_code in {200, 302}
        ours = f"/agreements/{agreement.reference}/"
        pages = [client_of(cast.manager).get(f"{ours}{page}") for page in ("people/", "history/")]
    assert all(page.status_code == 200 for page in pages)
    assert not any(b"<script>alert" in page.content for page in pages)


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
        [mail] = [m for m in mailbox.to(cast.other_manager.email) if "to see to" in m.subject]
    lines = [line for line in mail.body.splitlines() if line.startswith("- ")]
    asked = "- Confirm by 3 August 2026 that you are still a key contact: with"
    assert lines == [f"{asked} Northern Moors Area Team, Working together 1 (MOU-0001)"]


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
