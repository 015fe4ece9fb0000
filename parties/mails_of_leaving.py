"""The e-mails about somebody who leaves, to those who stay."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from mail.kinds import MailEntry, Message, kind
from nhsuk.dates import day
from nhsuk.words import capital, plural
from parties.models import Departure, HandedOver, User

# More than this is read on the page.
MOST = 20


@kind("taken_over", "What somebody took over")
def taken_over(context: dict[str, Any]) -> Message:
    """To who follows: each thing with its page and its handover sheet."""
    departure = _departure(context)
    things = [each for each in departure.things.all() if each.successor_id == context["person"]]
    may = User.objects.filter(person=context["person"], is_active=True).exists()
    what = f"You take over {plural(len(things), 'thing')} from {departure.person}"
    return _message(
        departure,
        what,
        f"{departure.person} leaves {departure.organisation.name} on {day(departure.last_day)}. "
        f"From today {plural(len(things), 'thing is', 'things are')} yours.",
        _how_to_begin(things, may_log_in=may),
        why=f"an administrator of {departure.organisation.name} named you.",
        things=things,
        leads=may,
    )


def _how_to_begin(things: list[HandedOver], *, may_log_in: bool) -> str:
    """Somebody new is invited in an e-mail of its own, or asks for an account."""
    if not may_log_in:
        return (
            "To read and do all of it here you need an account. If no invitation is in your inbox, "
            "ask an administrator of your organisation for one."
        )
    if not any(each.sheet for each in things):
        return ""
    return (
        "Begin with the handover sheets, which the links below open: they say what each side owes, "
        "whom to ring and what is next."
    )


@kind("somebody_leaves", "Somebody leaves")
def somebody_leaves(context: dict[str, Any]) -> Message:
    """To the organisation's MoU managers: in what nobody follows yet."""
    departure = _departure(context)
    things = list(departure.things.all())
    vacant = [each for each in things if each.is_vacant]
    moved = sum(1 for each in things if each.successor_id)
    leaves = f"{departure.person} leaves on {day(departure.last_day)}"
    none = f"nobody follows yet in {plural(len(vacant), 'thing')}" if vacant else ""
    return _message(
        departure,
        f"{leaves}: {none}" if none else leaves,
        f"{departure.person} leaves {departure.organisation.name} on {day(departure.last_day)}. "
        f"{plural(moved, 'thing was', 'things were')} handed over.",
        f"{capital(none)}. Name somebody for each." if none else "Somebody follows in all of it.",
        why=f"you look after the agreements of {departure.organisation.name}.",
        things=vacant,
    )


def _departure(context: dict[str, Any]) -> Departure:
    rows = Departure.objects.select_related("person", "organisation")
    return rows.prefetch_related("things").get(pk=context["departure"])


def _message(
    departure: Departure,
    what: str,
    *paragraphs: str,
    why: str,
    things: list[HandedOver],
    leads: bool = True,
) -> Message:
    """`leads` says whether the reader can open what its links lead to."""
    page = reverse("parties:departure", args=[departure.organisation_id, departure.pk])
    left = f"And {len(things) - MOST} more: see the page." if len(things) > MOST else ""
    return Message(
        subject=f"{what}: {settings.PORTAL_NAME}",
        heading=what,
        paragraphs=tuple(filter(None, [*paragraphs, left])),
        why=why,
        button_text="Look at what was handed over" if leads else "",
        button_url=f"{settings.SITE_URL}{page}" if leads else "",
        entries=tuple(_entry(each, leads=leads) for each in things[:MOST]),
    )


def _entry(thing: HandedOver, *, leads: bool) -> MailEntry:
    """Who follows reads the handover sheet first."""
    if thing.successor_id is None:
        return MailEntry(f"{thing.text}. {thing.otherwise}", _url(thing.url))
    return MailEntry(thing.text, _url(thing.sheet or thing.url) if leads else "")


def _url(path: str) -> str:
    return f"{settings.SITE_URL}{path}" if path else ""
