"""The forms of heads-ups: giving one, what came of it, and the list of committees."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from agreements.models import Agreement
from communications.forms.choosing import WithAgreements, WithParties
from communications.forms.planning import WithInstant
from communications.models import HeadsUp
from documents.markdown import HOW_TO_MARK
from nhsuk import forms

KIND_HINTS = {
    HeadsUp.Kind.PRACTICES: "It goes to all practices, or to many. Local medical committees are "
    "told too.",
    HeadsUp.Kind.WIDER_IMPACT: "Ask which other commissioner it affects, and tell it first.",
}


class HeadsUpForm(WithParties, WithInstant, forms.AsksFirst):
    """What is planned, and under which agreements its contacts are told now."""

    mark_optional = False

    kind = forms.RadioField(
        label="What is planned",
        choices=[(kind.value, kind.label) for kind in HeadsUp.AHEAD],
        initial=HeadsUp.Kind.PRACTICES,
        widget=forms.Radios(hints=KIND_HINTS),
        error_messages={"required": "Choose what is planned"},
    )
    title = forms.LineField(
        label="Title",
        help_text="Until it has gone out, your organisation and those who are told see it. It "
        "stands in no e-mail.",
    )
    text = forms.TextField(
        label="What it says",
        help_text=f"The message, or the decision and what it means for them. {HOW_TO_MARK} Name "
        "no patient.",
        rows=10,
        error_messages={"required": "Enter what it says"},
    )
    audience = forms.LineField(
        label="To whom it goes",
        help_text="For example, all practices in the area. Of a decision: whom it affects.",
        error_messages={"required": "Enter to whom it goes"},
    )
    channel = forms.LineField(
        label="How it goes out (optional)",
        help_text="For example, by e-mail or by letter",
        max_length=100,
        required=False,
    )
    committee_name = forms.LineField(
        label="A local medical committee to add (optional)",
        help_text="Its name, or the post there. It is put on your list, and told for those of "
        "these agreements that promise it the heads-up. Those on your list are told without this.",
        required=False,
    )
    committee_address = forms.EmailField(
        label="E-mail address of the committee (optional)", required=False
    )

    called = ("Planned day", "Planned time")
    field_order = [
        "kind", "title", "text", "audience", "channel", "day", "time", "because", "agreements",
        "more", "about", "committee_name", "committee_address", "as_it_is",
    ]  # fmt: skip

    def __init__(
        self, *args: Any, odd: Callable[[Sequence[Agreement]], list[Agreement]], **options: Any
    ) -> None:
        """`odd` gives those that promise it to a committee, where none is on the list."""
        super().__init__(*args, **options)
        self.odd = odd
        choice = self.fields["agreements"]
        choice.label = "Under which agreements"
        choice.help_text = (
            "The named contact of each other party is told. Those that promise it come first."
        )
        if "about" in self.fields:
            self.fields["about"].label = "Which parties to tell"
            self.fields["about"].help_text = "Of agreements between more than two parties."
        self.fields["as_it_is"].label = "Go on without those committees"
        if not self.is_bound:
            self.ask_about([])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        name, address = cleaned.pop("committee_name", ""), cleaned.pop("committee_address", "")
        if name and not address and "committee_address" not in self.errors:
            self.add_error("committee_address", "Enter the e-mail address of the committee")
        if address and not name and "committee_name" not in self.errors:
            self.add_error("committee_name", "Enter what the committee is called")
        cleaned["committee"] = (name, address) if name and address else None
        self.ask_about([] if cleaned["committee"] else self._lacking(cleaned))
        cleaned.pop("as_it_is", None)
        return cleaned

    def _lacking(self, cleaned: dict[str, Any]) -> list[str]:
        if cleaned.get("kind") != HeadsUp.Kind.PRACTICES:
            return []
        lacking = self.odd(cleaned.get("agreements", ()))
        named = ", ".join(each.reference for each in lacking)
        return [f"No local medical committee is on your list for {named}."] if lacking else []


class SentFirstForm(HeadsUpForm):
    """What went out before anybody was told, as in an emergency."""

    because = forms.TextField(
        label="Why it went out first",
        help_text="For example, a safety alert. Each party that is told reads this.",
        rows=3,
        max_length=500,
        error_messages={"required": "Say why it went out first"},
    )

    called = ("Day on which it went out", "Time at which it went out")


class SentForm(WithInstant):
    """When it really went out."""

    because = forms.TextField(
        label="Why it came before all were told",
        help_text="Needed where somebody was not told before it. Each party reads this.",
        rows=3,
        max_length=500,
        required=False,
    )

    called = ("Day on which it happened", "Time at which it happened")
    field_order = ["day", "time", "because"]


class MoveSendingForm(WithInstant):
    """Another time, and why."""

    called = ("New day", "New time")
    because = forms.TextField(
        label="Why it moves",
        help_text="Whoever was told can read this.",
        rows=3,
        max_length=500,
        error_messages={"required": "Say why it moves"},
    )


class ToldOtherwiseForm(WithInstant):
    """Somebody was told by telephone, or at a meeting."""

    how = forms.LineField(
        label="How they were told",
        help_text="For example, by telephone to the practice manager on duty",
        error_messages={"required": "Enter how they were told"},
    )
    called = ("Day on which they were told", "Time at which they were told")
    field_order = ["how", "day", "time"]


class CommitteeForm(WithAgreements):
    """A local medical committee, with the agreements of its area."""

    mark_optional = False

    name = forms.LineField(
        label="Name of the committee, or of the post there",
        help_text="For example, Secretary of the local medical committee",
        error_messages={"required": "Enter what it is called"},
    )
    address = forms.EmailField(
        label="E-mail address", error_messages={"required": "Enter the e-mail address"}
    )
    field_order = ["name", "address", "agreements", "more"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choice = self.fields["agreements"]
        choice.label, choice.help_text = "Agreements of its area", ""


class HeadsUpFilter(forms.FilterForm):
    """What narrows the list."""

    state = forms.SelectField(label="State", choices=[("", "Any"), *HeadsUp.State.choices])
    kind = forms.SelectField(label="Kind", choices=[("", "Any"), *HeadsUp.Kind.choices])
    whose = forms.SelectField(
        label="Whose", choices=[("", "Everybody's"), ("ours", "Ours"), ("others", "Of others")]
    )
    agreement = forms.LineField(label="Title or reference of the agreement", max_length=100)
