"""An e-mail whose button leads to a log-in that its reader does not have says whom to tell instead.

Many people only ever get e-mails. What a page for everybody asks of them stays as it is.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models.functions import Lower
from django.urls import Resolver404, resolve

from house.once import each_once
from mail.kinds import Asker, Message, fits, reads
from nhsuk.words import in_sentence
from parties.models import Role, Team, User
from parties.reader import away, holders, names, read_roles
from parties.url_rows import who_opens
from parties.who import EVERYBODY

# Who acts for whoever cannot: the first of these that somebody holds.
MAY_ACT: Final = (Role.MANAGER, Role.ADMINISTRATOR)


@fits
def say_whom_to_tell(message: Message, context: dict[str, Any]) -> Message:
    """For somebody without an account: no button, and who of their own organisation can act."""
    address, organisation = context.get("reader", ("", None))
    if not address or can_log_in([address])[address] or not _wants_account(message.button_url):
        return message
    if message.waits_for_account:
        return message
    asker, sentence = _whom_to_tell(organisation, message.asker)
    return replace(
        message,
        paragraphs=(*message.paragraphs, sentence),
        entries=tuple(
            replace(entry, url="") if _wants_account(entry.url) else entry
            for entry in message.entries
        ),
        button_text="",
        button_url="",
        asker=asker,
    )


@reads("reader")
def read_ways_in(readers: Collection[tuple[str, int | None]]) -> None:
    """For many e-mails: who of their readers has an account, and whom the others may tell."""
    known = can_log_in(address for address, _ in readers)
    without = {of for address, of in readers if of and not known[address]}
    if without:
        read_roles((of, role) for of in without for role in MAY_ACT)
        names(without)


@each_once(User, Team)
def can_log_in(addresses: Collection[str]) -> dict[str, bool]:
    """Whether an account has the address, or it is that of a team (one query)."""
    asked = {each.lower() for each in addresses}
    users = User.objects.filter(is_active=True).annotate(lower=Lower("email"))
    teams = Team.objects.annotate(lower=Lower("address")).order_by()
    found = (
        users.filter(lower__in=asked)
        .values_list("lower")
        .union(teams.filter(lower__in=asked).values_list("lower"))
    )
    here = {lower for (lower,) in found}
    return {each: each.lower() in here for each in addresses}


def _wants_account(url: str) -> bool:
    """Whether the page is one of ours that only people with an account may open."""
    if not url.startswith(settings.SITE_URL):
        return False
    try:
        who = who_opens(resolve(urlsplit(url).path).func)
    except Resolver404:
        return False
    return who not in (None, EVERYBODY)


def _whom_to_tell(organisation: int | None, asker: Asker | None) -> tuple[Asker | None, str]:
    """Who gets the reply, and the sentence that says so."""
    for role in MAY_ACT:
        if organisation and (user := _first(organisation, role)):
            own = Asker(user.get_full_name(), names([organisation])[organisation], user.email)
            return own, _tell(f"{own.name}, your {in_sentence(str(role.label))},")
    if asker:
        return asker, _tell(f"{asker.called},")
    return None, "You have no account here. Ask another party what should be done."


def _tell(whom: str) -> str:
    return f"You have no account here. Tell {whom} what should be done, by replying to this e-mail."


def _first(organisation: int, role: Role) -> User | None:
    """Of those who hold the role one who is not away, where there is one."""
    held = holders([(organisation, role)])[organisation, role]
    users = [each for each in held if each.person_id]
    absent = away((each.person_id, organisation) for each in users if each.person_id)
    users.sort(key=lambda each: absent[each.person_id or 0, organisation])
    return users[0] if users else None
