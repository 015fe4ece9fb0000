"""Who another party's key contacts are, that party says: until then it is a proposal."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from agreements.contacts.proposed import proposed_url
from agreements.contacts.services.answering import answer_by_link, take_up
from agreements.core.recipients import managers_of
from agreements.models import Agreement, ContactProposal, KeyContact
from house import clock
from house.refusals import NotYours, Refused
from nhsuk.forms import date_boxes
from parties.models import Membership, Person, Post, User
from parties.services.people import end_at_once
from tests.cast import Cast, acting, person_of, user
from tests.conftest import ClientOf, Mailbox
from tests.once import made_once
from tests.pdf import a_pdf
from tests.reading import words_at
from tests.setting_up import begin, choose_parties, library_template
from tests.stages import make, template

pytestmark = pytest.mark.django_db
LENA = "lena@eastmoor.example"
SAID = {"ccg-mou_manager-name": "Lena Lead", "ccg-mou_manager-email": LENA}

made, cast = made_once(library_template)


def registered(client: Client, cast: Cast, **said: Any) -> tuple[Agreement, str]:
    """By the Area Team with Eastmoor CCG; with the page that follows."""
    file = SimpleUploadedFile("mou.pdf", a_pdf())
    form = {"title": "MoU on quality", "area_team": cast.area_team.pk, "ccg": cast.ccg.pk,
            "file": file, **date_boxes("signed_on", date(2026, 9, 3))}  # fmt: skip
    page = client.post("/agreements/new/signed/", form | SAID | said, follow=True)
    return Agreement.objects.get(), page.content.decode()


def people_page(client: Client, agreement: Agreement) -> str:
    return words_at(client, f"/agreements/{agreement.reference}/people/")


def press(client: Client, proposal: ContactProposal, answer: str) -> int:
    reference = proposal.party.agreement.reference
    path = f"/agreements/{reference}/contacts/proposed/{proposal.pk}/"
    return client.post(path, {"answer": answer}).status_code


def addresses(agreement: Agreement) -> list[str]:
    return [each.address for each in managers_of(agreement.parties.get(slot="ccg"))]


def test_nothing_of_the_other_party_is_written_and_its_own_people_are_told(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    told = cast.other_manager.email
    agreement, page = registered(client_of(cast.colleague), cast)
    assert "We told the MoU manager of Eastmoor CCG." in page
    assert not Person.objects.filter(name="Lena Lead").exists()
    assert not Post.objects.filter(organisation=cast.ccg).exists()
    assert not KeyContact.objects.exists()
    assert addresses(agreement) == [told]
    assert not mailbox.to(LENA)
    assert "Key contacts were proposed for Eastmoor CCG too." in str(mailbox.to(told)[-1].body)
    mine = people_page(client_of(cast.manager), agreement)
    assert "Eastmoor CCG has not said whether that is right." in mine


def test_an_editor_does_not_make_a_person_of_the_area_team_the_ccgs_manager(
    cast: Cast, client_of: ClientOf
) -> None:
    """Typed by the address of a colleague: she stays who she is, and gets no mail of theirs."""
    said = {"ccg-mou_manager-name": "Maud", "ccg-mou_manager-email": cast.manager.email}
    _ = cast.other_manager
    agreement, _ = registered(client_of(cast.colleague), cast, **said)
    assert "Maud Manager" not in people_page(client_of(cast.other_manager), agreement)
    assert not person_of(cast.manager).key_contacts.exists()
    assert addresses(agreement) == [cast.other_manager.email]


def test_somebody_chosen_for_the_other_side_while_setting_up_is_a_proposal_too(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    client = client_of(cast.colleague)
    at = begin(client, library_template(cast))
    choose_parties(client, at, cast)
    newcomer = {"new-slot": "ccg", "new-name": "Lena Lead", "new-email": LENA, "add": "1"}
    client.post(f"{at}contacts/", newcomer)
    client.post(f"{at}contacts/", {"ccg-mou_manager-person": "new-0"})
    told = cast.other_manager.email
    client.post(f"{at}check/")
    agreement = Agreement.objects.get()
    assert ContactProposal.objects.get().name == "Lena Lead"
    assert addresses(agreement) == [told]
    assert "Key contacts were proposed" in str(mailbox.to(told)[-1].body)


def test_the_other_party_names_them_with_one_press(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.other_manager)
    agreement, _ = registered(client_of(cast.manager), cast)
    assert "Northern Moors Area Team proposes Lena Lead, lena@" in people_page(client, agreement)
    proposal = ContactProposal.objects.get()
    assert press(client, proposal, "name") == 302
    contact = KeyContact.objects.get(role="mou_manager")
    assert contact.person
    assert contact.person.posts.get().organisation == cast.ccg
    assert addresses(agreement) == [LENA]
    proposal.refresh_from_db()
    assert (proposal.answer, proposal.answered_by) == ("named", cast.other_manager)
    # Again it changes nothing.
    press(client, proposal, "no")
    proposal.refresh_from_db()
    assert proposal.answer == "named"


def test_the_other_party_says_that_it_is_not_right(cast: Cast, client_of: ClientOf) -> None:
    agreement, _ = registered(client_of(cast.manager), cast)
    press(client_of(cast.other_administrator), ContactProposal.objects.get(), "no")
    assert ContactProposal.objects.get().answer == "not_named"
    assert "Lena Lead" not in people_page(client_of(cast.manager), agreement)
    assert not Person.objects.filter(name="Lena Lead").exists()


def test_naming_somebody_else_answers_it(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.other_manager)
    agreement, _ = registered(client_of(cast.manager), cast)
    path = f"/agreements/{agreement.reference}/contacts/ccg/mou_manager/"
    client.post(path, {"holder": cast.other_manager.person_id})
    assert ContactProposal.objects.get().answer == "not_named"


def test_a_name_at_a_known_mailbox_is_asked_about_there(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.other_manager)
    person_of(cast.other_manager)
    said = {"ccg-mou_manager-email": cast.other_manager.email}
    registered(client_of(cast.manager), cast, **said)
    proposal = ContactProposal.objects.get()
    path = f"/agreements/{proposal.party.agreement.reference}/contacts/proposed/{proposal.pk}/"
    page = client.post(path, {"answer": "name"}, follow=True).content.decode()
    assert 'value="Lena Lead"' in page
    assert not KeyContact.objects.exists()


# --- The wall -------------------------------------------------------------------------------


def test_only_the_party_it_is_about_answers_and_nobody_else_reads_it(
    cast: Cast, client_of: ClientOf
) -> None:
    _ = cast.other_manager
    registered(client_of(cast.manager), cast)
    proposal = ContactProposal.objects.get()
    assert press(client_of(cast.stranger), proposal, "name") == 404
    assert press(client_of(cast.manager), proposal, "name") == 403
    assert press(client_of(cast.other_viewer), proposal, "name") == 403
    for who in (cast.manager, cast.stranger):
        with pytest.raises(NotYours):
            take_up(by=acting(who), proposal=proposal)
    visible = ContactProposal.objects.visible_to
    assert not visible(acting(cast.stranger)).exists()
    assert not visible(acting(cast.third_manager)).exists()
    assert visible(acting(cast.other_viewer)).get() == visible(acting(cast.viewer)).get()


# --- Nobody is there ------------------------------------------------------------------------


def test_where_nobody_is_there_the_person_is_asked_by_a_link(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    agreement, page = registered(client_of(cast.manager), cast)
    assert "Eastmoor CCG has nobody here yet: nobody there is told yet." in page
    [mail] = mailbox.to(LENA)
    assert "Are you an MoU manager of Eastmoor CCG?" in mail.subject
    assert addresses(agreement) == []
    [path] = re.findall(r"http://127\.0\.0\.1:8000(/link/\S+)", str(mail.body))
    page = words_at(Client(), path)
    assert "Northern Moors Area Team named Lena Lead as MoU manager of Eastmoor CCG" in page
    assert not KeyContact.objects.exists()
    answered = Client().post(path, {"answer": "yes"}, follow=True).content.decode()
    assert "Your answer is recorded" in answered
    assert addresses(agreement) == [LENA]
    assert "Lena Lead confirmed that they are MoU manager for Eastmoor CCG." in words_at(
        client_of(cast.manager), f"/agreements/{agreement.reference}/history/"
    )
    with pytest.raises(Refused):
        answer_by_link(proposal=ContactProposal.objects.get(), yes=False)


def test_whoever_says_no_is_not_named(cast: Cast, client_of: ClientOf) -> None:
    agreement, _ = registered(client_of(cast.manager), cast)
    path = proposed_url(ContactProposal.objects.get()).removeprefix("http://127.0.0.1:8000")
    assert "Say whether it is so" in Client().post(path, {"answer": ""}).content.decode()
    Client().post(path, {"answer": "no"})
    assert ContactProposal.objects.get().answer == "not_named"
    assert not Person.objects.filter(name="Lena Lead").exists()
    assert addresses(agreement) == []


@pytest.mark.parametrize("token", ["x", "MQ:1abcde:wrong", "1"])
def test_a_wrong_link_is_gone(token: str) -> None:
    assert Client().get(f"/agreements/proposed/{token}/").status_code == 404


def test_an_administrator_alone_is_told(cast: Cast, client_of: ClientOf, mailbox: Mailbox) -> None:
    told = cast.other_administrator.email
    agreement, page = registered(client_of(cast.manager), cast)
    assert "We told the administrator of Eastmoor CCG." in page
    assert addresses(agreement) == [told]
    assert mailbox.to(told)
    assert not mailbox.to(LENA)


def test_an_account_that_ended_is_nobody(cast: Cast, client_of: ClientOf, mailbox: Mailbox) -> None:
    gone: User = user("Gus Gone", cast.ccg, "manager")
    end_at_once(Membership.objects.get(user=gone))
    _, page = registered(client_of(cast.manager), cast)
    assert "nobody there is told yet" in page
    assert not mailbox.to(gone.email)
    assert mailbox.to(LENA)


# --- One's own side -------------------------------------------------------------------------


def test_another_name_at_a_known_mailbox_of_ones_own_is_asked_about_while_registering(
    cast: Cast, client_of: ClientOf
) -> None:
    said = {"area_team-quality_lead-name": "Mo Other",
            "area_team-quality_lead-email": cast.manager.email}  # fmt: skip
    client = client_of(cast.colleague)
    with pytest.raises(Agreement.DoesNotExist):
        registered(client, cast, **said)
    _, page = registered(client, cast, **said, shares="on")
    assert "is registered and in force" in page
    held = KeyContact.objects.get(role="quality_lead").person
    assert held
    assert (held.name, held.email) == ("Mo Other", cast.manager.email)
    assert held != cast.manager.person


def test_and_while_setting_up(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.manager)
    at = begin(client, library_template(cast))
    choose_parties(client, at, cast)
    said = {"add": "1", "new-slot": "area_team", "new-name": "Mo Other",
            "new-email": cast.manager.email}  # fmt: skip
    page = client.post(f"{at}contacts/", said).content.decode()
    assert "Maud Manager of Northern Moors Area Team has this address already." in page
    assert 'name="new-shares"' in page
    client.post(f"{at}contacts/", said | {"new-shares": "on"})
    client.post(f"{at}contacts/", {"area_team-mou_manager-person": "new-0"})
    client.post(f"{at}check/")
    assert str(KeyContact.objects.get().person) == "Mo Other"
    # Of the other side nothing is looked up.
    _ = cast.other_manager
    theirs = said | {"new-slot": "ccg", "new-email": cast.other_manager.email}
    at = begin(client, library_template(cast))
    choose_parties(client, at, cast)
    assert client.post(f"{at}contacts/", theirs).status_code == 302


def test_a_third_party_does_not_see_whom_one_proposes_to_another(
    cast: Cast, client_of: ClientOf
) -> None:
    sides = {"area_team": cast.area_team, "ccg": cast.ccg, "third": cast.third_ccg}
    source = template(cast.area_team, sides=list(sides))
    agreement = make(acting(cast.manager), source, sides, {})
    proposal = ContactProposal.objects.create(
        party=agreement.parties.get(slot="ccg"), role="mou_manager", name="Lena Lead", email=LENA,
        proposed_by=cast.manager, proposed_for=cast.area_team, proposed_at=clock.now(),
    )  # fmt: skip
    for somebody, sees in (
        (cast.manager, True), (cast.other_manager, True),
        (cast.third_manager, False), (cast.stranger, False),
    ):  # fmt: skip
        found = ContactProposal.objects.visible_to(acting(somebody)).filter(pk=proposal.pk)
        assert found.exists() is sees, somebody
    assert press(client_of(cast.third_manager), proposal, "name") == 404
