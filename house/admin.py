"""The bases of every page of the administration site.

Nothing with evidence can be deleted there; what has a state, or must not change, is read only;
what leaves as a table is defused, so that a spreadsheet runs none of its cells. Import is not
offered: lists come in through services.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from import_export.admin import ExportMixin
from import_export.forms import ExportForm
from import_export.resources import modelresource_factory
from simple_history.admin import SimpleHistoryAdmin

from house.admin_choices import ChosenBySearching
from house.admin_days import DaysInReach
from house.exports import (
    MOST_ROWS,
    TOO_MANY,
    SafeCsv,
    SafeWorkbook,
    TypedJson,
    TypedResource,
    name_of_export,
)
from house.refusals import Refused

M = TypeVar("M", bound=Model)


class ExportOnly(ExportMixin):
    """Mix in before an admin: its list can be taken away as CSV, Excel or JSON."""

    model: type[Model]

    # The form of import-export that needs no inline script.
    export_form_class = ExportForm
    export_template_name = "admin/export.html"

    def get_export_resource_classes(self, request: HttpRequest) -> list[type]:
        """What a page here leaves out does not leave as a table either."""
        if own := getattr(self, "resource_classes", None):
            return list(own)
        hidden = list(getattr(self, "exclude", None) or ())
        return [modelresource_factory(self.model, TypedResource, {"exclude": hidden})]

    def export_action(self, request: HttpRequest) -> HttpResponse:
        """What the address asks for and no list has is answered as the list itself answers it."""
        try:
            page: HttpResponse = super().export_action(request)
        except IncorrectLookupParameters:
            opts = self.model._meta
            return redirect(
                f"{reverse(f'admin:{opts.app_label}_{opts.model_name}_changelist')}?e=1"
            )
        return page

    def get_export_formats(self) -> list[type]:
        return [SafeWorkbook, SafeCsv, TypedJson]

    def get_export_data(
        self, file_format: Any, request: HttpRequest, queryset: Any, **kwargs: Any
    ) -> Any:
        """The file. Raises ValueError, which the page shows, when there are too many rows."""
        if queryset[: MOST_ROWS + 1].count() > MOST_ROWS:
            raise ValueError(TOO_MANY)
        rows = self.get_data_for_export(request, queryset, **kwargs)
        return file_format.export_data(rows)

    def get_export_filename(self, request: HttpRequest, queryset: Any, file_format: Any) -> str:
        return name_of_export(self.model, file_format.get_extension())


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


def try_each(rows: QuerySet[M], act: Callable[[M], object]) -> int:
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


class TrackedAdmin(
    ChosenBySearching, DaysInReach, NothingDeleted, Prefetching, ExportOnly, SimpleHistoryAdmin
):
    """Rows that a system administrator may add and change, with the history of each."""

    list_per_page = 50
    show_full_result_count = False

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        try:
            self.model._meta.pk.to_python(unquote(object_id))
        except ValidationError:
            raise Http404 from None
        page: HttpResponse = super().history_view(request, object_id, extra_context)
        return page


class TrackedReadOnlyAdmin(NothingWritten, TrackedAdmin):
    """Rows with a state or with evidence: to look at, with their history."""
