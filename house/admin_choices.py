"""What is chosen on a page of the administration site by searching for it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from django.contrib.admin.sites import AdminSite
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey
from django.forms import ModelChoiceField
from django.http import HttpRequest


class Choice(AutocompleteSelect):
    """Shows again what was chosen. What can be no row's number is no choice: Django would look for
    it all the same, and the page would break in the place of saying so."""

    field: ForeignKey[Any, Any]

    def optgroups(
        self, name: str, value: Sequence[Any], attrs: dict[str, Any] | None = None
    ) -> list[Any]:
        possible = [each for each in value if self._may_be_a_row(each)]
        groups: list[Any] = super().optgroups(name, possible, attrs)
        return groups

    def _may_be_a_row(self, value: Any) -> bool:
        with suppress(ValidationError):
            self.field.target_field.clean(value, None)
            return True
        return not value


class ChosenBySearching:
    """Mix in before an admin or an inline with `autocomplete_fields`."""

    admin_site: AdminSite

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField[Any] | None:
        above: Any = super()
        if db_field.name in above.get_autocomplete_fields(request):
            kwargs["widget"] = Choice(db_field, self.admin_site, using=kwargs.get("using"))
        field: ModelChoiceField[Any] | None
        field = above.formfield_for_foreignkey(db_field, request, **kwargs)
        return field
