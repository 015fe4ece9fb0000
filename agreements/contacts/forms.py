"""Naming a key contact."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from agreements.contacts.services.newcomers import Newcomer
from agreements.models import ContactProposal, KeyContact
from house.keys import id_in
from nhsuk import forms
from nhsuk.offers import Choices
from parties.forms.mailboxes import MailboxForm

# What a contact role may ask for, and the box for it.
ASKED = {"phone": "phone", "address": "postal_address"}
SOMEBODY_ELSE = "Use this for somebody who is not in the list."


class ContactForm(MailboxForm):
    """Who holds one contact role of one's own party from today, with a deputy."""

    mark_optional = False

    holder = forms.PickField(label="Who holds the role", required=False)
    name = forms.LineField(
        label="Or their name", help_text=SOMEBODY_ELSE, max_length=120, required=False
    )
    email = forms.EmailField(label="Their e-mail address", required=False)
    job_title = forms.LineField(
        label="Their job title",
        help_text="Leave it empty to use the post that the portal knows.",
        max_length=120,
        required=False,
    )
    deputy = forms.PickField(label="Deputy", nothing="No deputy", required=False)
    deputy_name = forms.LineField(
        label="Or the deputy’s name",  # noqa: RUF001 - an apostrophe in print
        help_text=SOMEBODY_ELSE,
        max_length=120,
        required=False,
    )
    deputy_email = forms.EmailField(label="The deputy’s e-mail address", required=False)  # noqa: RUF001

    phone = forms.LineField(
        label="Their telephone number",
        help_text="The agreement asks for it. All parties read it, and the PDF prints it.",
        max_length=40,
        required=False,
    )
    postal_address = forms.TextField(
        label="Their postal address",
        help_text="The agreement asks for it. All parties read it, and the PDF prints it.",
        rows=4,
        max_length=400,
        required=False,
    )

    def __init__(
        self,
        people: Choices,
        teams: Choices,
        contact: KeyContact | None,
        data: Any = None,
        proposed: ContactProposal | None = None,
        asks: Collection[str] = (),
    ) -> None:
        said = _of_proposal(proposed) if proposed else _said(contact) if contact else ()
        super().__init__(data, initial=dict(said))
        holder: Any = self.fields["holder"]
        deputy: Any = self.fields["deputy"]
        holder.offer(people + teams)
        deputy.offer(people)
        for asked, box in ASKED.items():
            if asked not in asks:
                del self.fields[box]

    @property
    def reached(self) -> dict[str, str]:
        """What was typed of what the terms ask for."""
        boxes = [box for box in ASKED.values() if box in self.fields]
        return {box: self.cleaned_data[box] for box in boxes}

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        self._one_of("holder", "name", "Choose who holds the role, or enter their name")
        for prefix in ("", "deputy_"):
            if said.get(f"{prefix}email") and not said.get(f"{prefix}name"):
                self.add_error(f"{prefix}name", "Enter the name that goes with the e-mail address")
        if said.get("deputy") and said.get("deputy_name"):
            self.add_error("deputy_name", "Choose a deputy or enter a name, not both")
        if said.get("deputy") and said.get("deputy") == said.get("holder"):
            self.add_error("deputy", "Choose somebody else as the deputy")
        return said

    def _one_of(self, chosen: str, typed: str, sentence: str) -> None:
        both = [self.cleaned_data.get(chosen), self.cleaned_data.get(typed)]
        if not any(both) and not self.errors:
            self.add_error(chosen, sentence)
        elif all(both):
            self.add_error(typed, "Choose from the list or enter a name, not both")

    @property
    def holder_id(self) -> int | None:
        """The person that was chosen; None for a team or somebody new."""
        return _number(self.cleaned_data["holder"], "")

    @property
    def team_id(self) -> int | None:
        return _number(self.cleaned_data["holder"], "team-")

    @property
    def deputy_id(self) -> int | None:
        return _number(self.cleaned_data["deputy"], "")

    @property
    def newcomer(self) -> Newcomer | None:
        return _newcomer(self.cleaned_data, "", self.cleaned_data["job_title"])

    @property
    def new_deputy(self) -> Newcomer | None:
        return _newcomer(self.cleaned_data, "deputy_", "")


def _said(contact: KeyContact) -> Iterator[tuple[str, str]]:
    """The contact as it is, so that one part of it can be changed."""
    yield "holder", f"team-{contact.team_id}" if contact.team_id else str(contact.person_id)
    if contact.deputy_id:
        yield "deputy", str(contact.deputy_id)
    yield "phone", contact.phone
    yield "postal_address", contact.postal_address


def _of_proposal(proposed: ContactProposal) -> Iterator[tuple[str, str]]:
    """Whom another party proposed, to be named as they are or as they should be called."""
    if proposed.person_id:
        yield "holder", str(proposed.person_id)
        return
    for part in ("name", "email", "job_title"):
        yield part, getattr(proposed, part)


def _number(chosen: str, prefix: str) -> int | None:
    rest = chosen.removeprefix(prefix)
    return id_in(rest) if chosen == f"{prefix}{rest}" else None


def _newcomer(said: Mapping[str, Any], prefix: str, job_title: str) -> Newcomer | None:
    name = said.get(f"{prefix}name")
    email, shares = said.get(f"{prefix}email", ""), bool(said.get("shares"))
    return Newcomer(name, email, job_title, shares) if name else None
