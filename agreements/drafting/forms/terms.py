"""The typed terms as a form: for an agreement's draft and for a template's draft alike.

Draw it with `terms_fields(form)` of `templates/agreements/terms_fields.jinja`, by its groups.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from django.forms import BoundField

from agreements.drafting.forms.term_lines import (
    ONE_ROLE,
    ONE_SOURCE,
    ONE_TITLE,
    LinesField,
    numbers,
    split_mark,
    what_is_odd,
)
from agreements.drafting.forms.term_values import Slots, terms_from, values_of
from agreements.terms import Terms
from nhsuk import forms
from nhsuk.words import capital

ROUTES = [
    ("body", "A body, such as the Governing Body"),
    ("post", "The holder of a post, such as the Accountable Officer"),
    ("none", "Nobody: no approval is needed"),
]
# Above the boxes of terms that an agreement may leave out.
SILENT = (
    "Leave a box empty if the agreement does not say. We then neither print it nor remind anyone."
)
SPARE_LEVELS = 2
MOST_LEVELS = 12
_LEVEL = re.compile(r"level_(\d{1,2})")


class FieldGroup(NamedTuple):
    """Fields that belong together on the page."""

    heading: str
    hint: str
    fields: list[BoundField]


def _number(
    label: str, suffix: str = "", *, most: int, least: int = 0, silent: str = ""
) -> forms.WholeNumberField:
    """A box that stays empty where the agreement says nothing of it."""
    return forms.WholeNumberField(
        label=label,
        help_text=silent,
        suffix=suffix,
        min_value=least,
        max_value=most,
        required=False,
    )


class TermsForm(forms.Form):
    """The terms in plain boxes. `slots` are the sides: [(key, what the text calls it), …]."""

    mark_optional = False

    publication_hours = _number("Drafts of publications: time before release", "hours", most=2_000)
    press_release_hours = _number(
        "Drafts of press releases: time before release", "hours", most=2_000
    )
    meetings_per_year = _number("Meetings in each year of the agreement", most=52)
    sources = LinesField(
        label="What each meeting looks at", help_text=ONE_SOURCE, rows=7, required=False
    )
    minimum_months = _number("Shortest time in force", "months", most=240)
    review_after_months = _number("First review after", "months", least=1, most=120)
    reminder_days = forms.LineField(
        label="Reminders: days before the review",
        help_text="For example, 180, 120, 60, 30",
        size=20,
        required=False,
    )
    contacts_months = _number(
        "Key contacts are confirmed every",
        "months",
        least=1,
        most=60,
        silent="Leave it empty if the agreement does not say. Then we ask every six months.",
    )
    disagreement_word = forms.LineField(
        label="What the agreement calls a disagreement",
        help_text="For example, disagreement or dispute.",
        max_length=60,
        size=20,
    )

    def __init__(self, terms: Terms, slots: Slots, data: Any = None) -> None:
        super().__init__(data, initial=values_of(terms, slots))
        self.before, self.slots = terms, slots
        self.levels = _levels_shown(terms, data)
        for slot, side in slots:
            self._add_side(slot, side)
        for row in range(1, self.levels + 1):
            self._add_level(row)

    def terms(self) -> Terms:
        """The terms as typed. Call it on a valid form."""
        return terms_from(self.cleaned_data, self.before, self.slots, self.levels)

    @property
    def groups(self) -> list[FieldGroup]:
        """The fields by what they are about, in the order of the page."""
        return [
            self._group("Announcements", SILENT, "publication_hours", "press_release_hours"),
            self._group("Meetings", SILENT, "meetings_per_year", "sources"),
            self._group("Review", SILENT, "minimum_months", "review_after_months", "reminder_days"),
            *(
                self._group(_capital(side), "", *(f"{kind}_{slot}" for kind in _OF_SIDE))
                for slot, side in self.slots
            ),
            self._group("Keeping contacts up to date", "", "contacts_months"),
            self._group(
                "If the parties disagree",
                "A level begins with its name. Leave a level empty to take it out.",
                "disagreement_word",
                *(name for name in self.fields if _LEVEL.match(name)),
            ),
        ]

    def clean_reminder_days(self) -> str:
        typed: str = self.cleaned_data["reminder_days"]
        days = numbers(typed) if typed else []
        if days is None or not all(1 <= each <= 730 for each in days) or len(days) > 12:
            self.add_error(
                "reminder_days", "Enter up to 12 numbers of days from 1 to 730, with commas"
            )
        return typed

    def clean(self) -> dict[str, Any]:
        for slot, side in self.slots:
            route = self.cleaned_data.get(f"route_{slot}")
            if route in {"body", "post"} and not self.cleaned_data.get(f"decider_{slot}"):
                self.add_error(f"decider_{slot}", f"Enter the {route} that approves for {side}")
            self._check_roles(slot, self.cleaned_data.get(f"contacts_{slot}") or [])
        if self.cleaned_data.get("reminder_days") and not self["review_after_months"].data:
            self.add_error(
                "review_after_months", "Say when the review is, or take out its reminders"
            )
        self._check_levels()
        return self.cleaned_data

    def _check_roles(self, slot: str, lines: list[str]) -> None:
        if sentence := what_is_odd(
            [split_mark(line)[0] for line in lines],
            [role.label for role in self.before.contact_roles_of(slot)],
        ):
            self.add_error(f"contacts_{slot}", sentence)

    def _check_levels(self) -> None:
        seen: set[str] = set()
        for row in range(1, self.levels + 1):
            label = str(self.cleaned_data.get(f"level_{row}") or "").casefold()
            posts = [self.cleaned_data.get(f"level_{row}_{slot}") for slot, _ in self.slots]
            if not label and any(posts):
                self.add_error(f"level_{row}", f"Enter a name for level {row}, or leave it empty")
            if label and label in seen:
                self.add_error(f"level_{row}", "Two levels have this name. Change one of them")
            seen.add(label)

    def _group(self, heading: str, hint: str, *names: str) -> FieldGroup:
        return FieldGroup(heading, hint, [self[name] for name in names])

    def _add_side(self, slot: str, side: str) -> None:
        name = f"Name of the body or post that approves for {side}"
        self.fields |= {
            f"route_{slot}": forms.RadioField(label=f"Who approves for {side}", choices=ROUTES),
            f"decider_{slot}": forms.LineField(label=name, required=False),
            f"signatories_{slot}": LinesField(
                label=f"Who signs for {side}", help_text=ONE_TITLE, rows=2
            ),
            f"contacts_{slot}": LinesField(
                label=f"Key contacts of {side}", help_text=ONE_ROLE, rows=5, required=False
            ),
        }

    def _add_level(self, row: int) -> None:
        self.fields[f"level_{row}"] = forms.LineField(label=f"Level {row}", required=False)
        for slot, side in self.slots:
            label = f"Level {row}: who acts for {side}"
            self.fields[f"level_{row}_{slot}"] = forms.LineField(label=label, required=False)


_OF_SIDE = ("route", "decider", "signatories", "contacts")


def _levels_shown(terms: Terms, data: Any) -> int:
    """Two spare levels; and every level that was sent, even if somebody took some out meanwhile."""
    sent = (_LEVEL.match(name) for name in (data or ()))
    numbers_sent = [int(found[1]) for found in sent if found]
    return min(max([len(terms.levels) + SPARE_LEVELS, *numbers_sent]), MOST_LEVELS)


def _capital(side: str) -> str:
    return capital(side)
