"""Pages of the terms about contact roles: what each is for, and how often all are confirmed."""

from __future__ import annotations

from typing import Any

from agreements.drafting.forms.part import Part, number
from agreements.drafting.forms.role_keys import address_of
from agreements.terms import ContactRole
from nhsuk import forms


class RolePart(Part):
    """What a contact role is for, and what it asks of its holder, whichever side keeps it."""

    hint = ""
    what = forms.TextField(
        label="What its holder does", help_text="In a sentence or two.", rows=3, max_length=1_000,
        required=False,
    )  # fmt: skip
    seat = forms.LineField(
        label="Body on which its holder should have a seat",
        help_text="For example, Planning Group. The portal says where the holder has none.",
        required=False,
    )
    asks = forms.ChecklistField(
        label="What each party gives of its holder besides name and e-mail address",
        choices=[("phone", "Telephone number"), ("address", "Postal address")],
        required=False,
    )
    gets_mail = forms.CheckboxField(label="The portal writes to its holder", required=False)

    @property
    def role(self) -> ContactRole | None:
        roles = self.before.contact_roles
        return next((role for role in roles if address_of(role, roles) == self.key), None)

    @property
    def heading(self) -> str:
        return self.role.label if self.role else "Contact role"

    def shown(self) -> dict[str, Any]:
        return dict(self.role) if self.role else {}

    def said(self) -> dict[str, Any]:
        said = self.cleaned_data
        more = {
            "what": " ".join(said["what"].split()),
            "seat": said["seat"],
            "asks": tuple(each for each in ("phone", "address") if each in said["asks"]),
            "gets_mail": said["gets_mail"],
        }
        roles = self.before.contact_roles
        return {
            "contact_roles": tuple(
                role.model_copy(update=more) if role == self.role else role for role in roles
            )
        }


class ContactsPart(Part):
    """How often key contacts are confirmed."""

    name, hint = "Keeping contacts up to date", ""
    contacts_months = number(
        "Key contacts are confirmed every", "months", least=1, most=60,
        hint="Leave it empty if the agreement does not say. Then we ask every six months.",
    )  # fmt: skip

    def shown(self) -> dict[str, Any]:
        return {"contacts_months": self.before.contacts_confirmed_months}

    def said(self) -> dict[str, Any]:
        return {"contacts_confirmed_months": self.cleaned_data["contacts_months"]}
