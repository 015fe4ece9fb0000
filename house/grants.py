"""Exceptions to the wall, row by row (django-guardian), through one door.

Membership of an organisation is the wall. A grant lets one person in to one row besides. Only
models with a table of their own for grants take them: guardian would otherwise write to its
generic table, where a deleted row's grant can let somebody in to another row.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from django.db import models
from guardian.models import UserObjectPermissionBase
from guardian.shortcuts import assign_perm, remove_perm


def grant(*, user: Any, permission: str, to: models.Model) -> None:
    """Lets a user do one thing with one row. Raises TypeError for a model without its own table."""
    if not takes_grants(type(to)):
        raise TypeError(f"{type(to).__name__} has no table for grants of its own.")
    assign_perm(permission, user, to)


def take_back(*, user: Any, permission: str, to: models.Model) -> None:
    remove_perm(permission, user, to)


def takes_grants(model: type[models.Model]) -> bool:
    """Whether the model has a table for grants of its own. Asks no database."""
    return any(
        issubclass(related.related_model, UserObjectPermissionBase)
        for related in model._meta.related_objects
        if isinstance(related.related_model, type)
    )


@register()
def no_generic_grants(**_: Any) -> list[CheckMessage]:
    """Start-up check: whoever declares a permission to grant has a table for its grants."""
    return [
        Error(
            f"{model.__name__} declares permissions but has no table for grants.", id="house.E001"
        )
        for model in apps.get_models()
        if model._meta.permissions and not takes_grants(model)
    ]
