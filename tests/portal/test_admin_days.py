"""The administration site takes no day from which nobody can count."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.admin import site
from django.forms import DateField, Field, ModelForm
from django.test import RequestFactory

from tests.cast import Cast
from tests.conftest import ClientOf


def _forms(cast: Cast) -> dict[str, type[ModelForm]]:
    """The form of each page, and of each table on a page, that a system administrator can fill."""
    request = RequestFactory().get("/admin/")
    request.user = cast.system_administrator
    found: dict[str, type[ModelForm]] = {}
    for model, page in site._registry.items():
        if page.has_add_permission(request):
            found[model._meta.label] = page.get_form(request)
        for table in page.get_inline_instances(request):
            if table.has_add_permission(request, None):
                name = f"{model._meta.label}.{table.model._meta.label}"
                found[name] = table.get_formset(request).form
    return found


def _takes(field: Field, day: date) -> bool:
    try:
        field.clean(day.isoformat())
    except Exception:
        return False
    return True


@pytest.mark.django_db
def test_no_page_takes_a_day_out_of_reach(cast: Cast) -> None:
    days = {
        f"{label}.{name}": field
        for label, form in _forms(cast).items()
        for name, field in form.base_fields.items()
        if isinstance(field, DateField)
    }
    assert len(days) > 10
    for far in (date.min, date.max):
        assert [name for name, field in days.items() if _takes(field, far)] == []
    assert all(_takes(field, date(2027, 1, 4)) for field in days.values())


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_holiday_out_of_reach_is_refused_in_words(
    cast: Cast, client_of: ClientOf, day: str
) -> None:
    form = {"calendar": "england_and_wales", "day": day, "name": "A day of thanks"}
    page = client_of(cast.system_administrator).post("/admin/deadlines/holiday/add/", form)
    assert page.status_code == 200
    assert "Enter a day " in page.content.decode()
