"""The e-mails about somebody who leaves, to those who stay."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from mail.kinds import MailEntry, Message, kind
from nhsuk.dates import day
from nhsuk.words import capital, plural
from parties.models import Departure, HandedOver

# More than this is read on the page.
MOST = 20


@kind("taken_over", "What somebody took over")
def taken_over(context: dict[str, Any]) -> Message:
    """To who follows: each thing with its page and its handover sheet."""
    departure = _departure(context)
    things = [each for each in departure.things.all() if each.successor_id == context["person"]]
    what = f"You take over {plural(len(things), 'thing')} from {departure.person}"
    return _message(
        departure,
        what,
        f"{departure.person} leaves {departure.organisation.name} on {day(departure.last_day)}. "
        f"From today {plural(len(things), 'thing is', 'things are')} yours.",
        "Begin with the handover sheets: they say what each side owes, whom to ring and what is "
        "next."
        if any(each.sheet for each in things)
        else "",
        why=f"an administrator of {departure.organisation.name} named you.",
        things=things,
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
    departure: Departure, what: str, *paragraphs: str, why: str, things: list[HandedOver]
) -> Message:
    page = reverse("parties:departure", args=[departure.organisation_id, departure.pk])
    left = f"And {len(things) - MOST} more: see the page." if len(things) > MOST else ""
    return Message(
        subject=f"{what}: {settings.PORTAL_NAME}",
        heading=what,
        paragraphs=tuple(filter(None, [*paragraphs, left])),
        why=why,
        button_text="Look at what was handed over",
        button_url=f"{settings.SITE_URL}{page}",
        entries=tuple(_entry(each) for each in things[:MOST]),
    )


def _entry(thing: HandedOver) -> MailEntry:
    said = thing.text if thing.successor_id else f"{thing.text}. {thing.otherwise}"
    return MailEntry(said, f"{settings.SITE_URL}{thing.url}" if thing.url else "")
