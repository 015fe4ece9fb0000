"""Forms that take a PDF, and what they ask about the copy of one that was damaged or locked.

The copy counts when somebody has opened it and said that everything is there (record 0038). Until
then both files wait beside the form, for whoever brought them alone.
"""

from __future__ import annotations

from copy import deepcopy
from functools import cached_property
from typing import Any

from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from documents.uploads import BroughtPdf, Mended, damages_of, looked_at
from house.refusals import Refused
from house.wall import WhoAsks
from nhsuk import forms
from nhsuk.words import plural
from web.models import MendedUpload

TICK = "Open the copy and compare it. Then tick that everything is there, or choose another file."
GONE = "The copy is not kept any more. Choose the file again."


class PdfForm(forms.Form):
    """Takes one PDF in the field that `pdf_field` names. The view says who `asks`."""

    pdf_field = "file"
    asks: WhoAsks

    mended = django_forms.UUIDField(widget=django_forms.HiddenInput, required=False)
    is_whole = forms.CheckboxField(
        label="I opened the copy and compared it: everything is there", required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.data.get("mended"):
            self.fields[self.pdf_field].required = False
        else:
            del self.fields["is_whole"]

    @cached_property
    def waiting(self) -> MendedUpload | None:
        """The copy that the form asks about."""
        try:
            key = self.fields["mended"].clean(self.data.get("mended"))
        except ValidationError:
            return None
        if key is None:
            return None
        rows = MendedUpload.objects.visible_to(self.asks).filter(key=key)
        return rows.defer("original", "copy").first()

    def brought(self) -> BroughtPdf:
        """What counts as the file. Raises Refused for one that is not taken, and to ask."""
        upload: UploadedFile | None = self.cleaned_data.get(self.pdf_field)
        try:
            if upload:
                found = looked_at(upload)
                return self._asked_about(found, found.mended, upload) if found.mended else found
            return self._compared()
        except Refused as refusal:
            refusal.field = refusal.field or self.pdf_field
            raise

    @property
    def file_name(self) -> str:
        upload: UploadedFile | None = self.cleaned_data.get(self.pdf_field)
        return (upload.name if upload else self.waiting and self.waiting.name) or "file.pdf"

    def taken(self) -> None:
        """The file is kept where it belongs: nothing waits any more."""
        if self.waiting:
            self.waiting.delete()

    def _asked_about(self, found: BroughtPdf, mended: Mended, upload: UploadedFile) -> BroughtPdf:
        """Keeps both files for two days and asks. Raises Refused, which is the question."""
        row = MendedUpload.objects.keep(
            found.data, mended, name=upload.name or "", reader=self.asks.user
        )
        said = self.data.copy()  # type: ignore[attr-defined]
        said["mended"] = str(row.key)
        said.pop("is_whole", None)
        self.data = said
        self.fields["is_whole"] = deepcopy(self.base_fields["is_whole"])
        self.__dict__["waiting"] = row
        raise Refused(question(mended))

    def _compared(self) -> BroughtPdf:
        if self.waiting is None:
            raise Refused(GONE)
        if not self.cleaned_data.get("is_whole"):
            raise Refused(TICK, field="is_whole")
        return self.waiting.brought


def question(mended: Mended) -> str:
    """What was wrong with the file, and what is asked about its copy."""
    what, pages = damages_of(mended.faults), plural(mended.pages, "page")
    said = f"This PDF is damaged: {what}. The portal made a repaired copy with {pages}."
    if not what:
        said = (
            "This PDF is locked against changes. The portal made a copy without the lock, with "
            f"{pages}."
        )
    if "signed" in mended.faults:
        said += " The digital signatures in it can be checked in your own file only."
    return f"{said} Open the copy and compare: is everything there?"
