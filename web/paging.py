"""Pages of a list that may be long."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.paginator import Paginator

from nhsuk.words import plural

# A reader narrows a list that is longer. To count on would take longer than to show a page.
MOST = 500


class LongList(Paginator):
    """The first rows of a query, page by page; `is_cut` where there are more."""

    @cached_property
    def _counted(self) -> int:
        rows: Any = self.object_list
        return int(rows.order_by()[: MOST + 1].count())

    @cached_property
    def count(self) -> int:
        return min(self._counted, MOST)

    @property
    def is_cut(self) -> bool:
        return self._counted > MOST

    def counted(self, noun: str) -> str:
        """ "3 open actions", "More than 500 open actions"."""
        return f"{'More than ' if self.is_cut else ''}{plural(self.count, noun)}"
