"""What links in e-mails are good for. A room declares its purposes, and the page of each.

The page is a view that takes the request and the link; `web.links` finds it by the purpose. A link
that is opened never acts: programs open every link in an e-mail. The page has a button.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpResponse

from mail.models import SentLink

LinkView = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Purpose:
    """One thing that a link is good for.

    `what` completes "It was sent to …", `lasts` is how long it works after the newest e-mail with
    it, `needs_code` says that who acts shows by a code that they read the mailbox it was sent to.
    `about` gives what a code is for, in a line or two, for its e-mail.
    """

    key: str
    label: str
    what: str
    lasts: timedelta
    needs_code: bool = False
    about: Callable[[SentLink], tuple[str, ...]] | None = None


_purposes: dict[str, Purpose] = {}
_pages: dict[tuple[str, str], LinkView] = {}


def declare(purpose: Purpose) -> Purpose:
    _purposes[purpose.key] = purpose
    return purpose


def purpose_of(link: SentLink) -> Purpose:
    return _purposes[link.purpose]


def purposes() -> list[Purpose]:
    return list(_purposes.values())


def opens(purpose: Purpose, view: LinkView, **below: LinkView) -> None:
    """Said in a room's `urls.py`: the view that a link opens, and by name those below it."""
    _pages[purpose.key, ""] = view
    for name, other in below.items():
        _pages[purpose.key, name] = other


def opens_below(purpose: Purpose, **below: LinkView) -> None:
    """The same for what a room adds below a link whose own page is another room's."""
    for name, view in below.items():
        _pages[purpose.key, name] = view


def page_for(link: SentLink, name: str) -> Callable[..., Any] | None:
    return _pages.get((link.purpose, name))
