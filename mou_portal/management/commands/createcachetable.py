from __future__ import annotations

from typing import Any

from django.core.management.commands import createcachetable

from mou_portal.database_roles import as_owner


class Command(createcachetable.Command):
    """Django's own, as the owner of the tables."""

    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner():
            super().handle(*args, **options)
