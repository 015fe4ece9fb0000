"""What the pages of an agreement say of its registration, and what their reader may do."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from agreements.models import CopyChange, RegisteredCopy
from agreements.register.confirmed import is_confirmed, require_changer
from agreements.register.facts import in_words
from house.once import once_a_page
from house.refusals import Refused
from nhsuk.components import Link
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
