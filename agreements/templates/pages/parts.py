"""The sides of a version in words, and what is left to do until it can be published."""

from __future__ import annotations

from django.urls import reverse

from agreements.drafting.pages.setting_up import DONE, LATER, NEEDED
from agreements.models import TemplateVersion
from agreements.templates.rules import has_sides
from agreements.terms import Slot, Terms
from nhsuk.components import Task
from nhsuk.words import plural
from parties.models import Organisation


def who_takes(slot: Slot) -> list[str]:
    """The kinds of organisation that may take a side, in words; and whether many do."""
    many = [f"Many organisations, as one side: {slot.all_of_them}"] if slot.many else []
    kinds = [str(Organisation.Kind(kind).label) for kind in slot.organisation_kinds]
    levels = ["Each commissions at a level of its own"] if slot.commissions else []
    return [*many, *(kinds or ["Any organisation"]), *levels]


def tasks_of(version: TemplateVersion, clauses: int) -> list[Task]:
    """What makes a template, and what of it is there; `clauses` is how many it has."""
    at = [version.template_id, version.seq]
    sides, blanks = len(version.slots), len(version.blanks)
    said = version.typed_terms != Terms()
    return [
        Task(
            "Sides", DONE if has_sides(version) else NEEDED,
            "#sides" if sides else reverse("templates:side_add", args=at),
            hint=plural(sides, "side") if sides else "Between whom the agreement is.",
        ),
        Task(
            "Blanks", DONE if blanks else LATER,
            "#blanks" if blanks else reverse("templates:blank_add", args=at),
            hint="What each agreement fills in besides the names of the parties.",
        ),
        Task(
            "Text", DONE if clauses else NEEDED, reverse("templates:clause_add", args=at),
            hint=plural(clauses, "clause") if clauses else "Add the first clause.",
        ),
        Task(
            "Terms", DONE if said else LATER, reverse("templates:terms", args=at),
            hint="Key contacts, who approves and signs, meetings, reviews, levels.",
        ),
    ]  # fmt: skip
