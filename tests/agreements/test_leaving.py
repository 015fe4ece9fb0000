"""Somebody leaves: what they hold in agreements is handed over, or falls vacant at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from agreements.contacts.services.naming import name_contact
from agreements.models import Access, Agreement, KeyContact
from deadlines.models import Deadline
from nhsuk.forms import date_boxes
from parties.models import User
from tests.agreements.contacted import SIGNED, with_contacts
from tests.agreements.reviewed import on
from tests.cast import Cast, acting, person_of
from tests.conftest import Mailbox
from tests.reading import all_words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_but_agreements")]
ClientOf = Callable[[User], Client]
TODAY = SIGNED + timedelta(days=30)


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    """The manager is its MoU manager, quality lead and so on; the viewer is a lead clinician."""
    return with_contacts(
        cast,
        area_team_quality_lead=person_of(cast.viewer),
        area_team_primary_liaison=person_of(cast.viewer),
    )


def leaves(client_of: ClientOf, cast: Cast, who: User, last_day: date, **more: object) -> str:
    pk = person_of(who).pk
    said = date_boxes("last_day", last_day) | more
    client = client_of(cast.administrator)
    at = f"/organisations/{cast.area_team.pk}/people/{pk}/leaves/"
    assert "Who takes over?" in client.get(at).content.decode()
    return client.post(at, said, follow=True).content.decode()


def of_role(role: str) -> list[str]:
    held = KeyContact.objects.filter(party__slot="area_team", role=role).lasting()
    return [str(contact.person) for contact in held]


def test_without_a_successor_roles_fall_vacant_at_once_and_the_other_side_is_told_once(
    cast: Cast, client_of: ClientOf, agreement: Agreement, mailbox: Mailbox
) -> None:
    with on(TODAY):
        page = leaves(client_of, cast, cast.viewer, TODAY + timedelta(days=14))
        assert "Vera Viewer leaves." in page
        shown = all_words(client_of(cast.other_viewer), agreement)
        news = [m.subject for m in mailbox.to(cast.other_manager.email)]
    assert "Northern Moors Area Team has no quality lead from 20 March 2026." in shown
    assert "Vera Viewer Until 19 March 2026" in shown
    assert "Vera Viewer leaves Northern Moors Area Team on 19 March 2026: nobody follows" in shown
    assert sum("Key contacts changed" in subject for subject in news) == 1
    chased = Deadline.objects.filter(kind="role_vacant").still_open()
    assert set(chased.values_list("occurrence", flat=True)) == {"quality_lead", "primary_liaison"}
    assert {access.vacant_roles for access in Access.objects.all()} == {2}


def test_a_successor_takes_over_from_today(
    cast: Cast, client_of: ClientOf, agreement: Agreement, mailbox: Mailbox
) -> None:
    follows = person_of(cast.colleague)
    with on(TODAY):
        leaves(client_of, cast, cast.viewer, TODAY, successor=follows.pk)
        news = [m.subject for m in mailbox.to(cast.other_manager.email)]
        shown = all_words(client_of(cast.other_viewer), agreement)
    assert of_role("quality_lead") == of_role("primary_liaison") == ["Colin Colleague"]
    assert sum("Key contacts changed" in subject for subject in news) == 1
    assert "Adam Administrator named Colin Colleague as quality lead for Northern Moors" in shown
    assert not Deadline.objects.filter(kind="role_vacant").still_open().exists()


def test_somebody_named_in_time_takes_the_place_of_who_is_leaving(
    cast: Cast, client_of: ClientOf, agreement: Agreement
) -> None:
    with on(TODAY):
        leaves(client_of, cast, cast.viewer, TODAY + timedelta(days=14))
        for role in ("quality_lead", "primary_liaison"):
            name_contact(
                by=acting(cast.manager), party=agreement.parties.get(slot="area_team"), role=role,
                person=person_of(cast.colleague),
            )  # fmt: skip
        assert of_role("quality_lead") == ["Colin Colleague"]
        held = KeyContact.objects.filter(party__slot="area_team", role="quality_lead").current()
        assert held.count() == 1
    assert not Deadline.objects.filter(kind="role_vacant").still_open().exists()


def test_a_deputy_who_leaves_is_none_any_more(
    cast: Cast, client_of: ClientOf, agreement: Agreement
) -> None:
    party = agreement.parties.get(slot="area_team")
    with on(TODAY):
        name_contact(
            by=acting(cast.manager), party=party, role="responsible_officer",
            person=person_of(cast.manager), deputy=person_of(cast.colleague),
        )  # fmt: skip
        leaves(client_of, cast, cast.colleague, TODAY)
        shown = all_words(client_of(cast.other_viewer), agreement)
    assert KeyContact.objects.get(role="responsible_officer", ends_on=None).deputy is None
    assert "is no longer deputy of the responsible officer" in shown
    assert of_role("responsible_officer") == ["Maud Manager"]


def test_nobody_is_their_own_successor_and_nobody_from_elsewhere(
    cast: Cast, client_of: ClientOf, agreement: Agreement
) -> None:
    with on(TODAY):
        for who in (cast.viewer, cast.other_manager, cast.stranger):
            page = leaves(client_of, cast, cast.viewer, TODAY, successor=person_of(who).pk)
            assert "There is a problem" in page
    assert of_role("quality_lead") == ["Vera Viewer"]
