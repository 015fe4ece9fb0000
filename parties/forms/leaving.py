"""The form by which somebody leaves: their last day, and who takes over each thing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import QuerySet
from django.forms import BoundField

from nhsuk import forms
from nhsuk.offers import Choices
from parties.forms.mailboxes import MailboxForm
from parties.forms.people import ROLE_HINTS
from parties.holdings import Holding
from parties.models import Person, Role
from parties.offers import People, PersonField
from parties.services.leaving import Successors

NOBODY = "nobody"
# What gives a right that the rest does not need is ticked by hand.
_BY_HAND = (Role.ADMINISTRATOR, Role.SIGNATORY)


class Here(People):
    """The people of the organisation, read once for all fields."""

    def __init__(self, rows: QuerySet[Person]) -> None:
        super().__init__(rows)
        self._few = super().few()

    def few(self) -> Choices | None:
        return self._few


class Followers(People):
    """The same, and that nobody follows."""

    def __init__(self, here: Here) -> None:
        super().__init__(here.rows)
        self._few = here.few()

    def few(self) -> Choices | None:
        return None if self._few is None else [(NOBODY, "Nobody yet"), *self._few]

    def among(self, values: Collection[str]) -> Choices:
        chosen = [(NOBODY, "Nobody yet")] if NOBODY in values else []
        return [*chosen, *super().among([each for each in values if each != NOBODY])]

    def meant(self, typed: str, most: int) -> Choices:
        if typed.casefold() in (NOBODY, "nobody yet"):
            return [(NOBODY, "Nobody yet")]
        return super().meant(typed, most)


class LeaveForm(MailboxForm):
    """Somebody's last day, who takes over what they hold, and who takes over single things."""

    last_day = forms.DateField(label="Last day", help_text="For example, 30 9 2014")
    successor = PersonField(
        label="Who takes over?",
        required=False,
        nothing="Nobody yet: what they hold falls vacant",
        help_text="They follow in all that nobody else is chosen for below, from today.",
    )
    name = forms.LineField(
        label="Name of somebody who is not in the list",
        max_length=120,
        required=False,
        help_text="They are added to your organisation.",
    )
    email = forms.EmailField(label="Their e-mail address", required=False)
    title = forms.LineField(label="Their post", max_length=120, required=False)
    roles = forms.ChecklistField(
        label="Roles for whoever takes over",
        choices=Role.choices,
        required=False,
        widget=forms.Checkboxes(hints=ROLE_HINTS),
        help_text="At once where they have an account. Whoever has none is invited by e-mail.",
    )

    def __init__(
        self,
        *args: Any,
        people: QuerySet[Person],
        held: Sequence[Holding],
        roles: Sequence[str] = (),
        **options: Any,
    ) -> None:
        started = [role for role in roles if role not in _BY_HAND]
        options["initial"] = {"roles": started} | options.get("initial", {})
        super().__init__(*args, **options)
        here = Here(people)
        self._offer(here, roles)
        offered = Followers(here)
        self.things = {each.key: each for each in held if each.key}
        for key, holding in self.things.items():
            self.fields[key] = _who_follows(holding)
            self.fields[key].offer(offered)  # type: ignore[attr-defined]

    def _offer(self, here: Here, roles: Sequence[str]) -> None:
        self.fields["successor"].offer(here)  # type: ignore[attr-defined]
        if roles:
            named = [(value, label) for value, label in Role.choices if value in roles]
            self.fields["roles"].choices = named  # type: ignore[attr-defined]
        else:
            del self.fields["roles"]

    @property
    def of_somebody_new(self) -> list[BoundField]:
        """With the question whether they share a mailbox, once it is asked."""
        return [each for each in self if each.name in ("name", "email", "shares", "title")]

    @property
    def of_each(self) -> list[BoundField]:
        """Who follows in single things."""
        return [self[key] for key in self.things]

    def clean(self) -> dict[str, Any]:
        """The last day and the successors, as the service takes them."""
        cleaned: dict[str, Any] = super().clean() or {}
        newcomer = self._newcomer(cleaned)
        if self.errors:
            return cleaned
        said = {key: cleaned[key] for key in self.things if cleaned.get(key)}
        each = {key: None if who == NOBODY else who for key, who in said.items()}
        rest, roles = cleaned.get("successor"), cleaned.get("roles", ())
        found = Successors(rest=rest, each=each, newcomer=newcomer, roles=roles)
        return {"last_day": cleaned["last_day"], "successors": found}

    def _newcomer(self, cleaned: dict[str, Any]) -> dict[str, str | bool] | None:
        """Somebody new as they were typed, with what is missing said at its box."""
        typed = {name: cleaned.get(name) or "" for name in ("name", "email", "title")}
        if not any(typed.values()):
            return None
        missing = {"name": "Enter their name", "title": "Enter their post"}
        if cleaned.get("roles"):
            missing["email"] = "Enter an e-mail address: the invitation goes there"
        for name, said in missing.items():
            if not typed[name] and name not in self.errors:
                self.add_error(name, said)
        return {**typed, "shares": bool(cleaned.get("shares"))}


class FollowsField(PersonField):
    """Somebody, NOBODY, or empty where whoever takes over the rest does."""

    def clean(self, value: Any) -> Any:
        chosen = forms.PickField.clean(self, value)
        if chosen in ("", NOBODY):
            return chosen
        return self.offered.rows.filter(pk=chosen).first()


def _who_follows(holding: Holding) -> FollowsField:
    rest = "Whoever takes over the rest" if holding.by_default else "Nobody yet"
    return FollowsField(
        label=holding.text, required=False, nothing=rest, help_text=_without(holding)
    )


def _without(holding: Holding) -> str:
    needs = " or ".join(str(Role(role).label) for role in holding.needs)
    asked = f" Who follows needs the role {needs}." if needs else ""
    return f"Without a successor: {holding.otherwise[:1].lower()}{holding.otherwise[1:]}.{asked}"
