"""A file or its address on the web, as a form takes the one or the other."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from django import forms as django_forms

from agreements.associated.said import Brought
from agreements.signing.own_copies import FromElsewhereForm
from documents.office import kind_of, office_file_from
from house.refusals import Refused
from nhsuk import forms

_ADDRESS = re.compile(r"https://[!-~]+", re.IGNORECASE)
WRONG_ADDRESS: Final = (
    "Enter the whole address of a page or file that begins with https://, as your browser shows it "
    "when you copy it"
)


class FileOrLinkForm(FromElsewhereForm):
    """Takes a PDF, a Word document, an Excel workbook or an address."""

    mark_optional = False

    file = forms.UploadField(
        label="File",
        help_text="A PDF, a Word document (.docx) or an Excel workbook (.xlsx), up to 20 MB.",
        accept=".pdf,.docx,.xlsx",
        required=False,
    )
    link = forms.LineField(
        label="Or its address on the web",
        help_text="It begins with https://. The text prints it as it is.",
        max_length=500,
        required=False,
        autocomplete="off",
    )

    def clean_link(self) -> str:
        link: str = self.cleaned_data["link"]
        if link and not is_address(link):
            raise django_forms.ValidationError(WRONG_ADDRESS)
        return link

    def brought_file(self) -> Brought | None:
        """The file; None without one. Raises Refused for one that is not taken, and to ask."""
        upload = self.cleaned_data.get("file")
        if upload and kind_of(upload):
            try:
                return Brought(office_file_from(upload), upload.name)
            except Refused as refusal:
                refusal.field = "file"
                raise
        if upload or self.cleaned_data.get("mended"):
            return Brought(self.brought(), self.file_name)
        return None


def is_address(link: str) -> bool:
    """Of a page or file on the web, with no name or password of somebody in it."""
    try:
        parts = urlsplit(link)
        host = parts.hostname or ""
        parts.port  # noqa: B018 - raises ValueError where it is none
    except ValueError:
        return False
    plain = bool(_ADDRESS.fullmatch(link)) and "@" not in parts.netloc
    return plain and "." in host.strip(".")
