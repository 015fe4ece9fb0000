"""One address of every page that a person reaches, found as they would: by following links."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from agreements.models import Access, Agreement
from parties.models import Role
from parties.url_rows import who_opens
from tools.bench.people import ROLES, Seer

_LINK = re.compile(r'href="(/[^"#?]*)')
# Leads out of the portal, or ends the log-in that the next request needs.
_LEFT_OUT = re.compile(r"^/(static|admin|demonstration)/|log-?out")


@dataclass(frozen=True)
class Page:
    """The name of its URL row, one address, and a client of somebody who may open it."""

    name: str
    path: str
    client: Client

    def get(self) -> Any:
        return self.client.get(self.path)


def pages_of(seer: Seer, roles: Sequence[Role] = ROLES) -> list[Page]:
    """The HTML pages of all rooms, each once, for whichever role gets there first."""
    found: dict[str, Page] = {}
    for role in roles:
        _follow(seer.client(role), list(_beginnings(seer)), found)
    return list(found.values())


def _beginnings(seer: Seer) -> Iterator[str]:
    """Home, the list, and an agreement in each state: the one with most parties last."""
    yield from ("/", "/agreements/")
    for state in Agreement.State.values:
        rows = Access.objects.filter(organisation=seer.organisation, state=state)
        for reference in rows.order_by("next_due_on", "pk").values_list(
            "agreement__reference", flat=True
        )[:3]:
            yield f"/agreements/{reference}/"


def _follow(client: Client, beginnings: list[str], found: dict[str, Page]) -> None:
    waiting, looked_at = deque(beginnings), set(beginnings)
    opened: set[str] = set()
    while waiting:
        path = waiting.popleft()
        name = _name(path)
        if name is None or (name in opened and path not in beginnings):
            continue
        opened.add(name)
        response = client.get(path)
        if not _is_page(response):
            continue
        found.setdefault(name, Page(name, path, client))
        for link in _LINK.findall(response.content.decode()):
            if link not in looked_at and not _LEFT_OUT.search(link):
                looked_at.add(link)
                waiting.append(link)


def _name(path: str) -> str | None:
    try:
        return resolve(path).view_name
    except Resolver404:
        return None


def _is_page(response: Any) -> bool:
    return response.status_code == 200 and "text/html" in response.get("Content-Type", "")


def names_of_rows() -> set[str]:
    """The names of all pages that the rooms declare for reading."""
    return set(_names(get_resolver(), ""))


def _names(resolver: URLResolver, namespace: str) -> Iterator[str]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            if each.app_name != "admin":
                yield from _names(each, f"{each.namespace}:" if each.namespace else namespace)
        elif isinstance(each, URLPattern) and each.name and who_opens(each.callback):
            yield f"{namespace}{each.name}"
