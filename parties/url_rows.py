"""A URL in one row: its path, view and name, who may open it, and by which methods.

This is the first question only, about the role. The second, whether the thing is theirs to see,
is `visible_to` in the view: a stranger gets the same 404 as for what does not exist.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.http import require_http_methods

from parties.who import Who

View = Callable[..., HttpResponse]

GET: Final = ("GET", "HEAD")
POST: Final = ("POST",)
BOTH: Final = (*GET, *POST)


@dataclass(frozen=True)
class Row:
    path: str
    view: View
    name: str
    who: Who
    methods: tuple[str, ...]


def patterns(rows: Iterable[Row]) -> list[URLPattern]:
    """What Django takes for these rows. Every other method is answered with 405."""
    return [path(row.path, _opened_by(row), name=row.name) for row in rows]


def under(prefix: str, rows: Iterable[Row], *, namespace: str) -> URLResolver:
    """The same below a prefix; the names are called `namespace:name`."""
    return path(prefix, include((patterns(rows), namespace)))


def who_opens(view: Callable[..., Any]) -> Who | None:
    """Whom the row of a view names; None for a view that came here without a row."""
    who: Who | None = getattr(view, "opened_by", None)
    return who


def _opened_by(row: Row) -> View:
    view: View = require_http_methods(row.methods)(row.view)
    view.opened_by = row.who  # type: ignore[attr-defined]
    return view
