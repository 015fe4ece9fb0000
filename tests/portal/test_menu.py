"""The menu and the footer of every page."""

from __future__ import annotations

import re

import pytest

from tests.cast import Cast
from tests.conftest import ClientOf

MENU = re.compile(r'nhsuk-header__navigation-link" href="([^"]+)"')
FOOTER = re.compile(r'nhsuk-footer__list-item-link" href="([^"]+)"')


@pytest.mark.parametrize("who", ["stranger", "viewer", "manager", "secretary", "administrator"])
def test_the_menu_has_five_entries_whoever_looks(client_of: ClientOf, cast: Cast, who: str) -> None:
    page = client_of(getattr(cast, who)).get("/").content.decode()
    rooms = ["/agreements/", "/announcements/", "/meetings/", "/escalations/"]
    assert MENU.findall(page) == ["/", *rooms]


def test_what_people_need_now_and_then_stands_in_the_footer(
    client_of: ClientOf, cast: Cast
) -> None:
    page = client_of(cast.manager).get("/").content.decode()
    assert FOOTER.findall(page)[:2] == ["/templates/", "/organisations/"]
    assert "/templates/" not in client_of(cast.viewer).get("/").content.decode()
