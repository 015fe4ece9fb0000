"""An invitation and its link, for tests."""

from __future__ import annotations

import re

from django.test import Client

from parties.models import Invitation, Role
from parties.services.inviting import GONE, invite
from tests.cast import Cast, acting
from tests.conftest import Mailbox

ADA = "ada.analyst@moors.example"
NEW = "granite-and-curlew-9"


def invited(cast: Cast, email: str = ADA, *roles: str) -> Invitation:
    return invite(
        by=acting(cast.administrator),
        organisation=cast.area_team,
        name="Ada Analyst",
        email=email,
        roles=roles or [Role.EDITOR],
    )


def link(mailbox: Mailbox, address: str = ADA) -> str:
    found = re.search(r"http\S+/invitation/\S+/", str(mailbox.to(address)[-1].body))
    assert found
    return found[0]


def accept(client: Client, password: str = NEW, again: str = NEW) -> str:
    data = {"password": password, "again": again}
    return client.post("/invitation/", data, follow=True).content.decode()


def is_gone(client: Client, path: str) -> bool:
    page = client.get(path, follow=True)
    return page.status_code == 404 and GONE.rstrip(".") in page.content.decode()
