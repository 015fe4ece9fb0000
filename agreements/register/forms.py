"""Registering a signed MoU on one page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BoundField

from agreements.core.choices import names_ever
from agreements.drafting.forms.setting_up import PartiesForm
from agreements.models import TemplateVersion
from agreements.register.date_forms import AS_CALLED, DatesForm
from agreements.register.people_lines import PeopleField, Typed
from agreements.register.rules import named_in, not_as_chosen
from agreements.signing.own_copies import FromElsewhereForm
from agreements.terms import ContactRole, ReviewTerm, Slot, Terms, keys_of
from house.canonical import fingerprint
from house.refusals import Refused
from nhsuk import forms
from nhsuk.dates import day
from nhsuk.words import plural
from parties.forms.mailboxes import MailboxForm
from parties.offers import Organisations

PARTS = ("name", "job_title", "email")
FROM_TEMPLATE = "It stands here as the template says it: change it if the MoU says otherwise."
UNREAD = (
    "The portal could not read just now whom the file names. Look at the parties again: then tick "
    "that they are right, or try again."
)


class RegisterForm(DatesForm, MailboxForm, PartiesForm, FromElsewhereForm):
    """A signed MoU that was made elsewhere; its duties are those of a template."""

    not_chosen, must_choose = "Choose from the list", True
    field_order = ("file", "is_whole", "title")
    _in_doubt = False

    file = forms.UploadField(
        label="The signed MoU", accept=".pdf", help_text="A PDF of up to 20 MB."
    )
    title = forms.LineField(label="Title", help_text=AS_CALLED)
    parties_are_right = forms.CheckboxField(
        label="The parties are right, whatever the file says", required=False
    )

    def __init__(
        self,
        version: TemplateVersion,
        offered: Mapping[str, Organisations],
        initial: Any,
        data: Any = None,
        files: Any = None,
    ) -> None:
        self.terms = version.typed_terms
        days = _days_in(self.terms)
        super().__init__(version.typed_slots, offered, data, files, initial=days | initial)
        self.offered = offered
        self.version = version
        for name in days:
            self.fields[name].help_text = f"{self.fields[name].help_text} {FROM_TEMPLATE}"
        if term := self.terms.review:
            self.fields["review_on"].help_text = _when_empty(term)
        self.people: dict[str, dict[str, Typed]] = {}
        for slot, role in self._shared_roles():
            self.fields[f"{slot.key}-{role.key}"] = PeopleField(slot, role)
        for slot, role in self._roles():
            name = f"{slot.key}-{role.key}"
            title = forms.LineField(label="Job title", max_length=120, required=False)
            email = forms.EmailField(label="E-mail address", required=False)
            self.fields |= {
                f"{name}-name": forms.LineField(label="Name", max_length=120, required=False),
                f"{name}-job_title": title,
                f"{name}-email": email,
            }

    def clean(self) -> dict[str, Any]:
        super().clean()
        for slot, role in self._roles():
            name = f"{slot.key}-{role.key}"
            said = [self.cleaned_data.get(f"{name}-{part}") for part in PARTS]
            if any(said) and not said[0] and f"{name}-name" not in self.errors:
                self.add_error(f"{name}-name", f"Enter the name of the {role.label}")
        for slot, role in self._shared_roles():
            self._find_people(slot, f"{slot.key}-{role.key}")
        return self.cleaned_data

    def _find_people(self, slot: Slot, name: str) -> None:
        """Whose contacts the lines are: of the organisations that were chosen for the side."""
        if not (typed := self.cleaned_data.get(name)) or slot.key in self.errors:
            return
        chosen = self.offered[slot.key].rows.filter(pk__in=self._said(slot))
        field: Any = self.fields[name]
        try:
            names = names_ever({slot.key: Organisations(chosen)})
            self.people[name] = field.by_organisation(typed, names)
        except ValidationError as error:
            self.add_error(name, error)

    def _roles(self) -> list[tuple[Slot, ContactRole]]:
        """Of the sides that one organisation takes."""
        single = (slot for slot in self.slots if not slot.many)
        return [(slot, role) for slot in single for role in self.terms.contact_roles_of(slot.key)]

    def _shared_roles(self) -> list[tuple[Slot, ContactRole]]:
        """Of the sides that many share: all their people on as many lines."""
        shared = (slot for slot in self.slots if slot.many)
        return [(slot, role) for slot in shared for role in self.terms.contact_roles_of(slot.key)]

    # --- For the page

    def about(self) -> list[BoundField]:
        in_doubt = ["parties_are_right"] if self.parties_in_doubt else []
        asked = ["is_whole"] if self.waiting else []
        names = ["file", *asked, "title", *(slot.key for slot in self.slots), *in_doubt]
        return [self[name] for name in names]

    @property
    def parties_in_doubt(self) -> bool:
        """Whether the file was found to name others: only then the box to tick is shown."""
        return self._in_doubt or "parties_are_right" in self.data

    # --- For the service

    def check_parties(self, words: str | None) -> None:
        """Raises Refused when the file names another organisation on offer, not the one chosen.

        Who takes a side sees the agreement at once: a slip here would show it to a stranger. So
        where the file could not be read (None) the person looks again.
        """
        if self.cleaned_data["parties_are_right"]:
            return
        if words is None:
            self._in_doubt = True
            raise Refused(UNREAD, field=self.slots[0].key)
        chosen = {key: str(pk) for key, pk in self.chosen({}).items()}
        named = named_in(words, names_ever(self.offered))
        known = set(chosen.values()) | named
        offered = {slot: of.names_of(known) for slot, of in self.offered.items()}
        for slot, instead in not_as_chosen(chosen, offered, named).items():
            self._in_doubt = True
            raise Refused(
                f"The file names {instead}. Choose again, or tick that the parties are right.",
                field=slot,
            )

    @property
    def typed_sha256(self) -> str:
        """Of all that was typed: a second press of the button types the same."""
        ticks = {"file", "mended", "is_whole", "dates_are_right", "parties_are_right"}
        said = {k: str(v) for k, v in self.cleaned_data.items() if k not in ticks}
        return fingerprint(said | {"template": str(self.version.pk)})

    @property
    def contacts(self) -> dict[str, dict[str, dict[str, Any]]]:
        """By the keys of the parties and of their roles."""
        shares = {"shares": bool(self.cleaned_data.get("shares"))}
        chosen = {key: str(pk) for key, pk in self.chosen({}).items()}
        said: dict[str, dict[str, dict[str, Any]]] = {key: {} for key in chosen}
        for slot, role in self._roles():
            name = f"{slot.key}-{role.key}"
            person = {part: self.cleaned_data[f"{name}-{part}"] for part in PARTS}
            if person["name"]:
                said[slot.key][role.key] = {"person": person | shares}
        for slot, role in self._shared_roles():
            people = self.people.get(f"{slot.key}-{role.key}", {})
            for key in keys_of(slot, chosen):
                if typed := people.get(chosen[key]):
                    said[key][role.key] = {"person": typed.person | shares}
        return said


def _days_in(terms: Terms) -> dict[str, Any]:
    """What the template itself says of start and end: to look at, and to change."""
    period = terms.period
    said = {
        "effective_on": period.starts_on, "end_on": period.ends_on, "ends_when": period.ends_when
    }  # fmt: skip
    return {name: each for name, each in said.items() if each}


def _when_empty(term: ReviewTerm) -> str:
    """What the date of review is where nobody enters one."""
    if term.fixed_on:
        when = day(term.fixed_on)
    else:
        months = plural(term.after_months or 0, "month")
        when = f"{months} after the sign-off, or after the day from which it has effect"
    return (
        f"If you leave it empty, we put {when}. Where the MoU names a month or a period, enter its "
        "last day."
    )
