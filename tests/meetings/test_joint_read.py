"""Of a series for many agreements each party reads what is common and what is its own (B14)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from agreements.contacts.services.naming import name_contact
from agreements.models import Agreement
from house import clock
from house.refusals import NotYours, Refused
from meetings.models import AgendaItem, Meeting, Series
from meetings.services.actions import Agreed, agree_action
from meetings.services.agenda import add_item, move_item
from meetings.services.correcting import answer_record, correct_record
from meetings.services.notes import add_note, word_note
from meetings.services.recording import Account
from parties.models import User
from tests.cast import Cast, acting, give, person, person_of
from tests.conftest import ClientOf, Mailbox
from tests.meetings.joint import group_of, lead_of, met, mous
from tests.meetings.stage import scheduled, words, words_in
from tests.once import made_once
from tests.typed import fields_of
from tests.without_account import link_in

OF_A, OF_B, COMMON = "canary-avocet", "canary-bittern", "common-coot"


def three(cast: Cast) -> Series:
    return group_of(cast, mous(cast, 3))


made, cast = made_once(three)


@pytest.fixture
def group(cast: Cast) -> Series:
    return Series.objects.get(name="User group")


@pytest.fixture
def agreements(group: Series) -> list[Agreement]:
    return [row.agreement for row in group.serves.order_by("agreement__reference")]


@pytest.fixture
def leads(agreements: list[Agreement]) -> list[User]:
    return [lead_of(each) for each in agreements]


@pytest.fixture
def meeting(cast: Cast, group: Series, agreements: list[Agreement], leads: list[User]) -> Meeting:
    """Held, with something of each kind for all, for the first practice and for the second."""
    first, second, _ = agreements
    came = [(acting(who).on_behalf_of, person_of(who)) for who in leads[:2]]
    found = met(cast, group, notes=f"Notes {COMMON}", came=came, others=["A nurse"])
    for agreement, word in ((first, OF_A), (second, OF_B)):
        add_note(
            by=acting(cast.other_manager), meeting=found, text=f"Note {word}", about=[agreement]
        )
        agreed = Agreed(f"Act {word}", agreement.parties.get(slot="practice"))
        agree_action(by=acting(cast.other_manager), meeting=found, agreed=agreed)
    for who, word in zip(leads, (OF_A, OF_B), strict=False):
        answer_record(by=acting(who), meeting=found, agrees=False, because=f"No {word}")
    return found


def coming(cast: Cast, group: Series, agreements: list[Agreement]) -> Meeting:
    """Called for next week, with items for all, for the first and for the second."""
    found = scheduled(cast.other_manager, group, clock.today() + timedelta(days=9))
    by = acting(cast.other_manager)
    add_item(by=by, meeting=found, heading=f"Item {COMMON}")
    for agreement, word in zip(agreements, (OF_A, OF_B), strict=False):
        add_item(
            by=by, meeting=found, heading=f"Item {word}", body=f"Body {word}", about=[agreement]
        )
    return found


def pages_of(group: Series, meeting: Meeting, agreement: Agreement) -> list[str]:
    at = f"/meetings/{meeting.key}/"
    agreed = reverse("agreements:agreement", args=[agreement.reference])
    return ["/", "/meetings/", f"/meetings/series/{group.key}/", at, f"{at}correct/",
            f"{at}answer/", f"{at}action/", f"{at}notes/add/", "/commitments/", "/calendar/",
            agreed, f"{agreed}meetings/", f"{agreed}history/", f"{agreed}kept/", f"{agreed}people/",
            "/account/mail/", "/search/?q=canary"]  # fmt: skip


def test_nobody_meets_what_is_anothers_on_any_page(
    cast: Cast, group: Series, meeting: Meeting, agreements: list[Agreement], leads: list[User],
    client_of: ClientOf,
) -> None:  # fmt: skip
    for mine, of_other, of_others_lead in (
        (0, OF_B, leads[1]),
        (1, OF_A, leads[0]),
        (2, OF_A, leads[0]),
    ):
        client, other = client_of(leads[mine]), agreements[1 if mine == 0 else 0]
        for path in pages_of(group, meeting, agreements[mine]):
            answer = client.get(path, follow=True)
            page = answer.content.decode()
            assert of_other not in page, path
            assert str(of_others_lead) not in page, path
            assert other.reference not in page, path


def test_each_reads_what_is_common_and_what_is_their_own(
    cast: Cast, meeting: Meeting, leads: list[User], client_of: ClientOf
) -> None:
    page = words(client_of(leads[0]), f"/meetings/{meeting.key}/")
    for said in (COMMON, f"Note {OF_A}", f"Act {OF_A}", f"No {OF_A}", "A nurse", str(leads[0])):
        assert said in page
    assert "Only Eastmoor CCG and Practice 01 read this." in page
    everybody = "Eastmoor CCG, Practice 01, Practice 02 and Practice 03"
    assert f"Everybody who meets reads this: {everybody}." in page
    assert "Of other MoUs 1 person" in page
    assert "Said to be not right" in page
    # The third practice was asked, and neither heard nor reads that others said no.
    assert "Said to be not right" not in words(client_of(leads[2]), f"/meetings/{meeting.key}/")
    ccg = words(client_of(cast.other_manager), f"/meetings/{meeting.key}/")
    assert all(f"{what} {word}" in ccg for what in ("Note", "Act", "No") for word in (OF_A, OF_B))


def test_an_agenda_shows_each_their_own_items(
    cast: Cast, group: Series, agreements: list[Agreement], leads: list[User], client_of: ClientOf
) -> None:
    found = coming(cast, group, agreements)
    path = f"/meetings/{found.key}/"
    first, third = (words(client_of(who), path) for who in (leads[0], leads[2]))
    assert COMMON in first
    assert OF_A in first
    assert OF_B not in first
    assert COMMON in third
    assert OF_A not in third
    assert OF_B not in third
    theirs = AgendaItem.objects.get(heading=f"Item {OF_B}")
    for page in ("", "move/", "remove/"):
        at = f"{path}agenda/{theirs.pk}/{page}"
        assert client_of(leads[0]).post(at, {"way": "up"}).status_code == 404, page


def test_an_item_moves_past_those_that_its_mover_does_not_read(
    cast: Cast, group: Series, agreements: list[Agreement], leads: list[User], client_of: ClientOf
) -> None:
    found = coming(cast, group, agreements)
    last = add_item(by=acting(leads[0]), meeting=found, heading="Last")
    move_item(by=acting(leads[0]), item=last, places=-1)
    read = AgendaItem.objects.visible_to(acting(leads[0])).filter(meeting=found)
    assert [item.heading for item in read][-2:] == ["Last", f"Item {OF_A}"]


def test_whoever_types_sees_who_reads_it(
    cast: Cast, group: Series, agreements: list[Agreement], leads: list[User], client_of: ClientOf
) -> None:
    found = scheduled(cast.other_manager, group, clock.today() + timedelta(days=9))
    client, path = client_of(leads[0]), f"/meetings/{found.key}/agenda/add/"
    assert "Everybody who meets reads this: Eastmoor CCG" in words(client, path)
    said = {"heading": "Ours", "edit_no": 0, "about": [agreements[0].reference]}
    page = words_in(client.post(path, said, follow=True))
    assert "“Ours” is on the agenda.Only Eastmoor CCG and Practice 01 read this." in page
    # Of another's agreement nobody can write: it is not on offer, and the service refuses it.
    said["about"] = [agreements[1].reference]
    assert "Ours" not in str(client.post(path, said).headers.get("Location", ""))
    with pytest.raises(Refused, match="of your own"):
        add_item(by=acting(leads[0]), meeting=found, heading="No", about=[agreements[1]])


def test_a_note_is_told_to_those_who_read_it(
    cast: Cast, group: Series, agreements: list[Agreement], leads: list[User], mailbox: Mailbox,
    client_of: ClientOf,
) -> None:  # fmt: skip
    meeting = met(cast, group)
    before, client = len(mailbox.all), client_of(cast.other_manager)
    path = f"/meetings/{meeting.key}/notes/add/"
    form = fields_of(client.get(path).content.decode())
    said = form | {"about": [agreements[0].reference], "text": "Their boiler broke."}
    page = words_in(client.post(path, said, follow=True))
    assert "Only Eastmoor CCG and Practice 01 read this." in page
    assert [mail.to[0] for mail in mailbox.all[before:]] == [leads[0].email]
    assert "boiler" not in mailbox.all[-1].body
    note = meeting.notes_of_some.get()
    with pytest.raises(NotYours):
        word_note(by=acting(leads[1]), note=note, edit_no=0, text="Mine now.")
    assert client_of(leads[1]).get(f"/meetings/{meeting.key}/notes/{note.pk}/").status_code == 404
    assert word_note(by=acting(leads[0]), note=note, edit_no=0, text="It is mended.")


def test_what_one_says_of_a_record_only_its_own_parties_hear(
    cast: Cast, group: Series, agreements: list[Agreement], leads: list[User], mailbox: Mailbox
) -> None:
    meeting, before = met(cast, group), len(mailbox.all)
    answer_record(by=acting(leads[0]), meeting=meeting, agrees=False, because="We were not there.")
    assert [mail.to[0] for mail in mailbox.all[before:]] == [cast.other_manager.email]
    assert agreements[0].reference in mailbox.all[-1].subject
    told = {each.agreement for each in agreements[0].happenings.model.objects.filter(
        verb="meeting_disputed")}  # fmt: skip
    assert told == {agreements[0]}


def test_whoever_corrects_a_record_keeps_whom_they_do_not_read(
    cast: Cast, meeting: Meeting, leads: list[User], client_of: ClientOf
) -> None:
    meeting.refresh_from_db()
    client, path = client_of(leads[0]), f"/meetings/{meeting.key}/correct/"
    assert str(leads[1]) not in words(client, path)
    account = Account(notes="Anew.", came=[(acting(leads[0]).on_behalf_of, person_of(leads[0]))])
    correct_record(
        by=acting(leads[0]), meeting=meeting, edit_no=meeting.edit_no, day=meeting.day,
        account=account,
    )  # fmt: skip
    names = {str(each) for each in meeting.attendees.all()}
    assert names == {str(leads[0]), str(leads[1])}


def test_a_person_of_two_practices_answers_for_each(
    cast: Cast, group: Series, agreements: list[Agreement], leads: list[User], mailbox: Mailbox,
    client_of: ClientOf,
) -> None:  # fmt: skip
    both = leads[0]
    second = acting(leads[1]).on_behalf_of
    give(both, second, "manager")
    before = len(mailbox.all)
    meeting = met(cast, group, notes=COMMON)
    own = [mail for mail in mailbox.all[before:] if mail.to[0] == both.email]
    assert sorted(re.findall(r"MOU-[0-9]+", "".join(str(m.subject) for m in own))) == sorted(
        agreement.reference for agreement in agreements[:2]
    )
    add_note(by=acting(cast.other_manager), meeting=meeting, text=OF_B, about=[agreements[1]])
    for organisation, reads in ((acting(both).on_behalf_of, False), (second, True)):
        seen = meeting.notes_of_some.all().visible_to(acting(both, organisation))
        assert seen.exists() is reads


def test_no_e_mail_names_what_is_anothers(
    cast: Cast, meeting: Meeting, agreements: list[Agreement], leads: list[User], mailbox: Mailbox
) -> None:
    own = [mail for mail in mailbox.all if mail.to[0] == leads[2].email]
    assert own
    for mail in own:
        said = f"{mail.subject} {mail.body}"
        assert not any(each.reference in said for each in agreements[:2])
        assert not any(str(who) in said for who in leads[:2])
        assert "canary" not in said


def test_who_has_no_account_reads_by_link_what_is_theirs(
    cast: Cast, group: Series, agreements: list[Agreement], leads: list[User], mailbox: Mailbox,
    client: Client,
) -> None:  # fmt: skip
    party, paula = agreements[0].parties.get(slot="practice"), person("Paula Partner")
    name_contact(by=acting(leads[0]), party=party, role="mou_manager", person=paula)
    meeting = met(cast, group, notes=COMMON)
    for agreement, word in zip(agreements, (OF_A, OF_B), strict=False):
        add_note(by=acting(cast.other_manager), meeting=meeting, text=word, about=[agreement])
    path = link_in(mailbox, paula.email)
    page = client.get(path).content.decode()
    assert COMMON in page
    assert OF_A in page
    assert OF_B not in page
    assert "Only Eastmoor CCG and Practice 01 read this." in page
    client.post(path, {"answer": "no", "because": "Another nurse."})
    assert [each.organisation for each in meeting.answers.all()] == [party.organisation]
