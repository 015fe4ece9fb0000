"""Filling a PostgreSQL database from a dump: in one transaction, so all of it or nothing.

`psql` reads what `pg_restore` writes; `COMMIT` is sent only when both have gone well to the end.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from subprocess import DEVNULL, PIPE
from typing import Final

from django.db import connection

from mou_portal.backups.members import Summed
from mou_portal.backups.programs import Failed, Program
from mou_portal.backups.snapshot import ASIDE
from mou_portal.backups.sums import Unfit

# What extensions bring is not ours, and neither is what an earlier restore put aside.
_TABLES: Final = """
    SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND n.nspname !~ '^pg_'
      AND n.nspname <> 'information_schema' AND NOT starts_with(n.nspname, %s)
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
"""
_OTHERS: Final = """
    SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
      AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""


def name() -> str:
    return str(connection.settings_dict["NAME"])


def is_empty() -> bool:
    return not _number(_TABLES, ASIDE)


def require_alone() -> None:
    """Raises Failed where anybody else is connected, whom the restore would take by surprise."""
    if others := _number(_OTHERS):
        raise Failed(
            f"{others} other connections to the database {name()} are open. Stop web, worker and "
            "beat, then run this again."
        )


def fill(content: Summed, digest: str, *, restored_at: datetime, as_of: datetime) -> str:
    """The schema's name under which what was there is kept; empty where nothing was.

    Raises Failed, and Unfit where what was read is not what was checked; nothing is changed then.
    """
    aside = "" if is_empty() else f"{ASIDE}{restored_at:%Y%m%d_%H%M%S}"
    connection.close()
    options = ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"]
    psql = Program("psql", options, connection, stdin=PIPE, stdout=DEVNULL)
    try:
        _tell(psql, "BEGIN;", *_put_aside(aside))
        _unpack(content, psql)
        if content.digest != digest:
            raise Unfit("It was changed while it was read.")
        # New tables have no statistics, and pages would be slow until the server makes some.
        _tell(psql, _hold(restored_at, as_of), "COMMIT;", "ANALYZE;")
    except (BrokenPipeError, Failed, Unfit) as problem:
        # Without its COMMIT nothing is done. Where the server complained, that is the reason.
        _end(psql)
        raise Failed(f"The database was not filled. {problem}") from None
    _end(psql)
    return aside


def _unpack(content: Summed, psql: Program) -> None:
    options = ["--no-owner", "--no-privileges", "--exit-on-error", "--file=-"]
    unpacking = Program("pg_restore", options, stdin=PIPE, stdout=psql.input)
    with suppress(BrokenPipeError):  # it ended early, and says why
        content.into(unpacking.input.write)
    _end(unpacking)


def _end(program: Program) -> None:
    with suppress(BrokenPipeError):
        program.input.close()
    program.end()


def _put_aside(schema: str) -> list[str]:
    if not schema:
        return []
    return [
        f'ALTER SCHEMA public RENAME TO "{schema}";',
        "CREATE SCHEMA public;",
        "GRANT USAGE ON SCHEMA public TO PUBLIC;",
    ]


def _hold(restored_at: datetime, as_of: datetime) -> str:
    """E-mails are held from the moment at which the rows are there."""
    moments = f"'{restored_at.isoformat()}', '{as_of.isoformat()}'"
    return f"INSERT INTO public.mail_hold (restored_at, as_of) VALUES ({moments});"  # noqa: S608


def _tell(psql: Program, *statements: str) -> None:
    psql.input.write("".join(f"{each}\n" for each in statements).encode())
    psql.input.flush()


def _number(statement: str, *values: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return int(cursor.fetchone()[0])
