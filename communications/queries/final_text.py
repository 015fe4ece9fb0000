"""The final text of a released announcement: as it stands now, and every one before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from communications.models import Correction, Release
from documents.models import StoredFile
from parties.models import User


@dataclass(frozen=True)
class FinalText:
    """One of them: typed or as a PDF, and who gave it, when, and for a correction why."""

    number: int
    text: str
    file: StoredFile | None
    by: User
    at: datetime
    because: str = ""

    def is_same(self, text: str, sha256: str) -> bool:
        return self.file.sha256 == sha256 if self.file else self.text == text


def final_texts(release: Release) -> list[FinalText]:
    """All of them, the one that holds now first (one query). The first that was released is 1."""
    rows = Correction.objects.filter(release=release).select_related("file", "corrected_by__person")
    found = [FinalText(1, release.text, release.file, release.marked_by, release.marked_at)]
    for number, each in enumerate(rows, start=2):
        found.append(
            FinalText(number, each.text, each.file, each.corrected_by, each.at, each.because)
        )
    return found[::-1]
