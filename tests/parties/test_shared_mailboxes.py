"""An address is nobody: a mailbox belongs to many, and what is elsewhere stays there."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from agreements.contacts.services.naming import name_contact
from house.refusals import Refused
from parties.models import Membership, Organisation, Person, Post, Role, User
from parties.services.inviting import invite_person
from parties.services.joining import be_one_person
from parties.services.knowing import MailboxShared, meant_here, one_called
from parties.services.people import add_person
from tests.cast import PASSWORD, Cast, acting, person_of, user
from tests.conftest import ClientOf, Mailbox
from tests.parties.invited import NEW, accept, link
from tests.stages import drafted

pytestmark = pytest.mark.django_db
DOORS = "reception@beck.example"
ASKED = "has this address already"
TICK = "They are different people, who share this mailbox"


def add(client: Client, of: Organisation, name: str, email: str = DOORS, **more: object) -> str:
    data = {"name": name, "email": email, "title": "Receptionist", **more}
    path = f"/organisations/{of.pk}/people/add/"
    return client.post(path, data, follow=True).content.decode()


def here(of: Organisation) -> list[str]:
    return [person.name for person in Person.objects.of(of.pk).filter(email=DOORS)]


def test_two_names_at_one_mailbox_are_asked_about_and_are_two(
    client_of: ClientOf, cast: Cast
) -> None:
    client = client_of(cast.administrator)
    assert "Ann Archer was added." in add(client, cast.area_team, "Ann Archer")
    page = add(client, cast.area_team, "Bea Brown")
    assert ASKED in page
    assert TICK in page
    assert 'value="Bea Brown"' in page
    assert here(cast.area_team) == ["Ann Archer"]
    assert "Bea Brown was added." in add(client, cast.area_team, "Bea Brown", shares="on")
    assert here(cast.area_team) == ["Ann Archer", "Bea Brown"]


def test_the_same_name_is_the_same_person(client_of: ClientOf, cast: Cast) -> None:
    client = client_of(cast.administrator)
    add(client, cast.area_team, "Ann Archer")
    add(client, cast.area_team, "ANN  archer", title="Clerk")
    [ann] = Person.objects.of(cast.area_team.pk).filter(email=DOORS)
    assert ann.posts.count() == 2


@pytest.mark.parametrize("name", ["Olga Other", "O. Other", "Somebody Else"])
def test_an_address_of_another_organisation_tells_nothing_and_changes_nothing(
    name: str, client_of: ClientOf, cast: Cast
) -> None:
    theirs = person_of(cast.other_manager)
    page = add(client_of(cast.stranger), cast.far_ccg, name, theirs.email, roles=["viewer"])
    assert f"{name} was added." in page
    assert name == "Olga Other" or "Olga Other" not in page
    assert not Post.objects.filter(person=theirs).exists()
    assert set(cast.other_manager.memberships.values_list("organisation", flat=True)) == {
        cast.ccg.pk
    }
    assert theirs not in Person.objects.of(cast.far_ccg.pk)
    # Her own administrator can go on correcting her.
    path = f"/organisations/{cast.ccg.pk}/people/{theirs.pk}/edit/"
    data = {"name": "Olga Otherly", "email": theirs.email}
    client_of(cast.other_administrator).post(path, data)
    theirs.refresh_from_db()
    assert theirs.name == "Olga Otherly"


def test_a_post_that_a_stranger_gave_before_does_not_tie_her(
    client_of: ClientOf, cast: Cast
) -> None:
    """From a release in which one address was one person."""
    theirs = person_of(cast.other_manager)
    Post.objects.create(person=theirs, organisation=cast.far_ccg, title="Adviser")
    for who, of, name in (
        (cast.stranger, cast.far_ccg, "Taken Over"),
        (cast.other_administrator, cast.ccg, "Olga Otherly"),
    ):
        path = f"/organisations/{of.pk}/people/{theirs.pk}/edit/"
        client_of(who).post(path, {"name": name, "email": theirs.email})
    theirs.refresh_from_db()
    assert theirs.name == "Olga Otherly"


def test_correcting_an_address_asks_too_and_says_nothing_of_others(
    client_of: ClientOf, cast: Cast
) -> None:
    client = client_of(cast.administrator)
    add(client, cast.area_team, "Ann Archer")
    add(client, cast.area_team, "Bea Brown", "bea@beck.example")
    bea = Person.objects.get(name="Bea Brown")
    path = f"/organisations/{cast.area_team.pk}/people/{bea.pk}/edit/"
    assert TICK in client.post(path, {"name": bea.name, "email": DOORS}).content.decode()
    client.post(path, {"name": bea.name, "email": DOORS, "shares": "on"})
    assert here(cast.area_team) == ["Ann Archer", "Bea Brown"]
    theirs = cast.other_manager.email
    client.post(path, {"name": bea.name, "email": theirs})
    bea.refresh_from_db()
    assert bea.email == theirs


# --- Who logs in ----------------------------------------------------------------------------


def test_who_logs_in_needs_an_address_of_their_own(client_of: ClientOf, cast: Cast) -> None:
    client = client_of(cast.administrator)
    said: dict[str, Any] = {"roles": ["viewer"], "shares": "on"}
    add(client, cast.area_team, "Ann Archer", **said)
    page = add(client, cast.area_team, "Bea Brown", **said)
    assert "Ann Archer is invited with this address. Whoever logs in needs an address" in page
    assert here(cast.area_team) == ["Ann Archer"]
    page = add(client, cast.area_team, "Cy", cast.viewer.email, **said)
    assert "Vera Viewer logs in with this address." in page
    with pytest.raises(Refused, match="Choose at least one role"):
        invite_person(
            by=acting(cast.administrator), organisation=cast.area_team,
            person=Person.objects.get(name="Ann Archer"), roles=[],
        )  # fmt: skip


def test_whoever_accepts_says_who_they_are(client: Client, cast: Cast, mailbox: Mailbox) -> None:
    """Her account is elsewhere. Until she accepts, the two are two."""
    olga = cast.other_manager
    ours = add_person(
        by=acting(cast.administrator), organisation=cast.area_team, name="Olga A. Other",
        email=olga.email, title="Adviser",
    )  # fmt: skip
    party = drafted(cast).parties.get(slot="area_team")
    contact = name_contact(
        by=acting(cast.manager), party=party, role="mou_manager", person=ours, job_title="Adviser"
    )
    invite_person(
        by=acting(cast.administrator), organisation=cast.area_team, person=ours, roles=["viewer"]
    )
    path = link(mailbox, olga.email)
    page = client.get(path, follow=True).content.decode()
    assert "Somebody logs in with this address already." in page
    assert "Olga Other" not in page.replace("Olga A. Other", "")
    data = {"login": olga.email, "password": PASSWORD, "next": "/invitation/"}
    page = client.post("/account/login/", data, follow=True).content.decode()
    assert "You are logged in as Olga Other" in page
    assert contact.person == ours
    client.post("/invitation/")
    contact.refresh_from_db()
    assert contact.person == olga.person
    assert set(person_of(olga).posts.values_list("organisation", flat=True)) == {cast.area_team.pk}
    assert acting(olga, cast.area_team).roles == {"viewer"}


def test_somebody_new_at_the_mailbox_gets_an_account_of_their_own_name(
    client: Client, client_of: ClientOf, cast: Cast, mailbox: Mailbox
) -> None:
    add(client_of(cast.administrator), cast.area_team, "Ann Archer", roles=["viewer"])
    client.get(link(mailbox, DOORS))
    assert "Your account is ready" in accept(client, NEW, NEW)
    [member] = Membership.objects.filter(user__email=DOORS)
    assert member.user.get_full_name() == "Ann Archer"


def test_what_has_ended_stays_as_it_was(cast: Cast) -> None:
    was, now = Person.objects.create(name="B"), user("Bea Brown", cast.ccg, Role.VIEWER)
    ended = Post.objects.create(
        person=was, organisation=cast.area_team, title="A", ends_on=date(2014, 1, 1)
    )
    elsewhere = Post.objects.create(person=was, organisation=cast.ccg, title="B")
    here_now = Post.objects.create(person=was, organisation=cast.area_team, title="C")
    be_one_person(cast.area_team, was=was, user=now)
    for post, who in ((ended, was), (elsewhere, was), (here_now, now.person)):
        post.refresh_from_db()
        assert post.person == who


# --- The rule -------------------------------------------------------------------------------


def test_the_address_that_somebody_logs_in_with_counts_too(cast: Cast) -> None:
    cast.viewer.email = "vera@elsewhere.example"
    cast.viewer.save()
    with pytest.raises(MailboxShared, match="Vera Viewer of Northern Moors Area Team has"):
        meant_here(cast.area_team, "Otto", "Vera@Elsewhere.example")
    assert meant_here(cast.ccg, "Otto", "vera@elsewhere.example") is None


@settings(max_examples=30)
@given(st.text(min_size=1, max_size=30))
def test_a_name_is_itself_in_whatever_case(name: str) -> None:
    assert one_called([Person(name=name)], name)
    assert one_called([Person(name=name)], f"  {name} ")
    assert one_called([Person(name=name)], f"{name}x") is None


# --- The upgrade ----------------------------------------------------------------------------


def test_the_upgrade_takes_out_what_does_not_show_and_makes_no_two_accounts_one(
    cast: Cast,
) -> None:
    upgrade = import_module("parties.migrations.0004_fill_absences_and_tidy_addresses")
    locked_out = user("Ada Analyst", cast.area_team, Role.VIEWER, email="ada\u200b@moors.example")
    User.objects.filter(pk=locked_out.pk).update(email="ada\u200b@moors.example")
    twin = user("Vera Twin", cast.area_team, Role.VIEWER)
    User.objects.filter(pk=twin.pk).update(email=f"\u00ad{cast.viewer.email}")
    upgrade.tidy_addresses(apps, None)
    for each in (locked_out, twin):
        each.refresh_from_db()
    assert locked_out.email == person_of(locked_out).email == "ada@moors.example"
    assert twin.email == f"\u00ad{cast.viewer.email}"
