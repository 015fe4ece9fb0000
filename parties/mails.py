"""The e-mails about accounts. Their links are made when they are sent, and stored nowhere."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse

from house.once import each_once
from mail.kinds import Message, NotNeeded, kind, names, reads
from nhsuk.dates import day
from nhsuk.words import and_list, capital
from parties.links import still_wanted
from parties.models import Invitation, Person, Role, User
from parties.services.inviting import asked_from_inside, open_invitation, token_for

# What changed -> how the e-mail says it.
CHANGES = {
    "password_changed": "your password was changed",
    "password_reset": "your password was reset",
    "totp_activated": "an authenticator app was added to your account",
    "totp_deactivated": "the authenticator app was removed from your account",
    "webauthn_added": "a passkey was added to your account",
    "webauthn_removed": "a passkey was removed from your account",
    "recovery_codes_generated": "new recovery codes were made for your account",
    "account_connected": "a log-in of your organisation was linked to your account",
    "account_disconnected": "the log-in of your organisation was taken off your account",
}


@kind("invitation", "Invitation to make an account")
def invitation(context: dict[str, Any]) -> Message:
    asked = open_invitation(context["invitation"])
    if asked is None:
        raise NotNeeded
    by = asked.organisation.name if asked_from_inside(asked) else ""
    said = f"invited by {by}" if by else f"to look after {asked.organisation.name}"
    roles = and_list(str(Role(role).label) for role in asked.roles)
    return _message(
        f"Make an account by {day(asked.expires_at)}, {said}",
        _for_what(asked, by),
        f"You are invited as: {roles}.",
        f"The invitation lasts until {day(asked.expires_at)}.",
        why=f"an administrator of {by or 'the portal'} entered your address.",
        button="Look at the invitation",
        path=reverse("parties:invitation", args=[token_for(asked)]),
    )


def _for_what(asked: Invitation, by: str) -> str:
    name = asked.person.name
    if by:
        return f"{by} asks {name} to work with it in the {settings.PORTAL_NAME}."
    return (
        f"{asked.organisation.name} was added to the {settings.PORTAL_NAME}. {name} is asked to "
        "look after it there, and to invite its people."
    )


@kind("password_reset", "Choosing a new password")
def password_reset(context: dict[str, Any]) -> Message:
    # Those that a former version queued name the user.
    user = still_wanted(context) if "typed" in context else _active(context["user"])
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return _message(
        "Choose a new password",
        f"Somebody asked for a new password for the account of {user.get_full_name()}.",
        "If it was you, choose one within three days. If not, do nothing.",
        why="your account has this address.",
        button="Choose a new password",
        path=reverse("account_reset_password_from_key", kwargs=key),
    )


@kind("account_changed", "A change of how somebody logs in")
def account_changed(context: dict[str, Any]) -> Message:
    user = _active(context["user"])
    what = CHANGES[context["change"]]
    return _message(
        capital(what),
        f"In the {settings.PORTAL_NAME}, {what}.",
        "If it was not you, choose a new password now and tell your administrator.",
        why=f"it is about how {user.get_full_name()} logs in.",
        button="Choose a new password",
        path=reverse("account_reset_password"),
    )


@kind("address_changed")
def address_changed(context: dict[str, Any]) -> Message:
    """Goes to the address that was left."""
    on = day(datetime.fromisoformat(context["at"]))
    return _message(
        f"Your e-mail address was changed on {on}",
        f"On {on} your address was changed by the link in one of our e-mails to you.",
        "From now on we write to the new one.",
        "If it was not you, tell an administrator of your organisation now.",
        why="this was your address.",
        button="Open the portal",
    )


@reads("person")
def read_called(people: Collection[int]) -> None:
    """What those are called who get many e-mails."""
    _called(people)


@names("person")
def called(person: int) -> str:
    """Whom an e-mail is for: a mailbox may be that of many."""
    return _called([person])[person]


@each_once(Person)
def _called(people: Collection[int]) -> dict[int, str]:
    """By id (one query); empty for somebody who is not there."""
    rows = Person.objects.filter(pk__in=people).order_by().values_list("pk", "name")
    return dict.fromkeys(people, "") | dict(rows)


def _message(what: str, *paragraphs: str, why: str, button: str, path: str = "") -> Message:
    return Message(
        subject=f"{what}: {settings.PORTAL_NAME}",
        heading=what,
        paragraphs=paragraphs,
        why=why,
        button_text=button,
        button_url=f"{settings.SITE_URL}{path}",
    )


def _active(number: int) -> User:
    user = User.objects.filter(pk=number, is_active=True).first()
    if user is None:
        raise NotNeeded
    return user
