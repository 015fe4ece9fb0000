from __future__ import annotations

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
