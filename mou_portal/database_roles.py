"""Two roles in PostgreSQL: the owner of the tables, and the one that the portal works as.

Pages and workers log in with DATABASE_URL. Where DATABASE_OWNER_URL names another role, that one
migrates and makes the tables, and gives the first what it needs and no more: it cannot take a
trigger off, empty a table, or change what the audit holds. Without it, and on SQLite, one role does
all.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.conf import settings
from django.core import checks
from django.core.management.base import CommandError
from django.db import ProgrammingError, connection, transaction

LATER: Final = "ALTER DEFAULT PRIVILEGES IN SCHEMA public"
RIGHTS: Final = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
    "REVOKE UPDATE, DELETE ON audit_entry, audit_link FROM {role}",
    "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}",
    # Of tables that are made later.
    f"{LATER} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {{role}}",
    f"{LATER} GRANT USAGE, SELECT ON SEQUENCES TO {{role}}",
)
LOG_IN: Final = ("NAME", "USER", "PASSWORD", "HOST", "PORT")


def are_two() -> bool:
    """Whether the tables belong to another role than the one that the portal works as."""
    owner: dict[str, Any] | None = settings.DATABASE_OWNER
    return owner is not None and owner["USER"] != settings.DATABASES["default"]["USER"]


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


@contextmanager
def as_owner() -> Iterator[dict[str, Any] | None]:
    """The one connection is the owner's during the block, where there is one.

    Gives the log-in that the portal has otherwise; None where one role does all.
    """
    if not are_two():
        yield None
        return
    portal = {key: connection.settings_dict[key] for key in LOG_IN}
    _log_in(settings.DATABASE_OWNER)
    try:
        yield portal
    finally:
        _log_in(portal)


def _log_in(said: Any) -> None:
    connection.close()
    connection.settings_dict.update({key: said[key] for key in LOG_IN})


def make_role(name: str, password: str) -> None:
    """If it is not there. Raises CommandError where the owner of the tables may not make it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
        if cursor.fetchone():
            return
        try:
            role = connection.ops.quote_name(name)
            cursor.execute(f"CREATE ROLE {role} LOGIN PASSWORD %s", [password])
        except ProgrammingError as problem:
            raise CommandError(
                f"The database has no role {name}, and the owner of the tables may not make one. "
                f"Make it as PostgreSQL's administrator: createuser --pwprompt {name}"
            ) from problem


def give_rights(name: str) -> None:
    """At one moment: nobody ever sees more rights than these, or fewer."""
    role = connection.ops.quote_name(name)
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in RIGHTS:
            cursor.execute(statement.format(role=role))
