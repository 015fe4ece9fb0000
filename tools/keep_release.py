"""Keeps a release for the upgrade drill: its database and files, and what the portal says of them.

    .venv/bin/python tools/keep_release.py --on 2026-11-26 [--postgres URL]

Run it with the code as it is released, and commit the folder that it makes in tests/upgrade/. All
of it is made by the services: the demonstration, a year of reminders, and a last day on which much
is half-way. It needs PostgreSQL's server and its `pg_dump`; the drill needs neither program.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.upgrade import kept  # noqa: E402

POSTGRES = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/mou_portal")
README = """# The portal as it was on {day}

Made by `tools/keep_release.py` at commit {commit}. `data.zip` holds the SQLite database, the
same rows as a dump of PostgreSQL, the stored files, and the certificate **and key** of the seal
that sealed them: a key made for this folder alone, which seals nothing else and keeps no secret.
All people and organisations are invented. `expected.json` says what is asked and what was answered.
"""


def main() -> None:
    options = _options()
    release = kept.FOLDER / options.on.isoformat()
    with tempfile.TemporaryDirectory() as name, kept.postgres_database(options.postgres) as url:
        folder = Path(name)
        asked = _make(folder / "portal", options.on, url)
        _pack(folder / "portal", release, dump=_dump(url))
        answered = _answered(release, folder / "unpacked", options.postgres, asked)
    _write(release, options.on, {"asked": asked, "answered": answered})


def _make(folder: Path, on: date, postgres_url: str) -> dict[str, Any]:
    """Fills the folder, and the database of that URL; what is to be asked of them later."""
    settings = kept.environment(folder)
    os.environ |= settings
    kept.manage("set_up", "--database-only", settings=settings | {"DATABASE_URL": postgres_url})
    _start(postgres_url)
    from house.clock import LONDON
    from tests.upgrade.asking import questions
    from tests.upgrade.year import make

    # The reminders of nine o'clock have gone, the digests of half past nine have not.
    end = datetime.combine(on, time(9, 15), LONDON)
    asked = questions(end, make(end))
    _copy_rows()
    _shut(folder)
    return asked


def _start(postgres_url: str) -> None:
    """Two databases: the settings' own, which is SQLite, and the one of that URL."""
    import django
    from django.conf import settings

    from mou_portal.environment import env

    settings.DATABASES["postgres"] = env.db_url_config(postgres_url)
    django.setup()


def _copy_rows() -> None:
    """The rows of the SQLite database into the one of PostgreSQL, with their numbers."""
    from django.apps import apps
    from django.core.management.color import no_style
    from django.db import connections
    from django.db.models import QuerySet

    to, models = connections["postgres"], apps.get_models(include_auto_created=True)
    tables = ", ".join(to.ops.quote_name(model._meta.db_table) for model in models)
    with to.cursor() as cursor:
        # Neither triggers nor foreign keys: the rows are whole, and come in any order.
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(f"TRUNCATE {tables} CASCADE")
        for model in models:
            rows: list[Any] = list(QuerySet(model))
            QuerySet(model, using="postgres").bulk_create(rows, batch_size=500)
        for statement in to.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
    to.close()


def _dump(url: str) -> str:
    """Statements that any client can send: no COPY, and none of psql's own commands."""
    command = ["pg_dump", "--no-owner", "--no-privileges", "--rows-per-insert=500"]
    done = subprocess.run([*command, url], capture_output=True, text=True, check=True)
    return "".join(
        line for line in done.stdout.splitlines(keepends=True) if not line.startswith("\\")
    )


def _shut(folder: Path) -> None:
    """One file instead of the database and its write-ahead log, as small as it can be."""
    from django.db import connection

    whole = folder / "portal.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(folder / "shut")])
    connection.close()
    (folder / "shut").replace(whole)


def _pack(folder: Path, release: Path, *, dump: str) -> None:
    shutil.rmtree(release, ignore_errors=True)
    release.mkdir(parents=True)
    (folder / kept.DUMP).write_text(dump, encoding="utf-8")
    files = [folder / "portal.sqlite3", folder / kept.DUMP]
    files += sorted(each for part in ("files", "seal") for each in (folder / part).rglob("*"))
    with zipfile.ZipFile(release / kept.DATA, "w", zipfile.ZIP_LZMA) as data:
        for file in files:
            data.write(file, file.relative_to(folder))


def _answered(release: Path, folder: Path, postgres: str, asked: dict[str, Any]) -> dict[str, Any]:
    """What the packed release answers, which must be the same on both databases."""
    kept.unpack(release, folder)
    dump = (folder / kept.DUMP).read_text(encoding="utf-8")
    with kept.postgres_database(postgres, filled_with=dump) as url:
        on_postgres = kept.examine(asked, kept.environment(folder, url))
    answered = kept.examine(asked, kept.environment(folder))
    _check(answered, on_postgres)
    return answered


def _check(answered: dict[str, Any], on_postgres: dict[str, Any]) -> None:
    different = [part for part in answered if answered[part] != on_postgres[part]]
    if different:
        sys.exit(f"PostgreSQL answers otherwise: {', '.join(different)}.")
    lost = [
        f"{status} {path} for {address}"
        for address, found in answered["pages"].items()
        for path, status in found.items()
        if status != 200
    ]
    if lost:
        sys.exit("\n".join(["These pages do not answer:", *lost]))


def _write(release: Path, on: date, said: dict[str, Any]) -> None:
    command = ["git", "-C", str(ROOT), "describe", "--always", "--dirty", "--abbrev=12"]
    commit = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    (release / "README.md").write_text(README.format(day=on, commit=commit), encoding="utf-8")
    text = json.dumps(said, indent=1, sort_keys=True, ensure_ascii=False)
    (release / kept.EXPECTED).write_text(f"{text}\n", encoding="utf-8")
    size = sum(file.stat().st_size for file in release.iterdir())
    print(f"Kept in {release.relative_to(ROOT)}, {size // 1024} kB.")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--on", type=date.fromisoformat, required=True, metavar="DAY")
    parser.add_argument("--postgres", default=POSTGRES, metavar="URL")
    return parser.parse_args()


if __name__ == "__main__":
    main()
