"""What is typed about a concern is asked about where it looks like a name or an NHS number."""

from __future__ import annotations

from typing import Any, Final

from escalations.concerns.asking import odd_in
from escalations.models import PracticeConcern
from nhsuk import forms

LONGEST: Final = 5_000


class AsksAboutNames(forms.AsksFirst):
    """Asks once about what looks like somebody's name or an NHS number, in all that was typed."""

    # What the practice is called, which is no performer's name.
    practice_called = ""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["as_it_is"].label = "This names no performer, member of staff or patient"
        if not self.is_bound:
            self.ask_about([])

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        typed = "\n".join(str(said.get(name) or "") for name in self.asked_about)
        self.ask_about(odd_in(typed, exempt=self.practice_called))
        said.pop("as_it_is", None)
        return said

    @property
    def asked_about(self) -> list[str]:
        return [
            name for name, field in self.fields.items()
            if isinstance(field, forms.TextField | forms.LineField)
        ]  # fmt: skip


class OfConcernForm(AsksAboutNames):
    """A form about a concern that is there: its practice may be called by its name."""

    def __init__(self, *args: Any, concern: PracticeConcern, **options: Any) -> None:
        self.practice_called = concern.about
        super().__init__(*args, **options)
