"""Without an account: only the key contacts of the named parties raise and answer by a link.

Lena Lead is the Ash Federation's lead for this MoU, by e-mail alone.
"""

from __future__ import annotations

import pytest
from django.test import Client

from agreements.contacts.services.naming import name_contact
from agreements.core.by_link import RAISES
from agreements.models import Agreement, Party
from escalations.by_link import ANSWERS
from escalations.models import Disagreement
from mail.links.purposes import Purpose
from mail.links.sending import link_to, url_of
from parties.models import Person
from tests.agreements.contacted import lena
from tests.cast import Cast, acting, person
from tests.conftest import Mailbox
from tests.once import made_once
from tests.two_of_ten import SUBJECT, of_ten, parties, somebody, with_ash
from tests.without_account import link_in

pytestmark = pytest.mark.django_db
LENA = "lena@ccg.example"


def _with_lena(cast: Cast) -> Agreement:
    agreement = of_ten(cast)
    _name(agreement, "federation-1", "Mo Ash", lena())
    return agreement


def _name(agreement: Agreement, key: str, manager: str, who: Person) -> Party:
    (party,) = parties(agreement, key)
    name_contact(by=acting(somebody(manager)), party=party, role="mou_manager", person=who)
    return party


made, cast = made_once(_with_lena)


def _path(purpose: Purpose, about: object, party: Party, who: Person) -> str:
    """A link as the portal makes it, whatever it is about."""
    subject = f"{about}:{party.pk}:{who.pk}"
    link = link_to(purpose, subject, who.email, organisation_id=party.organisation.pk)
    return url_of(link).partition("8000")[2]


def test_the_contact_of_a_named_party_answers(cast: Cast, client: Client, mailbox: Mailbox) -> None:
    disagreement = with_ash(cast)
    path = link_in(mailbox, LENA)
    assert SUBJECT in client.get(path).content.decode()
    done = client.post(path, {"text": "We pay half."}, follow=True).content.decode()
    assert "We told the MoU manager of Eastmoor CCG." in done
    assert "Birch" not in done
    assert disagreement.steps.filter(kind="wanted").count() == 2


def test_the_contact_of_another_party_has_no_way_to_it(
    cast: Cast, client: Client, mailbox: Mailbox
) -> None:
    agreement = of_ten(cast)
    bela = person("Bela Birch", "bela@birch.example")
    birch = _name(agreement, "federation-2", "Mo Birch", bela)
    disagreement = with_ash(cast, agreement)
    told = [str(mail.subject) for mail in mailbox.to(bela.email)]
    assert not [subject for subject in told if "isagreement" in subject]
    path = _path(ANSWERS, disagreement.pk, birch, bela)
    for answer in (client.get(path), client.post(path, {"text": "Ours."})):
        assert answer.status_code == 404
        assert SUBJECT not in answer.content.decode()
    assert disagreement.steps.filter(kind="wanted").count() == 1


def test_who_raises_an_issue_says_with_whom(cast: Cast, client: Client) -> None:
    agreement = of_ten(cast)
    (ash,) = parties(agreement, "federation-1")
    path = _path(RAISES, "", ash, Person.objects.get(email=LENA))
    page = client.get(path).content.decode()
    assert "Who else it is between" in page
    assert "They do not see what it is about" in page
    typed = {"subject": "Late papers", "wanted": "A week before."}
    assert "Choose a party" in client.post(path, typed).content.decode()
    client.post(path, typed | {"between": ["ccg"]})
    assert Disagreement.objects.get().between == ["ccg", "federation-1"]
