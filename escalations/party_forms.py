"""The forms that name parties: whom a disagreement is between, and who is brought in (0054)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from agreements.models import Party
from escalations.forms import LONGEST, NAME_NOBODY, NO_PATIENTS, ConfirmForm
from escalations.rules.between import offered
from nhsuk import forms


def between_field(label: str) -> forms.PickSeveralField:
    """Several of the other parties."""
    return forms.PickSeveralField(label=label, error_messages={"required": "Choose a party"})


class OpenForm(forms.Form):
    """What it is about, what one's own side wants; of more than two parties, between whom it is."""

    between = between_field("Who else it is between")
    subject = forms.LineField(
        label="Subject", help_text=f"A few words that both parties read. {NAME_NOBODY}",
        max_length=120,
    )  # fmt: skip
    wanted = forms.TextField(
        label="What we want",
        help_text="What happened, and what should be different. The other party reads it, and "
        f"says what it wants. {NO_PATIENTS}",
        rows=8,
        max_length=LONGEST,
        error_messages={"required": "Say what your side wants"},
    )

    def __init__(self, *args: Any, others: Sequence[Party], **options: Any) -> None:
        super().__init__(*args, **options)
        if len(others) == 1:
            del self.fields["between"]
            return
        readers = "Your own party and those that you choose here"
        self.fields["between"].help_text = f"{readers} read it, and nobody else."
        self.fields["between"].offer(offered(others))  # type: ignore[attr-defined]
        self.fields["subject"].help_text = f"A few words that they all read. {NAME_NOBODY}"
        self.fields["wanted"].help_text = (
            "What happened, and what should be different. The parties that you choose read it, and "
            f"say what they want. {NO_PATIENTS}"
        )


class BringInForm(ConfirmForm):
    """Who else has a part in it from now on, and why."""

    between = between_field("Who is brought in")
    because = forms.TextField(
        label="Why",
        rows=5,
        max_length=LONGEST,
        error_messages={"required": "Say why"},
    )

    def __init__(self, *args: Any, others: Sequence[Party], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["between"].offer(offered(others))  # type: ignore[attr-defined]
