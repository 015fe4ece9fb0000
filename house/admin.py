"""The bases of every page of the administration site.

Nothing with evidence can be deleted there; what has a state, or must not change, is read only;
what leaves as a table is defused, so that a spreadsheet runs none of its cells. Import is not
offered: lists come in through services.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, TypeVar

import tablib
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from import_export.admin import ExportMixin
from import_export.formats.base_formats import CSV, JSON, XLSX
from import_export.forms import ExportForm
from import_export.resources import modelresource_factory
from simple_history.admin import SimpleHistoryAdmin

from house.refusals import Refused

# What a spreadsheet takes for the start of a formula, the wide forms too, and also behind what
# it skips: white space, marks without width, control characters.
_STARTS_FORMULA = re.compile(
    r"[\s\x00-\x1f\u200b\ufeff'\"]*[=+\-@|\uff1d\uff0b\uff0d\uff20]|[\t\r\n\x00]"
)
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def defused(cell: Any) -> Any:
    """Text that could be taken for a formula gets an apostrophe in front; all else stays."""
    if not isinstance(cell, str) or _NUMBER.fullmatch(cell):
        return cell
    return f"'{cell}" if _STARTS_FORMULA.match(cell) else cell


M = TypeVar("M", bound=Model)


def _defused_rows(dataset: Any) -> Any:
    safe = tablib.Dataset(headers=[defused(header) for header in dataset.headers])
    for row in dataset:
        safe.append([defused(cell) for cell in row])
    return safe


class SafeCsv(CSV):
    def export_data(self, dataset: Any, **kwargs: Any) -> Any:
        return super().export_data(_defused_rows(dataset), **kwargs)


class SafeWorkbook(XLSX):
    def export_data(self, dataset: Any, **kwargs: Any) -> Any:
        return super().export_data(_defused_rows(dataset), **kwargs)


class ExportOnly(ExportMixin):
    """Mix in before an admin: its list can be taken away as CSV, Excel or JSON."""

    model: type[Model]

    # The form of import-export that needs no inline script.
    export_form_class = ExportForm
    export_template_name = "admin/export.html"

    def get_export_resource_classes(self, request: HttpRequest) -> list[type]:
        """What a page here leaves out does not leave as a table either."""
        hidden = list(getattr(self, "exclude", None) or ())
        if not hidden:
            found: list[type] = super().get_export_resource_classes(request)
            return found
        return [modelresource_factory(self.model, meta_options={"exclude": hidden})]

    def get_export_formats(self) -> list[type]:
        # Nothing but a spreadsheet runs formulas: JSON stays as it is.
        return [SafeWorkbook, SafeCsv, JSON]


class NothingDeleted:
    """Mix in before an admin: no row can be deleted, one by one or all that are marked."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class NothingWritten:
    """Mix in before an admin: no row can be added or changed."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class Prefetching:
    """Mix in before an admin: what a list shows of many rows is read in one query for all."""

    list_prefetch_related: Sequence[str] = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)  # type: ignore[misc]
        return rows.prefetch_related(*self.list_prefetch_related)


def try_each(rows: QuerySet[M], act: Callable[[M], None]) -> int:
    """Does the act to each marked row; what it refuses stays as it is. Returns how many took it."""
    done = 0
    for row in rows.order_by("pk"):
        with suppress(Refused):
            act(row)
            done += 1
    return done


class ReadOnlyAdmin(NothingWritten, NothingDeleted, Prefetching, ExportOnly, admin.ModelAdmin):
    """Rows that services write and that nobody may change here."""

    list_per_page = 50
    show_full_result_count = False


class TrackedAdmin(NothingDeleted, Prefetching, ExportOnly, SimpleHistoryAdmin):
    """Rows that a system administrator may add and change, with the history of each."""

    list_per_page = 50
    show_full_result_count = False


class TrackedReadOnlyAdmin(NothingWritten, TrackedAdmin):
    """Rows with a state or with evidence: to look at, with their history."""
