from __future__ import annotations

from typing import Any

from agreements.emails.choosing import ToChoose
from documents.emails import ReadEmail, email_from
from house.refusals import Refused
from nhsuk import forms


class EmailForm(forms.Form):
    """One saved e-mail."""

    mark_optional = False

    file = forms.UploadField(
        label="The saved e-mail",
        help_text="In Outlook choose File, then Save as; other programs say Save or Download. An "
        ".eml or .msg file, up to 20 MB.",
        accept=".eml,.msg",
        error_messages={"required": "Choose the file of the saved e-mail"},
    )

    def read(self) -> ReadEmail:
        """What it says. Raises Refused for a file that is no e-mail, or cannot be read."""
        try:
            return email_from(self.cleaned_data["file"])
        except Refused as refusal:
            refusal.field = "file"
            raise


class WhereForm(forms.Form):
    """What an e-mail is about, of the things of its agreement."""

    mark_optional = False

    where = forms.PickField(
        label="What it is about",
        help_text="Whoever can read that reads the e-mail there.",
        error_messages={"required": "Choose what it is about"},
    )

    def __init__(self, *args: Any, to_choose: ToChoose, **more: Any) -> None:
        super().__init__(*args, **more)
        where: Any = self.fields["where"]
        where.offer(to_choose.choices)


class HeldForm(WhereForm):
    """The same for one that waits, or that it is not taken."""

    field_order = ("what", "where")

    what = forms.RadioField(
        label="What becomes of it?",
        choices=[
            ("take", "Put it on record"),
            ("drop", "Do not take it"),
        ],
        error_messages={"required": "Say what becomes of it"},
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["where"].required = False

    @property
    def is_taken(self) -> bool:
        return bool(self.cleaned_data["what"] == "take")

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("what") == "take" and not said.get("where") and "where" not in self.errors:
            self.add_error("where", "Choose what it is about")
        return said
