from __future__ import annotations

from typing import Any

from django.core import checks

from mou_portal.database_roles import are_two


@checks.register(checks.Tags.security, deploy=True)
def tables_have_an_owner(**_: Any) -> list[checks.Warning]:
    """A warning and no error: to try the portal out, and on SQLite, there is one role."""
    if are_two():
        return []
    return [
        checks.Warning(
            "The portal works as the owner of its tables: whoever takes it over can take the "
            "triggers of the audit off.",
            hint="With PostgreSQL, set DATABASE_OWNER_URL to another role and run set_up "
            "(docs/operations.md). SQLite has no roles.",
            id="mou_portal.W001",
        )
    ]
