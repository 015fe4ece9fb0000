"""What the lint of the wall refuses in views and forms, and what it lets be."""

from __future__ import annotations

import inspect
from importlib import import_module, util
from pathlib import Path

import pytest
from django.apps import apps

from tools.lint_wall import ROOT, begins_at_the_wall, faults_in, is_view, whole_models_in


@pytest.mark.parametrize(
    "code",
    [
        "Agreement.objects.get(pk=1)",
        "Agreement.objects.filter(pk=1)",
        "Agreement.objects.in_bulk(ids)",
        "Agreement.objects.select_related('x').visible_to(acting)",
        "Agreement._default_manager.filter(pk=1)",
        "models.Agreement._base_manager.all()",
        "type(found).objects.first()",
        "rows = Agreement.objects",
        "seen = Agreement.objects.visible_to(acting) | Agreement.objects.filter(pk=1)",
        "Exists(Share.objects.filter(draft=OuterRef('pk')))",
        "Agreement.objects.visible_to()",
        "get_object_or_404(Agreement, reference=reference)",
        "shortcuts.get_list_or_404(models.Agreement)",
        "getattr(Agreement, 'objects').all()",
        "Agreement.history.filter(reference=reference)",
        "Agreement.parties.through.objects.all()",
        "apps.get_model('agreements', 'Agreement')",
        "AgreementQuerySet(Agreement).filter(pk=1)",
        "with connection.cursor() as cursor: pass",
        "django_forms.ModelChoiceField(Person.objects.order_by('name'))",
    ],
)
def test_what_does_not_begin_at_the_wall_is_refused(code: str) -> None:
    assert [line for line, _ in faults_in(f"\n{code}")] == [2] * len(list(faults_in(code)))
    assert list(faults_in(code))


@pytest.mark.parametrize(
    "code",
    [
        "Agreement.objects.visible_to(acting).filter(pk=1)",
        "get_object_or_404(Agreement.objects.visible_to(acting_of(request)), pk=1)",
        "KeyContact.objects.each_visible_to(acting)",
        "Person.objects.none()",
        "organisation.teams.order_by('name')",
        "get_object_or_404(found, pk=1)",
        "agreement.history.filter(pk=1)",
        "page.objects_list.all()",
        "said.get('history')",
    ],
)
def test_what_begins_at_the_wall_or_behind_it_is_let_be(code: str) -> None:
    assert list(faults_in(code)) == []


def test_what_only_shows_reads_no_whole_model() -> None:
    assert list(whole_models_in("Agreement._base_manager.all()"))
    assert not list(whole_models_in("Agreement.objects.filter(pk__in=found)"))


def test_forms_and_views_are_known_by_the_last_word_of_their_file() -> None:
    for name in ("signing/link_forms.py", "register/change_views.py", "drafting/forms/terms.py"):
        assert begins_at_the_wall(ROOT / "agreements" / name)
    assert not begins_at_the_wall(ROOT / "agreements" / "signing" / "names.py")


def test_every_page_of_the_portal_is_made_in_a_file_that_is_linted() -> None:
    files = set()
    for app in apps.get_app_configs():
        if util.find_spec(f"{app.name}.urls"):
            rows = getattr(import_module(f"{app.name}.urls"), "URLS", [])
            files |= {Path(inspect.getfile(inspect.unwrap(row.view))) for row in rows}
    assert len(files) > 20
    assert sorted(file.name for file in files if not is_view(file)) == []
