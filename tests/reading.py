"""What somebody reads on a page, and the button they press."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.test import Client
from django.utils.html import strip_tags

from agreements.models import Agreement


def words(client: Client, agreement: Agreement, query: str = "") -> str:
    """What somebody reads on the page, without its tags."""
    return words_at(client, f"/agreements/{agreement.reference}/{query}")


def words_at(client: Client, path: str) -> str:
    """What somebody reads on the page at this path."""
    return words_of(client.get(path))


def words_of(answer: Any) -> str:
    """What somebody reads on the page that was answered."""
    assert answer.status_code == 200
    main = answer.content.decode().split("<main")[1].split("</main>")[0]
    return re.sub(r"\s+", " ", unescape(strip_tags(main)))


def main_button(client: Client, agreement: Agreement) -> str:
    """The text of the page's first button."""
    page = client.get(f"/agreements/{agreement.reference}/").content.decode()
    buttons = re.findall(r'class="nhsuk-button"[^>]*>([^<]+)<', page)
    return buttons[0] if buttons else ""


def all_words(client: Client, agreement: Agreement) -> str:
    """What somebody reads on all the pages of an agreement, one after the other."""
    overview = client.get(f"/agreements/{agreement.reference}/")
    ways = re.findall(r'<a class="[^"]*" href="([^"]+)"', _ways(overview.content.decode()))
    return " ".join(words_at(client, path) for path in ways)


def ways_from(client: Client, agreement: Agreement) -> list[str]:
    """What the ways between the pages of an agreement are called, in their order."""
    page = client.get(f"/agreements/{agreement.reference}/").content.decode()
    return re.findall(r">([^<]+)</a>", _ways(page))


def _ways(page: str) -> str:
    return page.split('aria-label="Pages of this agreement"')[1].split("</nav>")[0]
