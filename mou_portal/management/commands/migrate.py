from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate

from mou_portal.database_roles import as_owner, give_rights, make_role


class Command(migrate.Command):
    """Django's own, as the owner of the tables."""

    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner() as portal:
            super().handle(*args, **options)
            if portal:
                make_role(portal["USER"], portal["PASSWORD"])
                give_rights(portal["USER"])
