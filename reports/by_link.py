"""Key contacts without an account read a report and add their remark by a link (record 0052)."""

from __future__ import annotations

from typing import Final

from agreements.core.by_link import for_contacts

REMARKS: Final = for_contacts(
    "remarks_on_report", "A report to read", "read a report on performance, and add a remark"
)
