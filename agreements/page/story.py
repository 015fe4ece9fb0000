"""What happened to an agreement, as its page shows it: the newest at first, all on request."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from agreements.models import Agreement, Party
from agreements.page.queries.page import happenings_of
from agreements.page.timeline import timeline_of
from nhsuk.components import TimelineEntry

# Edits of one day are one entry, so more is read than is shown.
READ, SHOWN = 100, 20


class Story:
    def __init__(self, agreement: Agreement, parties: Sequence[Party], *, whole: bool) -> None:
        self.agreement, self.parties, self.whole = agreement, parties, whole

    @property
    def entries(self) -> list[TimelineEntry]:
        return self._read if self.whole else self._read[:SHOWN]

    @property
    def has_more(self) -> bool:
        return len(self.entries) < len(self._read)

    @cached_property
    def _read(self) -> list[TimelineEntry]:
        most = None if self.whole else READ
        return timeline_of(happenings_of(self.agreement, self.parties, most))
