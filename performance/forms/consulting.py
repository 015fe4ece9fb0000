"""Forms of a consultation: whose view is asked for, and what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from agreements.models import Party
from nhsuk import forms
from performance.forms.recording import ReceivedForm
from performance.rules.names import looks_like_somebody
from performance.services.consulting import DECISIONS


class ConsultForm(ReceivedForm, forms.AsksFirst):
    """A request under the Act, and whose view is asked for before it is decided."""

    reference = forms.LineField(
        label="Your reference", help_text="For example, FOI-2014-032", max_length=60
    )
    subject = forms.LineField(label="Which information is asked for", max_length=200)
    details = forms.TextField(
        label="Details (optional)", rows=5, max_length=5_000, required=False,
        help_text="Do not say who asked: no name, no address. The parties read this.",
    )  # fmt: skip
    source = forms.PickField(
        label="Which party the information came from",
        error_messages={"required": "Choose which party it came from"},
    )
    consulted_on = forms.DateField(
        label="Day on which you ask for its view", required=False,
        help_text="Leave it empty for today.",
    )  # fmt: skip
    view_by = forms.DateField(
        label="Day by which you want its view",
        help_text="Earlier than the legal limit of 20 working days.",
    )
    field_order = ["reference", "subject", "details", "day", "time", "source", "consulted_on",
                   "view_by", "as_it_is"]  # fmt: skip

    def __init__(self, *args: Any, others: Sequence[Party], **more: Any) -> None:
        super().__init__(*args, **more)
        self.others = others
        fields: Any = self.fields
        fields["source"].offer([(str(party.pk), party.name) for party in others])
        if len(others) == 1:
            fields["source"].initial = str(others[0].pk)
        fields["as_it_is"].label = "This does not say who asked"
        if not self.is_bound:
            self.ask_about([])

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        texts = (said.get(name) or "" for name in ("reference", "subject", "details"))
        self.ask_about(looks_like_somebody(*texts))
        said.pop("as_it_is", None)
        by = {str(party.pk): party for party in self.others}
        said["source"] = by.get(said.get("source") or "")
        return said


class DecisionForm(forms.AsksFirst):
    """Whether the information is disclosed."""

    decision = forms.RadioField(
        label="What you decided", choices=list(DECISIONS.items()),
        error_messages={"required": "Choose what you decided"},
    )  # fmt: skip
    on = forms.DateField(
        label="Day of the decision", required=False, help_text="Leave it empty for today."
    )
    because = forms.TextField(
        label="Why", rows=4, max_length=2_000, required=False,
        help_text="Needed if the view has not come. The other party reads this.",
    )  # fmt: skip
    mark_optional = False
    field_order = ["decision", "on", "because", "as_it_is"]

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["as_it_is"].label = "This does not say who asked"
        if not self.is_bound:
            self.ask_about([])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        self.ask_about(looks_like_somebody(said.get("because") or ""))
        said.pop("as_it_is", None)
        return said
