"""What a template's draft asks of each agreement: its sides, and the blanks that it fills in.

The portal makes their keys, which stay whatever they are called: clauses and terms name a side or
a blank by its key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import transaction

from agreements.core.texts import numbers
from agreements.drafting.blanks import missing_in
from agreements.drafting.forms.term_lines import new_key
from agreements.models import TemplateVersion
from agreements.templates.services.keeping import lock_draft, parts_as_stored
from agreements.terms import Blank, Slot, Terms, as_stored
from audit.services import record
from house.canonical import fingerprint
from house.refusals import Refused
from nhsuk.words import and_list
from parties.acting import Acting

P = TypeVar("P", Slot, Blank)
MOST = 60
# What forms with a box for each side call boxes of their own, and the address of the page to add.
NOT_A_KEY = {"title", "file", "add"}
# What the terms say for a side alone: it goes with its side.
OF_ONE_SIDE = "signatories"


@dataclass(frozen=True)
class Parts(Generic[P]):
    """Sides or blanks: where the version keeps them, what one is called, what still names one."""

    field: str
    one: str
    make: Callable[..., P]
    of: Callable[[TemplateVersion], list[P]]
    named_in: Callable[[TemplateVersion, str], list[str]]

    def find(self, version: TemplateVersion, key: str) -> P | None:
        return next((part for part in self.of(version) if part.key == key), None)

    def add(self, *, by: Acting, version: TemplateVersion, **said: Any) -> P:
        """One more, at the end."""
        with transaction.atomic():
            draft = lock_draft(by, version)
            parts: list[P] = self.of(draft)
            if len(parts) >= MOST:
                raise Refused(f"A template has up to {MOST} {self.one}s.")
            self._require_own_label(parts, said["label"])
            stem = said["label"].removeprefix("the ")
            part = self.make(key=new_key(stem, _keys_ever(draft)), **said)
            parts.append(part)
            self._keep(by, draft, parts, "added", part.key)
        return part

    def change(
        self, *, by: Acting, version: TemplateVersion, key: str, shown: str = "", **said: Any
    ) -> None:
        """What one is called, and the rest of it; `shown` is the mark of what one started from.

        Raises Refused when somebody changed it since.
        """
        with transaction.atomic():
            draft = lock_draft(by, version)
            now = self._required(draft, key)
            parts: list[P] = self.of(draft)
            if shown and mark_of(now) != shown:
                raise Refused(
                    f"Somebody changed this {self.one} while you were editing it. Look at it in "
                    "another window, then save again to put yours in its place."
                )
            self._require_own_label([each for each in parts if each.key != key], said["label"])
            changed = self.make(key=key, **said)
            if changed != now:
                parts[parts.index(now)] = changed
                self._keep(by, draft, parts, "changed", key)

    def move(self, *, by: Acting, version: TemplateVersion, key: str, places: int) -> None:
        """Up (negative) or down, as far as the end."""
        with transaction.atomic():
            draft = lock_draft(by, version)
            parts: list[P] = self.of(draft)
            place = parts.index(self._required(draft, key))
            parts.insert(max(0, place + places), parts.pop(place))
            self._keep(by, draft, parts, "moved", key)

    def remove(self, *, by: Acting, version: TemplateVersion, key: str) -> None:
        """Takes one out. Raises Refused where terms or clauses still name it."""
        with transaction.atomic():
            draft = lock_draft(by, version)
            part = self._required(draft, key)
            if places := self.named_in(draft, key):
                raise Refused(still_named(part.label, places))
            draft.terms = as_stored(_without(draft.typed_terms, key))
            parts = [each for each in self.of(draft) if each.key != key]
            self._keep(by, draft, parts, "removed", key)

    def _required(self, draft: TemplateVersion, key: str) -> P:
        found = self.find(draft, key)
        if found is None:
            raise Refused(f"Somebody took this {self.one} out meanwhile.")
        return found

    def _require_own_label(self, others: list[P], label: str) -> None:
        if label.casefold() in {other.label.casefold() for other in others}:
            raise Refused(f"Another {self.one} is called “{label}” already.", field="label")

    def _keep(self, by: Acting, draft: TemplateVersion, parts: list[P], did: str, key: str) -> None:
        setattr(draft, self.field, parts_as_stored(parts))
        draft.save(update_fields=[self.field, "terms"])
        record(by, f"template_{self.one}_{did}", draft.template, seq=draft.seq, key=key)


def mark_of(part: Slot | Blank) -> str:
    """Tells whether two people look at the same side or blank."""
    return fingerprint(part.model_dump(mode="json"))


def still_named(label: str, places: list[str]) -> str:
    return f"“{label}” is still named in {and_list(places)}. Change that first, then take it out."


def _keys_ever(draft: TemplateVersion) -> set[str]:
    """The keys of this and of earlier versions: one stays that side's or blank's own."""
    kept = draft.template.versions.values_list("slots", "blanks")
    return {part["key"] for parts in kept for each in parts for part in each} | NOT_A_KEY


def _clauses_that_name(version: TemplateVersion, key: str) -> Iterator[str]:
    clauses = list(version.clauses.all())
    for number, clause in zip(numbers(c.kind for c in clauses), clauses, strict=True):
        if key in clause.owed_by or key in missing_in([clause.heading, clause.body]):
            yield f"clause {number}"


def _side_named_in(version: TemplateVersion, key: str) -> list[str]:
    terms = _without(version.typed_terms, key).model_dump(mode="json")
    said = [f"the terms ({_CALLED.get(name, name.replace('_', ' '))})"
            for name, term in terms.items() if _speaks_of(term, key)]  # fmt: skip
    return [*said, *_clauses_that_name(version, key)]


_CALLED = {"approval_routes": "who approves", "contact_roles": "key contacts"}


def _without(terms: Terms, slot: str) -> Terms:
    """The terms without what is said for this side alone and for no other reason: who signs for
    it, and that nobody approves."""
    return terms.model_copy(
        update={
            OF_ONE_SIDE: tuple(each for each in terms.signatories if each.slot != slot),
            "approval_routes": tuple(
                each for each in terms.approval_routes if (each.slot, each.route) != (slot, "none")
            ),
        }
    )


def _speaks_of(said: Any, slot: str) -> bool:
    """Whether a term, or anything in it, is about this side."""
    if isinstance(said, dict):
        about = said.get("slot") == slot or slot in said.get("slots", ())
        return about or slot in said.get("posts", ()) or _speaks_of([*said.values()], slot)
    return isinstance(said, list) and any(_speaks_of(each, slot) for each in said)


SIDES: Parts[Slot] = Parts(
    "slots", "side", Slot, lambda version: version.typed_slots, _side_named_in
)
BLANKS: Parts[Blank] = Parts(
    "blanks", "blank", Blank, lambda version: version.typed_blanks,
    lambda version, key: list(_clauses_that_name(version, key)),
)  # fmt: skip
