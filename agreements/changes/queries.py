"""The changes of agreements, each with the words of the other parties (record 0060)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import F

from agreements.changes.rules import needs
from agreements.core.parties import there_today
from agreements.core.sides import now_called, other_sides
from agreements.models import Agreement, Change, ChangeAnswer, Party
from house.once import once_a_page


@dataclass
class Said:
    """A change with the newest word of each other organisation on it."""

    change: Change
    words: dict[int, ChangeAnswer] = field(default_factory=dict)
    # Who has said a word, where the words themselves were not read.
    answered: set[int] = field(default_factory=set)

    @property
    def refusals(self) -> list[ChangeAnswer]:
        """Who does not accept it, or says that it is not right."""
        return [word for word in self.words.values() if not word.agrees]

    def may_answer(self, agreement: Agreement) -> list[Party]:
        """The parties that can say something of it: of a record those of other sides."""
        if needs(self.change) == "one":
            return other_sides(agreement, self.change.opened_for_id)
        own = now_called(agreement, self.change.opened_for_id)
        return [party for party in there_today(agreement) if party.organisation.pk not in own]

    def awaited(self, agreement: Agreement) -> list[Party]:
        """Whose word it still needs, while it is open. An organisation that holds two sides says
        it once; one that has closed can say nothing."""
        if self.change.state != Change.State.OPEN or needs(self.change) == "signatures":
            return []
        return [
            party
            for party in self.may_answer(agreement)
            if party.held_by.isdisjoint(self.words.keys() | self.answered)
            and not party.organisation.is_closed
        ]


def changes_of(agreement: Agreement) -> list[Said]:
    """The newest first (two queries, once a page)."""
    return changes_in([agreement])[agreement.pk]


def changes_in(agreements: Iterable[Agreement]) -> dict[int, list[Said]]:
    """Agreement id -> its changes, the newest first (two queries, once a page)."""
    asked = frozenset(agreement.pk for agreement in agreements if _may_have(agreement))
    return _changes(asked) if asked else defaultdict(list)


def _may_have(agreement: Agreement) -> bool:
    """False where whoever read the agreement saw that it has none."""
    return bool(getattr(agreement, "has_changes", True))


def said_again(said: Iterable[Said]) -> Change | None:
    """The last word, of the changes of one agreement, that the parties still work to it."""
    words = (each.change for each in said if each.change.kind == Change.Kind.STILL_WORKING)
    return next((each for each in words if each.state != Change.State.WITHDRAWN), None)


def waiting_in(agreement: Agreement) -> list[Said]:
    """Those that wait for an answer, with who has given one (one query)."""
    if not _may_have(agreement):
        return []
    rows = Change.objects.filter(agreement=agreement, state=Change.State.OPEN)
    found: dict[int, Said] = {}
    for change in rows.annotate(answered=F("answers__organisation")).order_by("pk"):
        said = found.setdefault(change.pk, Said(change))
        if change.answered:
            said.answered.add(change.answered)
    return list(found.values())


def said_of(change: Change) -> Said:
    """One change with the words on it, as they are now."""
    found = Said(change)
    for word in change.answers.select_related("user__person"):
        found.words[word.organisation_id] = word
    return found


@once_a_page
def _changes(agreements: frozenset[int]) -> dict[int, list[Said]]:
    rows = Change.objects.filter(agreement__in=agreements)
    rows = rows.select_related("opened_by__person", "about").order_by("-opened_at", "-pk")
    found = {change.pk: Said(change) for change in rows}
    # Who accepts another text signs it.
    answered = [pk for pk, said in found.items() if not said.change.is_of_text]
    if answered:
        words = ChangeAnswer.objects.filter(change__in=answered).select_related("user__person")
        for word in words.order_by("at", "pk"):
            found[word.change_id].words[word.organisation_id] = word
    by_agreement: dict[int, list[Said]] = defaultdict(list)
    for said in found.values():
        by_agreement[said.change.agreement_id].append(said)
    return by_agreement


def alive_in(agreement: Agreement) -> list[Change]:
    """Those that hold or may come to hold, oldest first, as they are now."""
    rows = Change.objects.filter(agreement=agreement, state__in=Change.ALIVE)
    return list(rows.select_related("about"))
