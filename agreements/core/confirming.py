"""Confirmation: one party recorded something, another says that it is right, or why it is not.

One other party's word is enough; silence lets the record stand as not yet confirmed (record 0004).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from django import forms as django_forms

from agreements.core.sides import other_sides, stands_for
from agreements.models import Agreement, Party
from house.refusals import ChangedMeanwhile, NotYours, Refused
from nhsuk import forms
from nhsuk.words import and_list, or_list
from parties.acting import Acting
from parties.models import Organisation

SAY_WHY = "Say what is not right"
CORRECTED = "It was corrected since you opened this page. Look at it again, then send your answer."
# More names make no sentence.
MOST_NAMED = 3


class AnyWord(Protocol):
    """What an organisation said of a record."""

    organisation_id: int
    agrees: bool


def require_other_party(by: Acting, agreement: Agreement, recorded_for: int) -> None:
    """Raises NotYours for the party that recorded it, also where another holds its side by now."""
    if stands_for(agreement, by.organisation_id, recorded_for):
        raise NotYours("Your organisation recorded this itself. Another party confirms it.")


def require_other_side(by: Acting, agreement: Agreement, recorded_for: int) -> None:
    """Raises NotYours for the party that recorded it, and for who shares its side."""
    require_other_party(by, agreement, recorded_for)
    others = other_sides(agreement, recorded_for)
    if by.organisation_id not in {party.organisation.pk for party in others}:
        names = and_list(party.name for party in others)
        raise NotYours(f"This was recorded by your own side. {names} may confirm it.")


def require_reason(*, agrees: bool, because: str) -> None:
    """Raises Refused for "not right" without a reason."""
    if not agrees and not because:
        raise Refused(f"{SAY_WHY}.", field="because")


def require_as_shown(edit_no: int | None, now: int) -> None:
    """Raises ChangedMeanwhile where what is answered was corrected after the form was made: nobody
    confirms what they were not shown. A form without a number was made by an earlier version."""
    if edit_no not in (None, now):
        raise ChangedMeanwhile("record", now, CORRECTED)


def by_any_of(awaited: Sequence[Party | Organisation]) -> str:
    """Whose word a record waits for: one is enough. "A or B"; of many their number."""
    if len(awaited) <= MOST_NAMED:
        return or_list(party.name for party in awaited)
    return f"any of {len(awaited)} other parties"


def is_news(by: Acting, words: Iterable[AnyWord], *, agrees: bool, because: str) -> bool:
    """Whether this is another word than the organisation's last one; `words` in their order.

    A second press of the button, or a colleague who agrees too, says nothing new. Raises Refused
    for "not right" without a reason.
    """
    require_reason(agrees=agrees, because=because)
    own = [word for word in words if word.organisation_id == by.organisation_id]
    return not own or own[-1].agrees != agrees


class ConfirmationForm(forms.Form):
    """Whether what another party recorded is right, and if not, why."""

    because = forms.TextField(
        label="What is not right", rows=3, max_length=500, required=False,
        help_text="If you answer no. The party that recorded it reads this.",
    )  # fmt: skip
    mark_optional = False
    field_order = ("answer", "because")
    # Which state of the record the page showed, where it can be corrected meanwhile.
    edit_no = django_forms.IntegerField(widget=django_forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, what: str, yes: str = "we confirm it", edit_no: int | None = None,
        **more: Any,
    ) -> None:  # fmt: skip
        """`what` is asked about: "this record"; `yes` is what an answer of yes says besides."""
        super().__init__(*args, initial={"edit_no": edit_no}, **more)
        self.what = what
        if edit_no is None:
            del self.fields["edit_no"]
        self.fields["answer"] = forms.RadioField(
            label=f"Is {what} right?",
            choices=[("yes", f"Yes, {yes}"), ("no", "No, something is not right")],
            error_messages={"required": f"Say whether {what} is right"},
        )
        self.order_fields(self.field_order)

    @property
    def agrees(self) -> bool:
        return bool(self.cleaned_data["answer"] == "yes")

    @property
    def done(self) -> str:
        """What the banner says first."""
        return f"You confirmed {self.what}." if self.agrees else "You said what is not right."

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("answer") == "no" and not said.get("because") and "because" not in self.errors:
            self.add_error("because", SAY_WHY)
        return said
