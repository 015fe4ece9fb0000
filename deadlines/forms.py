from __future__ import annotations

from typing import Any

from deadlines.kinds import kinds
from deadlines.models import MailPreference
from nhsuk import forms

AT_ONCE, DAILY = "at_once", "daily"


class PreferencesForm(forms.Form):
    """How somebody wants to be told, and of what; what a clause requires is not asked."""

    how = forms.RadioField(
        label="When do you want reminders?",
        choices=[(AT_ONCE, "When they are due"), (DAILY, "Never more than one e-mail a day")],
        widget=forms.Radios(
            hints={
                AT_ONCE: "Those of a morning in one e-mail at 9:30 am, later ones at once.",
                DAILY: "At 9:30 am on working days; what comes up later waits for the next. What "
                "cannot wait still comes at once.",
            }
        ),
    )
    wanted = forms.ChecklistField(
        label="These you can switch off. Which do you want?",
        choices=[],
        required=False,
        widget=forms.Checkboxes(),
    )
    mark_optional = False

    def __init__(self, preference: MailPreference, *args: Any, **kwargs: Any) -> None:
        optional = {kind.key: kind.label for kind in kinds().values() if kind.may_be_off}
        off = set(preference.switched_off)
        kwargs["initial"] = {
            "how": DAILY if preference.one_digest_a_day else AT_ONCE,
            "wanted": [key for key in optional if key not in off],
        }
        super().__init__(*args, **kwargs)
        self.optional = optional
        self.fields["wanted"].choices = list(optional.items())  # type: ignore[attr-defined]
        if not optional:
            del self.fields["wanted"]

    @property
    def one_digest_a_day(self) -> bool:
        return bool(self.cleaned_data["how"] == DAILY)

    @property
    def in_words(self) -> list[str]:
        """What was chosen, for who has just saved it."""
        how = (
            "in one e-mail on each working day, at 9:30 am"
            if self.one_digest_a_day
            else "each at once"
        )
        off = ", ".join(self.optional[key] for key in self.switched_off)
        return [f"Reminders come {how}.", *([f"You do not get: {off}."] if off else [])]

    @property
    def switched_off(self) -> list[str]:
        return [key for key in self.optional if key not in self.cleaned_data.get("wanted", ())]
