"""Who may invite whom, and what administrators see of open invitations."""

from __future__ import annotations

from django.test import Client

from parties.models import Invitation, Role
from tests.cast import Cast, user
from tests.conftest import ClientOf, Mailbox
from tests.parties.invited import ADA, invited, is_gone, link

# --- Who may invite -------------------------------------------------------------------------


def test_an_administrator_invites_into_their_own_organisation_only(
    client_of: ClientOf, cast: Cast
) -> None:
    ada = user("Ada Analyst", cast.area_team, Role.VIEWER)
    assert ada.person is not None
    path = f"/organisations/{cast.area_team.pk}/people/{ada.person.pk}/invite/"
    for outsider in (cast.other_administrator, cast.manager, cast.stranger):
        assert client_of(outsider).post(path, {"roles": ["viewer"]}).status_code == 403
    assert not Invitation.objects.exists()


def test_one_open_invitation_to_an_address(client_of: ClientOf, cast: Cast) -> None:
    invited(cast)
    data = {"name": "Ada", "email": ADA.upper(), "title": "Analyst", "roles": ["viewer"]}
    path = f"/organisations/{cast.area_team.pk}/people/add/"
    page = client_of(cast.administrator).post(path, data).content.decode()
    assert "Ada Analyst is invited with this address." in page
    data["name"] = "Ada Analyst"
    assert "Ada Analyst is invited with this address." in (
        client_of(cast.administrator).post(path, data).content.decode()
    )


def test_an_invitation_is_sent_again_with_a_link_that_works(
    client_of: ClientOf, cast: Cast, mailbox: Mailbox
) -> None:
    first = invited(cast)
    old = link(mailbox)
    base = f"/organisations/{cast.area_team.pk}/invitations/{first.pk}"
    client_of(cast.administrator).post(f"{base}/again/")
    assert is_gone(Client(), old)
    assert Client().get(link(mailbox), follow=True).status_code == 200


def test_the_administrator_sees_and_withdraws_open_invitations(
    client_of: ClientOf, cast: Cast
) -> None:
    invitation, client = invited(cast), client_of(cast.administrator)
    page = f"/organisations/{cast.area_team.pk}/"
    assert ADA in client.get(page).content.decode()
    client.post(f"{page}invitations/{invitation.pk}/withdraw/")
    assert ADA not in client.get(page).content.decode()


def test_others_do_not_see_who_is_invited(client_of: ClientOf, cast: Cast) -> None:
    invited(cast)
    page = f"/organisations/{cast.area_team.pk}/"
    for reader in (cast.viewer, cast.stranger):
        assert ADA not in client_of(reader).get(page).content.decode()
