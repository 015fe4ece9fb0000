"""What an archive says of itself: when it was made, of what, and what it must hold."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import connections
from django.db.migrations.recorder import MigrationRecorder
from pydantic import BaseModel, ConfigDict, ValidationError

from audit.models import Link
from mou_portal.backups.sums import FORMAT, Unfit

# Their rows are not taken along: who has the archive must not be able to go on as somebody who is
# logged in, and limits of the log-in that have run out limit nobody.
LEFT_OUT: Final = ("django_session", "mou_portal_cache")


class Manifest(BaseModel):
    """Written last, when all of it is known."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int = FORMAT
    made_at: datetime
    portal_version: str
    database: str  # "postgresql" or "sqlite"
    database_version: str
    migrations: list[str]
    # Table -> rows, without LEFT_OUT.
    rows: dict[str, int]
    # The newest link of the audit's chain.
    audit_seq: int
    audit_head: str
    files: int
    # Stored files that rows name and that were missing or damaged when the archive was made.
    files_missing: list[str]
    # SHA-256 of the member that lists the others.
    sums: str


def read_manifest(data: bytes) -> Manifest:
    """Raises Unfit for anything else."""
    try:
        return Manifest.model_validate_json(data)
    except ValidationError as problem:
        raise Unfit(f"Its manifest cannot be read: {problem.error_count()} faults.") from None


def rows_of(alias: str) -> dict[str, int]:
    """Table -> how many rows it has, of all but those that are left out."""
    connection, found = connections[alias], {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if table not in LEFT_OUT:
                quoted = connection.ops.quote_name(table)
                cursor.execute(f"SELECT count(*) FROM {quoted}")  # noqa: S608 - the table's name
                found[table] = cursor.fetchone()[0]
    return found


def migrations_of(alias: str) -> list[str]:
    """Those that were applied, "mail.0001_initial"."""
    applied = MigrationRecorder(connections[alias]).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)


def audit_head_of(alias: str) -> tuple[int, str]:
    """The number and hash of the newest link; (0, "") where there is none."""
    newest = Link.objects.using(alias).order_by("-seq").values_list("seq", "hash").first()
    return newest or (0, "")
