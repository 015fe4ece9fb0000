"""What the pages of an agreement say of its registration, and what their reader may do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.urls import reverse

from agreements.core.parties import MOST_SENTENCES
from agreements.core.sides import names_ever
from agreements.core.situations import Situation
from agreements.models import Confirmation, CopyChange, Party, RegisteredCopy
from agreements.register.confirmed import (
    answerers_of,
    is_confirmed,
    require_changer,
    shares_its_side,
)
from agreements.register.facts import in_words
from house.once import once_a_page
from house.refusals import Refused
from nhsuk.components import Link
from nhsuk.dates import day
from nhsuk.words import and_list, in_title, plural
from parties.acting import Acting
from parties.who import DRAFTERS


class OnPaper:
    """Who signed and who approved what was signed elsewhere, and other days that it names, as
    whoever registered it entered."""

    def __init__(self, copy: RegisteredCopy) -> None:
        names = names_ever(copy.agreement)
        self.by = names.get(copy.recorded_for_id, "A former party")
        self.lists = {
            "Signatures": copy.who_signed.splitlines(),
            "Approvals": copy.who_approved.splitlines(),
        }
        if days := copy.other_days.splitlines():
            self.lists["Other days"] = days
        self.file = reverse("agreements:registered_pdf", args=[copy.agreement.reference])
        if copy.withdrawn_at:
            self.file = ""


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
    """To put it right or withdraw it, or to answer a change that another side asks for."""
    reference = copy.agreement.reference
    asked = [each for each in changes_of(copy) if each.state == CopyChange.State.ASKED]
    for change in asked:
        answers = {party.organisation.pk for party in answerers_of(change)}
        if acting.organisation_id in answers and DRAFTERS.includes(acting):
            url = reverse("agreements:copy_change", args=[reference, change.pk])
            yield Link(f"Answer the {change.get_kind_display().lower()}", url)
    if asked:
        return
    try:
        require_changer(acting, copy, confirmed=_is_confirmed(copy))
    except Refused:
        return
    yield Link("Correct the registration", reverse("agreements:copy_correct", args=[reference]))
    yield Link("Withdraw the registration", reverse("agreements:copy_withdraw", args=[reference]))


def _is_confirmed(copy: RegisteredCopy) -> bool:
    """As the page's agreement was read with it; asked where some share the side that registered."""
    known: bool | None = getattr(copy.agreement, "copy_is_confirmed", None)
    if known is None or (known and shares_its_side(copy)):
        return is_confirmed(copy)
    return known


def confirmations(situation: Situation) -> list[str]:
    """What the other parties said of the registered copy, as sentences; of many how many."""
    copy = situation.copy
    if copy is None or copy.withdrawn_at:
        return []
    by = names_ever(situation.agreement).get(copy.recorded_for_id, "a former party")
    others = situation.others(copy.recorded_for_id)
    if len(others) <= MOST_SENTENCES:
        return [_said(situation.word_of(party), by, party) for party in others]
    return [f"Recorded by {by}.", *_of_many(situation, others)]


def _of_many(situation: Situation, others: Sequence[Party]) -> Iterator[str]:
    """Each "not right" with its reason; of the rest how many have confirmed, and who still may."""
    words = [(party, situation.word_of(party)) for party in others]
    against = [(party, word) for party, word in words if word and not word.agrees]
    yield from (_said(word, "", party) for party, word in against[:MOST_SENTENCES])
    if (more := len(against) - MOST_SENTENCES) > 0:
        yield f"{plural(more, 'more party says', 'more parties say')} so: see the History."
    agreed = [party.name for party, word in words if word and word.agrees]
    silent = [party for party, word in words if word is None]
    if agreed:
        yield f"Confirmed by {len(agreed)} of {len(others)} other parties: {in_title(agreed)}."
    if waiting := [party.name for party in silent if not party.organisation.is_closed]:
        yield f"Not yet confirmed by {_counted(waiting)}."
    if closed := [party.name for party in silent if party.organisation.is_closed]:
        yield f"Not asked, because they have closed: {_counted(closed)}."


def _counted(names: Sequence[str]) -> str:
    many = len(names) > MOST_SENTENCES
    return plural(len(names), "party", "parties") if many else and_list(names)


def _said(word: Confirmation | None, by: str, party: Party) -> str:
    name, closed_on = party.name, party.organisation.closed_on
    if word is None and party.organisation.is_closed:
        return f"Recorded by {by}. {name} closed on {day(closed_on)}: nobody there is asked."
    if word is None:
        return f"Recorded by {by}, not yet confirmed by {name}."
    who, on = word.said_by, day(word.at)
    if word.agrees:
        return f"{who} confirmed it for {name} on {on}."
    return f"{who} said for {name} on {on} that it is not right: {word.reason}"
