"""What the pages of an agreement say of its registration, and what their reader may do."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from agreements.core.situations import Situation
from agreements.models import Confirmation, CopyChange, RegisteredCopy
from agreements.register.confirmed import is_confirmed, require_changer
from agreements.register.facts import in_words
from house.once import once_a_page
from house.refusals import Refused
from nhsuk.components import Link
from nhsuk.dates import day
from parties.acting import Acting
from parties.who import DRAFTERS


@once_a_page
def changes_of(copy: RegisteredCopy) -> list[CopyChange]:
    """What was put right, withdrawn, or asked for, in order (three queries where there is any)."""
    if not getattr(copy.agreement, "copy_is_changed", True):
        return []
    people = ("made_by__person", "made_for", "answered_by__person", "answered_for")
    rows = copy.changes.select_related(*people)
    return list(rows.prefetch_related("made_for__names", "answered_for__names"))


def changes_said(copy: RegisteredCopy) -> list[str]:
    return [in_words(change) for change in changes_of(copy)]


def links_of(copy: RegisteredCopy, acting: Acting) -> Iterator[Link]:
    """To put it right or withdraw it, or to answer a change that somebody else asks for."""
    reference = copy.agreement.reference
    asked = [each for each in changes_of(copy) if each.state == CopyChange.State.ASKED]
    for change in asked:
        if change.made_for_id != acting.organisation_id and DRAFTERS.includes(acting):
            url = reverse("agreements:copy_change", args=[reference, change.pk])
            yield Link(f"Answer the {change.get_kind_display().lower()}", url)
    if asked:
        return
    known: bool | None = getattr(copy.agreement, "copy_is_confirmed", None)
    try:
        require_changer(acting, copy, confirmed=is_confirmed(copy) if known is None else known)
    except Refused:
        return
    yield Link("Correct the registration", reverse("agreements:copy_correct", args=[reference]))
    yield Link("Withdraw the registration", reverse("agreements:copy_withdraw", args=[reference]))


def confirmations(situation: Situation) -> list[str]:
    """What each other party said of the registered copy, as a sentence."""
    copy = situation.copy
    if copy is None or copy.withdrawn_at:
        return []
    by = next((p.name for p in situation.held_by(copy.recorded_for_id)), "the other party")
    return [
        _said(situation.said_of_copy.get(party.organisation.pk), by, party.name)
        for party in situation.others(copy.recorded_for_id)
    ]


def _said(word: Confirmation | None, by: str, name: str) -> str:
    if word is None:
        return f"Recorded by {by}, not yet confirmed by {name}."
    who, on = word.said_by, day(word.at)
    if word.agrees:
        return f"{who} confirmed it for {name} on {on}."
    return f"{who} said for {name} on {on} that it is not right: {word.reason}"
