"""Foreign keys go downwards only: import-linter does not see those that are given as strings."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from house.wall import WalledQuerySet
from tests.layers import LAYERS

HEIGHT = {room: height for height, rooms in enumerate(LAYERS) for room in rooms}
OURS = [model for model in apps.get_models() if model._meta.app_label in HEIGHT]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_foreign_keys_go_downwards(model: type[models.Model]) -> None:
    for field in model._meta.get_fields():
        target = field.related_model if isinstance(field, models.ForeignObject) else None
        if not isinstance(target, type) or target._meta.label == settings.AUTH_USER_MODEL:
            continue
        room, other = model._meta.app_label, target._meta.app_label
        if other in HEIGHT and other != room:
            assert HEIGHT[other] < HEIGHT[room], f"{field} points upwards"


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_what_belongs_to_an_agreement_says_who_may_see_it(model: type[models.Model]) -> None:
    if model._meta.app_label != "agreements" or model.__name__.startswith("Historical"):
        return
    if model.__name__ in {"Counter", "TemplateGrant", "TemplateClause"}:
        return  # a number; a grant; and what is reached through its version
    manager: Any = model._default_manager
    walled = isinstance(manager.get_queryset(), WalledQuerySet)
    assert walled or hasattr(manager.get_queryset(), "visible_to")


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_nothing_with_evidence_goes_when_something_else_does(model: type[models.Model]) -> None:
    """PROTECT everywhere, but for what is only a right (a grant)."""
    if model.__name__ in {"TemplateGrant", "ConcernGrant"} or model.__name__.startswith(
        "Historical"
    ):
        return
    for field in model._meta.get_fields():
        if isinstance(field, models.ForeignKey):
            assert field.remote_field.on_delete is models.PROTECT, field
