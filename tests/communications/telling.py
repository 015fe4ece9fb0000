"""Heads-ups to test with: given by the Area Team's colleague, under one agreement or more."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from agreements.models import Agreement
from communications.heads_ups.keepings import keepings
from communications.heads_ups.services.giving import Content, give, record_sent_first
from communications.heads_ups.services.outcomes import mark_sent
from communications.models import HeadsUp
from house import clock
from house.answers import Keeping
from parties.models import User
from tests.cast import Cast, acting
from tests.communications import desk
from tests.conftest import Mailbox

TITLE, TEXT = "canary-teal-1904: new contract", "Practices sign **canary-knot-2716** by May."
LMC, LMC_ADDRESS = "Moors LMC", "office@moors-lmc.example"


def content(**more: str) -> Content:
    said = {"kind": "practices", "title": TITLE, "text": TEXT, "audience": "All practices"}
    return Content(**said | more)


def given(
    cast: Cast, *agreements: Agreement, hours: float = 48, by: User | None = None,
    committee: tuple[str, str] | None = (LMC, LMC_ADDRESS), **more: Any,
) -> HeadsUp:  # fmt: skip
    """Planned for so many hours from now, with the committee of the area."""
    about = more.pop("about", None)
    return give(
        by=acting(by or cast.colleague), content=content(**more), about=about,
        planned_for=clock.now() + timedelta(hours=hours), committee=committee,
        agreements=agreements or [desk.bilateral(cast)],
    )  # fmt: skip


def sent_first(cast: Cast, *agreements: Agreement) -> HeadsUp:
    return record_sent_first(
        by=acting(cast.colleague), content=content(title="canary-teal-1904: recall"),
        sent_at=clock.now() - timedelta(hours=1), because="A safety alert.",
        agreements=agreements or [desk.bilateral(cast)],
    )  # fmt: skip


def went_out(cast: Cast, heads_up: HeadsUp, because: str = "") -> None:
    """Now."""
    mark_sent(by=acting(cast.colleague), heads_up=heads_up, sent_at=clock.now(), because=because)


def at(heads_up: HeadsUp, rest: str = "") -> str:
    return f"/heads-ups/{heads_up.public_id}/{rest}"


def answers(user: User, agreement: Agreement) -> dict[str, Keeping]:
    return keepings([agreement], acting(user))[agreement.pk]


def link_in(mailbox: Mailbox, address: str) -> str:
    """The path that the newest e-mail to an address leads to."""
    body = str(mailbox.to(address)[-1].body)
    found = re.findall(r"https?://[^/\s]+(/\S+)", body)
    return str(found[0])
