"""Named people for each role, kept up to date (A27), as both sides live it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from agreements.models import Agreement
from parties.models import Team, User
from tests.agreements.contacted import ASKED_BY, link_in, with_contacts
from tests.agreements.reviewed import on, swept_on
from tests.cast import Cast, person_of
from tests.conftest import Mailbox
from tests.reading import all_words, words_at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_but_agreements")]
ClientOf = Callable[[User], Client]
CHANGED = date(2026, 4, 1)


@pytest.mark.duty("A27")
def test_named_people_for_each_role_kept_up_to_date(
    cast: Cast, client: Client, client_of: ClientOf, mailbox: Mailbox
) -> None:
    agreement = with_contacts(cast, area_team_quality_lead=None)
    ours, theirs = client_of(cast.colleague), client_of(cast.other_colleague)
    _named_by_role_with_deputy_from_and_to(cast, ours, theirs, agreement)
    _the_other_side_is_told(cast, mailbox)
    _each_keeps_its_own(agreement, ours)
    _a_vacancy_is_shown_and_reminded(cast, agreement, ours, theirs, mailbox)
    _confirmed_again_after_six_months(cast, client, client_of, agreement, mailbox)


def _at(agreement: Agreement, role: str, slot: str = "area_team") -> str:
    return f"/agreements/{agreement.reference}/contacts/{slot}/{role}/"


def _named_by_role_with_deputy_from_and_to(
    cast: Cast, ours: Client, theirs: Client, agreement: Agreement
) -> None:
    team = Team.objects.create(
        organisation=cast.area_team, purpose="primary_care", name="Liaison",
        address="l@moors.example",
    )  # fmt: skip
    with on(CHANGED):
        said = {"holder": person_of(cast.viewer).pk, "deputy": person_of(cast.manager).pk}
        ours.post(_at(agreement, "responsible_officer"), said)
        ours.post(_at(agreement, "primary_liaison"), {"holder": f"team-{team.pk}"})
        shown, history = (
            all_words(theirs, agreement),
            words_at(ours, _at(agreement, "primary_liaison")),
        )
    for role in ("MoU manager", "Responsible officer", "Quality lead", "Primary liaison",
                 "Lead clinician"):  # fmt: skip
        assert role in shown
    assert "Vera Viewer" in shown
    assert "Deputy: Maud Manager" in shown
    assert "l@moors.example" in shown
    assert "Maud Manager From 3 February 2026 To 31 March 2026" in history


def _the_other_side_is_told(cast: Cast, mailbox: Mailbox) -> None:
    news = [mail.subject for mail in mailbox.to(cast.other_manager.email)]
    assert sum("Key contacts changed" in subject for subject in news) == 2


def _each_keeps_its_own(agreement: Agreement, ours: Client) -> None:
    with on(CHANGED):
        assert ours.get(_at(agreement, "lead_clinician", "ccg")).status_code == 403


def _a_vacancy_is_shown_and_reminded(
    cast: Cast, agreement: Agreement, ours: Client, theirs: Client, mailbox: Mailbox
) -> None:
    with on(CHANGED):
        for client in (ours, theirs):
            assert "Northern Moors Area Team has no quality lead." in all_words(client, agreement)
    swept_on(date(2026, 4, 2))
    mail = next(m for m in mailbox.to(cast.manager.email) if "vacant contact role" in m.subject)
    assert "Northern Moors Area Team has no quality lead" in mail.body


def _confirmed_again_after_six_months(
    cast: Cast, client: Client, client_of: ClientOf, agreement: Agreement, mailbox: Mailbox
) -> None:
    swept_on(ASKED_BY)
    [mail] = [m for m in mailbox.to(cast.manager.email) if "still a key contact" in m.subject]
    with on(ASKED_BY):
        client.post(link_in(mail), {"answer": "right"})
        shown = all_words(client_of(cast.other_viewer), agreement)
    assert "Maud Manager Confirmed on 3 August 2026" in shown
