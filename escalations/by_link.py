"""Key contacts without an account raise an issue, or answer one, by a link (record 0052)."""

from __future__ import annotations

from typing import Final

from agreements.core.by_link import for_contacts

ANSWERS: Final = for_contacts(
    "answers_issue", "A disagreement to answer", "say what your side wants in a disagreement"
)
