"""Pages of a list that may be long."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict

from nhsuk.words import plural

# A reader narrows a list that is longer. To count on would take longer than to show a page.
MOST = 500
# Of a list that is one part of a page.
A_PART = 50


def part_of(
    rows: Sequence[Any], asked: QueryDict, by: str, *, newest_last: bool = False
) -> Page[Any]:
    """The page of these rows that the part `by` of an address asks for; without one the first, or
    the last of what is told from the oldest on."""
    return Paginator(rows, A_PART).get_page(asked.get(by, -1 if newest_last else 1))


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
