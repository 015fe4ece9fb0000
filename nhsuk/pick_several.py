"""Several of however many: boxes to tick while they are few, else a name on each line."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from house.text import tidy_line
from nhsuk.offers import Choices, Listed, Offer
from nhsuk.widgets import Checkboxes
from nhsuk.words import plural

# So many lines are quoted when they cannot be understood.
QUOTED = 5
MOST = 100
ONE_ON_EACH_LINE = "One on each line."


class PickSeveralField(forms.MultipleChoiceField):
    """The values of some of what is offered, each once, in the order in which they were said.

    `offer()` says what is offered, as for a `PickField`. What was typed and means nothing, or
    several, is quoted, and stays in the box.
    """

    widget = Checkboxes

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.offered: Offer = Listed([])

    def offer(self, offered: Offer | Choices) -> None:
        self.offered = Listed(offered) if isinstance(offered, list) else offered
        few = self.offered.few()
        if few is None:
            self.widget = forms.Textarea(attrs={"rows": 10})  # type: ignore[assignment]
            self.help_text = f"{self.help_text} {ONE_ON_EACH_LINE} {self.offered.how}".strip()
        else:
            self.choices = few
        self.widget.is_required = self.required

    @property
    def is_typed(self) -> bool:
        return isinstance(self.widget, forms.Textarea)

    def prepare_value(self, value: Any) -> Any:
        """What the page shows: names on lines where they are typed."""
        if not self.is_typed or isinstance(value, str):
            return value
        return "\n".join(label for _, label in self.offered.among([str(v) for v in value or ()]))

    def to_python(self, value: Any) -> list[str]:
        if not isinstance(value, str):
            return list(super().to_python(value))
        lines = dict.fromkeys(line for each in value.splitlines() if (line := tidy_line(each)))
        if len(lines) > MOST:
            raise ValidationError(f"Choose {MOST} or fewer. Here are {len(lines)}", code="many")
        return self._meant(list(lines))

    def _meant(self, lines: list[str]) -> list[str]:
        found = {line: self.offered.meant(line, 2) for line in lines}
        if unknown := [line for line, those in found.items() if not those]:
            raise ValidationError(f"Nothing here is called {_quoted(unknown)}. Check it")
        if several := [line for line, those in found.items() if len(those) > 1]:
            say = "Type the whole name, or the code"
            raise ValidationError(f"{_quoted(several)} can mean more than one. {say}")
        return list(dict.fromkeys(those[0][0] for those in found.values()))

    def valid_value(self, value: Any) -> bool:
        # What was typed was looked for among what is offered.
        return self.is_typed or super().valid_value(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return True if self.is_typed else super().has_changed(initial, data)


def _quoted(lines: list[str]) -> str:
    quoted = ", ".join(f"“{line[:80]}”" for line in lines[:QUOTED])
    more = len(lines) - QUOTED
    return f"{quoted} and {plural(more, 'more', 'more')}" if more > 0 else quoted
