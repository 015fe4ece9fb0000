"""What holds for a version of a template: what is missing, and whether two read the same one."""

from __future__ import annotations

from agreements.models import TemplateVersion
from house.canonical import fingerprint


def what_is_missing(version: TemplateVersion) -> list[str]:
    """A sentence for each thing without which no agreement can start from it (one query)."""
    missing = []
    if not version.slots:
        missing.append("This draft has no sides. Add those between whom the agreement is.")
    elif not has_sides(version):
        missing.append(
            f"This draft has one side alone, {version.typed_slots[0].label}. Add another, or say "
            "that many organisations take it."
        )
    if not version.clauses.exists():
        missing.append("This draft has no clauses. Add one, then publish it.")
    return missing


def has_sides(version: TemplateVersion) -> bool:
    """Whether there is anybody to agree with: a second side, or one that many take."""
    slots = version.typed_slots
    return len(slots) > 1 or any(slot.many for slot in slots)


def text_fingerprint(version: TemplateVersion) -> str:
    """Tells whether two people look at the same clauses, order, terms, sides and blanks."""
    clauses = version.clauses.values_list("key", "edit_no", "position")
    parts = [version.slots, version.blanks]
    return fingerprint([list(map(list, clauses)), version.terms, *parts])
