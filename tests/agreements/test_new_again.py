"""A new agreement offers whoever drafts it: me, my organisation, the contacts of our last MoU."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from agreements.contacts.services.naming import name_contact
from agreements.core.parties import parties_of, side_of
from agreements.drafting.services import making
from agreements.models import Agreement, KeyContact, SetUp, TemplateVersion
from agreements.terms import ContactRole, as_stored
from house import clock
from parties.models import Membership, Post, User
from tests.agreements.signers import Signers
from tests.cast import Cast, acting, person_of
from tests.conftest import ClientOf
from tests.costs import queries_at
from tests.setting_up import begin, choose_parties, library_template
from tests.stages import in_force, template
from tests.typed import fields_of

pytestmark = pytest.mark.django_db
# Of the page of key contacts, however many parties.
QUERIES = 14


@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    return library_template(cast)


@pytest.fixture
def last(cast: Cast) -> Agreement:
    """In force between the Area Team and Eastmoor CCG, each with its MoU manager as contact."""
    agreement = in_force(cast).agreement
    for who, deputy in ((cast.manager, cast.colleague), (cast.other_manager, None)):
        by = acting(who)
        name_contact(
            by=by, party=side_of(agreement, by), role="mou_manager", person=person_of(who),
            deputy=person_of(deputy) if deputy else None,
        )  # fmt: skip
    return agreement


def page_of(client: Client, version: TemplateVersion, cast: Cast) -> tuple[str, str]:
    at = begin(client, version)
    choose_parties(client, at, cast)
    return at, client.get(f"{at}contacts/").content.decode()


def said() -> dict[str, object]:
    answers: dict[str, object] = SetUp.objects.latest("pk").answers.get("contacts", {})
    return answers


@pytest.mark.usefixtures("last")
def test_the_contacts_of_the_last_mou_are_offered_and_taken_by_a_tick_alone(
    cast: Cast, client_of: ClientOf, version: TemplateVersion, last: Agreement
) -> None:
    client = client_of(cast.manager)
    at, page = page_of(client, version, cast)
    assert f"{last.title}, {last.reference}" in page
    assert "You: MoU manager of Northern Moors Area Team, with Colin Colleague" in page
    assert "Olga Other" in page
    assert "last-taken" not in fields_of(page)
    me, other = person_of(cast.manager).pk, person_of(cast.other_manager).pk
    ticks = [f"area_team/mou_manager/{me}", f"ccg/mou_manager/{other}"]
    answer = client.post(f"{at}contacts/", {"last-taken": ticks, "take": "1"})
    assert answer["location"] == f"{at}contacts/"
    assert said() == {
        "area_team": {"mou_manager": {"person": me, "deputy": person_of(cast.colleague).pk}},
        "ccg": {"mou_manager": {"person": other, "deputy": None}},
    }
    page = client.get(f"{at}contacts/").content.decode()
    assert f'<option value="{me}" selected>' in page
    assert "Key contacts of your last MoU" not in page


@pytest.mark.usefixtures("last")
def test_those_of_the_other_party_are_proposed_to_it(
    cast: Cast, client_of: ClientOf, version: TemplateVersion
) -> None:
    client = client_of(cast.manager)
    at, _ = page_of(client, version, cast)
    other = person_of(cast.other_manager)
    client.post(f"{at}contacts/", {"last-taken": f"ccg/mou_manager/{other.pk}"})
    client.post(f"{at}check/")
    party = Agreement.objects.latest("pk").parties.get(slot="ccg")
    assert not party.contacts.exists()
    assert party.proposals.get().person == other


@pytest.mark.usefixtures("last")
def test_what_was_chosen_in_the_list_stays(
    cast: Cast, client_of: ClientOf, version: TemplateVersion
) -> None:
    client = client_of(cast.manager)
    at, _ = page_of(client, version, cast)
    me, colleague = person_of(cast.manager).pk, person_of(cast.colleague).pk
    client.post(
        f"{at}contacts/",
        {"last-taken": f"area_team/mou_manager/{me}", "area_team-mou_manager-person": colleague},
    )
    assert said()["area_team"] == {"mou_manager": {"person": colleague, "deputy": None}}


@pytest.mark.usefixtures("last")
def test_who_has_left_is_not_offered(
    cast: Cast, client_of: ClientOf, version: TemplateVersion
) -> None:
    leave(cast.other_manager)
    client = client_of(cast.manager)
    at, page = page_of(client, version, cast)
    assert "Olga Other: MoU manager" not in page
    tick = f"ccg/mou_manager/{person_of(cast.other_manager).pk}"
    answer = client.post(f"{at}contacts/", {"last-taken": tick})
    assert "Somebody whom you ticked is not there any more." in answer.content.decode()
    assert said() == {}


def leave(somebody: User) -> None:
    yesterday = clock.today() - timedelta(days=1)
    for held in (*Membership.objects.filter(user=somebody),
                 *Post.objects.filter(person=person_of(somebody))):  # fmt: skip
        held.ends_on = yesterday
        held.save()


def test_without_a_last_mou_the_mou_manager_is_offered_as_such(
    cast: Cast, client_of: ClientOf, version: TemplateVersion
) -> None:
    _, page = page_of(client_of(cast.manager), version, cast)
    assert "You are one already" in page
    assert "You: MoU manager of Northern Moors Area Team" in page
    _, page = page_of(client_of(cast.colleague), version, cast)
    assert "You are one already" not in page


def test_a_role_that_i_hold_elsewhere_is_offered(
    cast: Cast, client_of: ClientOf, version: TemplateVersion, last: Agreement
) -> None:
    by = acting(cast.manager)
    name_contact(by=by, party=side_of(last, by), role="mou_manager",
                 person=person_of(cast.colleague))  # fmt: skip
    client = client_of(cast.colleague)
    at = begin(client, version)
    choose_parties(client, at, cast, ccg=cast.third_ccg.pk)
    assert "You: MoU manager of Northern Moors" in client.get(f"{at}contacts/").content.decode()


def test_an_mou_with_somebody_else_offers_nobody(
    cast: Cast, client_of: ClientOf, version: TemplateVersion, last: Agreement
) -> None:
    client = client_of(cast.manager)
    at = begin(client, version)
    choose_parties(client, at, cast, ccg=cast.third_ccg.pk)
    page = client.get(f"{at}contacts/").content.decode()
    assert last.reference not in page
    assert "Olga Other" not in page


def test_my_organisation_takes_the_first_side_that_takes_any(
    cast: Cast, client_of: ClientOf
) -> None:
    version = template(cast.area_team)
    client = client_of(cast.manager)
    at = begin(client, version)
    first = version.typed_slots[0].key
    page = client.get(f"{at}parties/").content.decode()
    assert fields_of(page)[first] == str(cast.area_team.pk)


def last_between_all(signers: Signers) -> Agreement:
    """In force, each party with a key contact."""
    terms = signers.source.typed_terms.model_copy(
        update={"contact_roles": (
            ContactRole(key="mou_manager", label="MoU manager", slots=tuple(signers.people)),
        )}
    )  # fmt: skip
    signers.source.terms = as_stored(terms)
    signers.source.save()
    version = signers.frozen()
    agreement = version.agreement
    agreement.in_force_version, agreement.start_on = version, clock.today()
    agreement.save()
    for party in agreement.parties.all():
        KeyContact.objects.create(
            party=party, role="mou_manager", person=person_of(signers.people[party.slot]),
            starts_on=clock.today(),
        )  # fmt: skip
    return agreement


@pytest.mark.parametrize("number", [2, 10, 48])
def test_the_page_asks_as_much_for_two_parties_as_for_many(
    number: int, client_of: ClientOf
) -> None:
    signers = Signers(number)
    agreement = last_between_all(signers)
    first = next(iter(signers.people.values()))
    set_up = making.begin(by=acting(first), template_version=signers.source)
    parties = {p.slot: p.organisation.pk for p in parties_of(agreement)}
    making.choose_parties(set_up=set_up, title="Again", parties=parties)
    client, path = client_of(first), f"/agreements/new/{set_up.key}/contacts/"
    assert client.get(path).content.decode().count('name="last-taken"') == number
    assert queries_at(client, path) == QUERIES
