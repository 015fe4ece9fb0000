"""A key contact without an account reads a concern shared with their party (record 0052)."""

from __future__ import annotations

from typing import Final

from agreements.core.by_link import for_contacts

READS: Final = for_contacts(
    "reads_concern", "A confidential record to read", "read a confidential record"
)
