"""A side that many organisations take: nine federations and one CCG (record 0048)."""

from __future__ import annotations

import pytest
from django.test import Client

from agreements.core.parties import parties_of
from agreements.core.sides import names_in
from agreements.core.texts import hash_of
from agreements.models import Agreement, SetUp, Version
from agreements.signing.pages.agreement_document import AgreementDocument
from agreements.signing.signed_copy import as_html, file_of
from agreements.versions.services.versions import freeze
from deadlines.models import Deadline
from house import clock
from house.refusals import Refused
from parties.models import Organisation
from tests.cast import Cast, acting
from tests.conftest import ClientOf
from tests.federations import NAMES, drafted, federation, people_of, sides, signed, template
from tests.stages import approve, ask, draft_of, frozen, give, make

LISTED = f"{', '.join(f'{name} Federation' for name in NAMES[:-1])} and {NAMES[-1]} Federation"


def test_each_that_shares_the_side_is_a_party_with_a_number(cast: Cast) -> None:
    agreement = drafted(cast)
    assert [party.key for party in parties_of(agreement)] == [
        "ccg", *(f"federation-{n}" for n in range(1, 10)),
    ]  # fmt: skip
    assert {party.called for party in parties_of(agreement)} == {"the CCG", "each Federation"}


def test_a_text_names_them_all_once_and_the_side_once(cast: Cast) -> None:
    page = AgreementDocument(draft_of(drafted(cast)), at=clock.now())
    html = as_html(page)
    assert f"Between Eastmoor CCG and {LISTED}." in html
    said = [sentence for term in page.terms_in_words() for sentence in term.sentences]
    assert said.count("For each Federation its chair approves the text.") == 1
    assert "At the top: Director for the CCG and Chair for each Federation" in html


def test_all_ten_approve_and_sign_and_each_stands_in_the_copy(cast: Cast) -> None:
    version = signed(cast)
    assert version.state == Version.State.SIGNED
    document = AgreementDocument(version, at=clock.now())
    file = file_of(document)
    keys = [party.key for party in parties_of(version.agreement)]
    assert [each.key for each in file.parties] == keys
    assert {each.party for each in file.signatures} == set(keys)
    assert {each.party: each.decider for each in file.approvals} == {
        key: "Chair" if key != "ccg" else "Governing Body" for key in keys
    }
    assert [each.name for each in file.content.parties] == list(names_in(version).values())
    assert as_html(document).count("Federation</th>") >= 1


def test_it_is_not_signed_until_the_last_of_them_signed(cast: Cast) -> None:
    agreement = drafted(cast)
    version = frozen(cast, agreement, by=cast.other_manager)
    pairs = [(cast.other_manager, cast.other_signatory), *people_of(agreement).values()]
    for manager, _ in pairs:
        approve(manager, version)
    requests = [(who, ask(manager, version, who)) for manager, who in pairs]
    for who, request in requests[:-1]:
        give(who, request)
    assert Version.objects.get(pk=version.pk).state == Version.State.OUT_FOR_SIGNATURE
    give(*requests[-1])
    assert Version.objects.get(pk=version.pk).state == Version.State.SIGNED


def test_a_decision_of_one_is_not_that_of_another(cast: Cast) -> None:
    agreement = drafted(cast)
    version = frozen(cast, agreement, by=cast.other_manager)
    people = people_of(agreement)
    approve(cast.other_manager, version)
    approve(people["federation-2"][0], version, "rejected")
    approve(people["federation-3"][0], version)
    awaited = Deadline.objects.still_open().filter(kind="approval_awaited")
    keys = {f"federation-{n}" for n in range(1, 10)} - {"federation-2", "federation-3"}
    assert not awaited.exists() or {each.occurrence for each in awaited} == keys
    with pytest.raises(Refused, match="rejected"):
        ask(people["federation-2"][0], version, people["federation-2"][1])
    ask(people["federation-3"][0], version, people["federation-3"][1])


def test_the_hash_of_single_sides_is_as_it_was(cast: Cast) -> None:
    version = draft_of(drafted(cast))
    frozen_one = freeze(by=acting(cast.other_manager), version=version, summary="First.")
    assert frozen_one.sha256 == hash_of(frozen_one)
    assert [each.get("number") for each in frozen_one.party_names] == [None, *range(1, 10)]


@pytest.mark.parametrize("lacking", ["ccg", "federation"])
def test_each_side_needs_somebody(cast: Cast, lacking: str) -> None:
    chosen = {key: each for key, each in sides(cast, 2).items() if not key.startswith(lacking)}
    with pytest.raises(Refused, match="an organisation for each side"):
        make(acting(cast.other_manager), template(cast.ccg), chosen, {})


def test_nobody_takes_the_side_twice(cast: Cast) -> None:
    one = federation("Ash")
    chosen = {"ccg": cast.ccg, "federation-1": one, "federation-2": one}
    with pytest.raises(Refused, match="different organisation"):
        make(acting(cast.other_manager), template(cast.ccg), chosen, {})


# --- Setting up in the browser


@pytest.fixture
def set_up(cast: Cast, client_of: ClientOf) -> tuple[Client, SetUp]:
    version = template(cast.ccg)
    client = client_of(cast.other_manager)
    client.post("/agreements/new/", {"template": version.pk})
    return client, SetUp.objects.get()


def federations(*names: str) -> list[str]:
    return [str(federation(name).pk) for name in names]


def test_many_are_ticked_and_their_numbers_stay(cast: Cast, set_up: tuple[Client, SetUp]) -> None:
    client, begun = set_up
    ash, birch, cedar = federations("Ash", "Birch", "Cedar")
    url, ccg = f"/agreements/new/{begun.key}/parties/", str(cast.ccg.pk)
    client.post(url, {"title": "T", "ccg": ccg, "federation": [ash, birch]})
    client.post(url, {"title": "T", "ccg": ccg, "federation": [cedar, birch]})
    begun.refresh_from_db()
    assert begun.answers["parties"] == {
        "ccg": int(ccg), "federation-3": int(cedar), "federation-2": int(birch),
    }  # fmt: skip
    page = client.get(url).content.decode()
    assert page.count("checked") == 2


def test_the_agreement_is_made_with_them(cast: Cast, set_up: tuple[Client, SetUp]) -> None:
    client, begun = set_up
    chosen = {"title": "T", "ccg": str(cast.ccg.pk), "federation": federations("Ash", "Birch")}
    base = f"/agreements/new/{begun.key}"
    client.post(f"{base}/parties/", chosen)
    contacts = client.get(f"{base}/contacts/").content.decode()
    assert "Federation lead" not in contacts
    assert "Ash Federation and Birch Federation" in client.get(f"{base}/check/").content.decode()
    client.post(f"{base}/check/")
    agreement = Agreement.objects.get()
    assert [party.name for party in parties_of(agreement)] == [
        "Eastmoor CCG", "Ash Federation", "Birch Federation",
    ]  # fmt: skip
    text = client.get(f"/agreements/{agreement.reference}/text/").content.decode()
    assert "Between Eastmoor CCG and Ash Federation and Birch Federation." in text


def test_of_hundreds_the_names_are_typed_one_on_each_line(
    cast: Cast, set_up: tuple[Client, SetUp]
) -> None:
    client, begun = set_up
    for n in range(61):
        federation(f"Copse {n:02}x")
    url = f"/agreements/new/{begun.key}/parties/"
    said = {"title": "T", "ccg": str(cast.ccg.pk)}
    page = client.post(url, said | {"federation": "Copse 07x\nNowhere\nCopse"}).content.decode()
    assert "Nothing here is called “Nowhere”" in page
    assert "Copse 07x\nNowhere\nCopse" in page
    page = client.post(url, said | {"federation": "Copse 07x\nCopse"}).content.decode()
    assert "“Copse” can mean more than one" in page
    client.post(url, said | {"federation": "copse 07x federation\nCopse 12x\n\nCopse 07x"})
    begun.refresh_from_db()
    named = Organisation.objects.in_bulk(begun.answers["parties"].values())
    assert sorted(each.name for each in named.values()) == [
        "Copse 07x Federation", "Copse 12x Federation", "Eastmoor CCG",
    ]  # fmt: skip


# --- Pages


@pytest.mark.parametrize("page", ["", "text/", "people/", "versions/1/", "history/"])
def test_pages_show_each_of_them(cast: Cast, client_of: ClientOf, page: str) -> None:
    agreement = drafted(cast)
    frozen(cast, agreement, by=cast.other_manager)
    shown = client_of(cast.other_manager).get(f"/agreements/{agreement.reference}/{page}")
    assert shown.status_code in {200, 302}


def test_each_names_its_own_contacts(cast: Cast, client_of: ClientOf) -> None:
    agreement = drafted(cast)
    manager, _ = people_of(agreement)["federation-4"]
    base = f"/agreements/{agreement.reference}/contacts"
    client = client_of(manager)
    assert client.get(f"{base}/federation-4/lead/").status_code == 200
    assert client.get(f"{base}/federation-5/lead/").status_code == 403
    assert client.get(f"{base}/federation/lead/").status_code == 404
    assert client_of(cast.stranger).get(f"{base}/federation-4/lead/").status_code == 404
