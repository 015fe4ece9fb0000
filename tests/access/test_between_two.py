"""What two of three parties have between them is met by nobody of the third, wherever they look."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from agreements.models import Agreement
from escalations.models import Disagreement
from house import clock
from mail.kinds import compose
from mail.models import Delivery
from parties.models import User
from tests.access.test_costs import paths_of
from tests.access.test_table import pages
from tests.access.world import BETWEEN_TWO, World

pytestmark = pytest.mark.django_db
SEARCHES = (f"/escalations/?state=all&text={BETWEEN_TWO}", f"/agreements/?text={BETWEEN_TWO}")
OF_ADMIN = ("disagreement", "step", "concernedparty")


def disagreement(world: World) -> Disagreement:
    at = world.places["between_two"]
    return Disagreement.objects.get(agreement__reference=at["reference"], number=at["number"])


def paths(agreement: Agreement, number: int) -> Iterator[str]:
    """Every page that needs no name, every page of the agreement and of the disagreement."""
    yield from (path for _, path in paths_of(agreement))
    at = {"reference": agreement.reference, "number": number}
    for name, _ in pages(get_resolver()):
        for kwargs in ({}, at, at | {"level": "level_1"}):
            try:
                yield reverse(name, kwargs=kwargs)
            except NoReverseMatch:
                continue


def answers(world: World, user: User) -> Iterator[tuple[str, int, str]]:
    """Path, code and all that was answered; what a page wrote is taken back."""
    its = disagreement(world)
    client = Client(raise_request_exception=False)
    client.force_login(user)
    admin = (f"/admin/escalations/{model}/" for model in OF_ADMIN)
    for path in (*dict.fromkeys(paths(its.agreement, its.number)), *SEARCHES, *admin):
        with transaction.atomic(), clock.at(world.made_at):
            answer = client.get(path)
            body = b"".join(answer) if answer.streaming else answer.content
            transaction.set_rollback(True)
        yield path, answer.status_code, f"{body.decode(errors='replace')}{answer.headers!r}"


def test_the_third_party_meets_nothing_of_it(world: World) -> None:
    """Its title, its notes, its proposals, what was asked: on no page of any kind."""
    opened, met = [], []
    for path, code, answered in answers(world, world.cast.third_manager):
        # What somebody searches for stands in the box in which they typed it.
        seen = answered.count(BETWEEN_TWO) - path.count(BETWEEN_TWO)
        met += [path] if seen > 0 and path not in SEARCHES else []
        opened += [path] if code == 200 else []
    assert met == []
    its = disagreement(world)
    assert f"/agreements/{its.agreement.reference}/disagreements/" in opened
    of_it = f"/escalations/{its.agreement.reference}/{its.number}/"
    assert not [path for path in opened if path.startswith((of_it, "/admin/"))]


def test_a_search_of_the_third_party_finds_nothing(world: World) -> None:
    client = Client()
    client.force_login(world.cast.third_manager)
    for path in SEARCHES:
        page = client.get(path).content.decode()
        assert "Two of us" not in page
        assert f"/escalations/{disagreement(world).agreement.reference}" not in page


def test_the_two_meet_it(world: World) -> None:
    """Else the test above would look for what nobody finds."""
    for user in (world.cast.viewer, world.cast.other_viewer):
        its = disagreement(world)
        client = Client()
        client.force_login(user)
        page = f"/escalations/{its.agreement.reference}/{its.number}/"
        assert client.get(page).content.decode().count(BETWEEN_TWO) >= 5
        assert BETWEEN_TWO in client.get(f"/agreements/{its.agreement.reference}/disagreements/"
                                         ).content.decode()  # fmt: skip


def test_no_e_mail_of_it_goes_to_the_third_party_or_holds_its_words(world: World) -> None:
    third = world.cast.third_ccg
    of_it = Delivery.objects.filter(kind="disagreement_step")
    assert of_it.exists()
    assert not of_it.filter(organisation_id=third.pk).exists()
    for delivery in Delivery.objects.filter(organisation_id=third.pk):
        message = compose(delivery.kind, delivery.context)
        assert BETWEEN_TWO not in repr(message)
