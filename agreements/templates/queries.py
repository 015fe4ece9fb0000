"""What became of the clauses of a template's version."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from agreements.models import TemplateClause, TemplateVersion


def history_of(version: TemplateVersion) -> QuerySet[Any]:
    """What every clause of a version that came through the wall was, those removed since too."""
    found: QuerySet[Any] = TemplateClause.history.filter(version_id=version.pk)
    return found


def ever_had(version: TemplateVersion, key: str) -> bool:
    return history_of(version).filter(key=key).exists()
