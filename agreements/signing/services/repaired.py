"""What the record says of a file that is a copy of a damaged or locked one."""

from __future__ import annotations

from django.db import models

from agreements.core.telling import record
from agreements.models import Agreement
from documents.models import StoredFile
from documents.uploads import damages_of
from nhsuk.words import plural
from parties.acting import Acting


def note_repair(*, by: Acting, agreement: Agreement, about: models.Model, file: StoredFile) -> None:
    """Writes down that somebody compared the copy with what they brought; nothing for other files.

    In the caller's transaction.
    """
    if repair := file.copy_of:
        record(
            by=by,
            verb="copy_compared",
            agreement=agreement,
            about=about,
            original=repair.original.sha256,
            copy=file.sha256,
            what="damaged" if damages_of(repair.faults) else "locked against changes",
            pages=plural(repair.pages, "page"),
        )
