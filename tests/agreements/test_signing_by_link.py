"""A practice manager without an account reads an MoU by a link, and signs it by a code."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client

from agreements.models import KeyContact, Signature, SignatureRequest, Version
from agreements.signing.pages.agreement_document import AgreementDocument
from agreements.signing.services.asking_by_link import ask_by_link, ask_by_link_instead
from agreements.signing.signed_copy import as_html, file_of
from agreements.versions.services.approving import record_approval
from audit.models import Entry
from house import clock
from house.refusals import NotYours
from parties.models import CheckedAddress, Person, Post
from parties.services.addresses import Typed, enter_addresses, look_through
from tests.cast import Cast, acting
from tests.cast import give as give_role
from tests.conftest import ClientOf, Mailbox
from tests.once import made_once
from tests.stages import approved, ask, give
from tests.typed import fields_of
from tests.without_account import (
    ADDRESS,
    NAME,
    ask_for_code,
    asked_by_link,
    checked,
    code_in,
    filled_in,
    link_in,
    party_of,
    signs,
)

pytestmark = pytest.mark.django_db
made, cast = made_once(asked_by_link)


@pytest.fixture
def asked(cast: Cast) -> SignatureRequest:
    """Of Petra, who manages Beckside Surgery and has no account."""
    return SignatureRequest.objects.get()


@pytest.fixture
def version(asked: SignatureRequest) -> Version:
    return asked.version


@pytest.fixture(autouse=True)
def _no_code_was_sent_yet() -> None:
    cache.clear()


@pytest.mark.duty("X17")
def test_she_reads_the_text_and_signs_by_a_code(
    version: Version, client: Client, mailbox: Mailbox
) -> None:
    mail = mailbox.to(ADDRESS)[0]
    assert "Read and sign version 0.1" in mail.subject
    assert f"For {NAME}" in str(mail.body)
    page = client.get(link_in(mailbox)).content.decode()
    assert "The parties work together in the moors." in page
    assert version.short_hash in page
    assert "We send it to s…@beckside.example, and nowhere else." in page
    assert "We sent a code to s…@beckside.example." in ask_for_code(client, link_in(mailbox))
    done = client.post(
        link_in(mailbox), filled_in(version, code_in(mailbox)), follow=True
    ).content.decode()
    assert "You have signed. Thank you." in done
    signature = Signature.objects.get()
    assert (signature.method, signature.user, signature.sent_to) == ("link", None, ADDRESS)
    assert (signature.typed_name, signature.signer, signature.sha256) == (
        NAME,
        NAME,
        version.sha256,
    )
    # Whom the sender named belongs there by her own word.
    assert Post.objects.get(person__name=NAME).title == "Practice manager"


@pytest.mark.duty("X17")
@pytest.mark.duty("E03")
def test_the_last_signature_puts_it_in_force_and_says_how_it_was_given(
    cast: Cast, version: Version, client: Client, client_of: ClientOf, mailbox: Mailbox
) -> None:
    give(cast.signatory, ask(cast.manager, version, cast.signatory))
    signs(client, mailbox, version)
    signed = Version.objects.get(pk=version.pk)
    assert signed.agreement.state == "in_force"
    document = AgreementDocument(signed, at=clock.now())
    assert f"By a link and a code sent to {ADDRESS}, without an account." in as_html(document)
    [said] = [each for each in file_of(document).signatures if each.party == "practice"]
    assert (said.method, said.email, said.name) == ("link", ADDRESS, NAME)
    page = client_of(cast.manager).get(f"/agreements/{signed.agreement.reference}/history/")
    words = page.content.decode()
    assert "by a link and a code sent to s…@beckside.example" in words
    assert ADDRESS not in words
    assert "authenticated" not in words + as_html(document)
    entry = Entry.objects.get(verb="signed", payload__who=NAME)
    assert (entry.payload["method"], entry.payload["sent_to"]) == ("link", "s…@beckside.example")
    # She gets to the final signed copy by her link.
    assert link_in(mailbox) in str(mailbox.to(ADDRESS)[-1].body)
    assert "signed this at" in client.get(link_in(mailbox)).content.decode()


def test_a_text_that_she_was_not_shown_is_refused(
    version: Version, client: Client, mailbox: Mailbox
) -> None:
    assert "This is not the text that you were shown." in signs(
        client, mailbox, version, sha256="0" * 64
    )
    assert not Signature.objects.exists()


def test_another_name_than_hers_is_refused_and_the_code_holds(
    version: Version, client: Client, mailbox: Mailbox
) -> None:
    page = signs(client, mailbox, version, typed_name="Mickey Mouse")
    assert f"We sent this to {NAME}. Type your own name." in page
    done = client.post(link_in(mailbox), filled_in(version, code_in(mailbox)), follow=True)
    assert "You have signed" in done.content.decode()


def test_who_has_left_meanwhile_cannot_sign(
    cast: Cast, asked: SignatureRequest, client: Client, mailbox: Mailbox
) -> None:
    yesterday = clock.today() - timedelta(days=1)
    Post.objects.create(
        person=asked.person, organisation=cast.practice, title="Manager",
        starts_on=yesterday - timedelta(days=9), ends_on=yesterday,
    )  # fmt: skip
    page = client.get(link_in(mailbox)).content.decode()
    assert f"{NAME} no longer works at Beckside Surgery" in page
    assert "Send me a code" not in page


def test_a_log_in_in_that_browser_changes_nothing(
    cast: Cast, version: Version, client_of: ClientOf, mailbox: Mailbox
) -> None:
    """Opened where somebody else is logged in: the signature is hers, for her practice."""
    signs(client_of(cast.stranger), mailbox, version)
    signature = Signature.objects.get()
    assert (signature.user, signature.signer) == (None, NAME)
    entry = Entry.objects.get(verb="signed")
    assert entry.organisation_id == cast.practice.pk
    assert entry.actor != cast.stranger


def test_a_party_with_people_here_asks_for_itself(cast: Cast, asked: SignatureRequest) -> None:
    give_role(cast.nobody, cast.practice, "administrator")
    with pytest.raises(NotYours, match="Beckside Surgery has people here"):
        ask_by_link_instead(by=acting(cast.manager), request=asked, address=checked(cast))


def test_the_database_wants_exactly_one_of_account_paper_and_link(
    cast: Cast, version: Version, client: Client, mailbox: Mailbox
) -> None:
    signs(client, mailbox, version)
    for changes in ({"user": cast.manager}, {"link": None}, {"method": "electronic"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Signature.objects.update(**changes)


@pytest.mark.duty("X17")
@pytest.mark.duty("E02")
def test_she_names_her_lead_where_nobody_is_named(
    cast: Cast, asked: SignatureRequest, client: Client, client_of: ClientOf, mailbox: Mailbox
) -> None:
    path = link_in(mailbox)
    assert "Beckside Surgery, Practice lead: nobody yet" in client.get(path).content.decode()
    # Often it is who signs.
    filled = fields_of(client.get(f"{path}contacts/").content.decode())
    assert (filled["name"], filled["email"], filled["job_title"]) == (
        NAME, ADDRESS, "Practice manager",
    )  # fmt: skip
    typed = {"role": "lead", "name": "Lena Lead", "email": ADDRESS, "job_title": "Nurse"}
    page = client.post(f"{path}contacts/", typed, follow=True).content.decode()
    assert "Beckside Surgery, Practice lead: Lena Lead" in page
    assert KeyContact.objects.get(role="lead").person != asked.person
    history = client_of(cast.manager).get(
        f"/agreements/{asked.version.agreement.reference}/history/"
    )
    said = f"{NAME} named Lena Lead as practice lead for Beckside Surgery, by the link sent to s…@"
    assert said in history.content.decode()
    assert client.get(f"{path}contacts/").status_code == 302


@pytest.mark.parametrize(
    ("answer", "state", "subject"),
    [
        ("question", "asked", "Question from Beckside Surgery"),
        ("not_ready", "not_ready", "Not ready to sign version 0.1"),
        ("decline", "declined", "Declined for Beckside Surgery"),
    ],
)
def test_she_asks_a_question_or_says_why_she_does_not_sign(
    cast: Cast, asked: SignatureRequest, client: Client, mailbox: Mailbox,
    answer: str, state: str, subject: str,
) -> None:  # fmt: skip
    typed = {"answer": answer, "because": "What does clause 1.1 cost us?"}
    page = client.post(f"{link_in(mailbox)}answer/", typed, follow=True).content.decode()
    assert "What you wrote is on record." in page
    assert SignatureRequest.objects.get(pk=asked.pk).state == state
    assert subject in mailbox.to(cast.manager.email)[-1].subject
    # She may sign all the same.
    assert "Send me a code" in page


def test_her_party_rejected_it_so_she_cannot_sign(
    cast: Cast, client: Client, mailbox: Mailbox
) -> None:
    """Of a party with people here: its own manager asks somebody without an account."""
    version = approved(cast)
    give_role(cast.other_colleague, cast.ccg, "viewer")
    address = _of_ccg(cast)
    party = party_of(version, "ccg")
    slot = version.typed_terms.signatories_of("ccg")[0].key
    theirs = ask_by_link(
        by=acting(cast.other_manager), version=version, party=party, slot=slot, address=address
    )
    assert Person.objects.of(cast.ccg.pk).filter(pk=theirs.person_id).exists()
    path = link_in(mailbox, address.email)
    ask_for_code(client, path)
    code = code_in(mailbox, address.email)
    record_approval(
        by=acting(cast.other_manager), version=version, decision="rejected",
        decided_on=clock.today(), minute_reference="GB 8",
    )  # fmt: skip
    sent = filled_in(version, code, typed_name="Gwen Governor")
    page = client.post(path, sent).content.decode()
    assert "You cannot sign now" in page
    assert not Signature.objects.exists()


def _of_ccg(cast: Cast) -> CheckedAddress:
    typed = Typed(cast.ccg, "Gwen Governor", "gwen@eastmoor.example", "Chair")
    address = enter_addresses(by=acting(cast.other_manager), typed=[typed])[0]
    look_through(by=acting(cast.other_colleague), shown=[address.pk])
    return CheckedAddress.objects.get(pk=address.pk)
