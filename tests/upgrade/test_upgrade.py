"""The upgrade drill: what former releases kept goes on under the code as it is now.

Each folder here is a database with its files, made by the code of its day (tools/keep_release.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.upgrade import kept

# What Django keeps for itself, and what an upgrade may add to.
NOT_COUNTED = {"django_migrations", "django_content_type", "auth_permission", "mou_portal_cache"}
# What a version, a registered copy, a record or an action waits for is a deadline since 29 November
# 2026.
GROW = {"deadlines_deadline", "deadlines_holder", "deadlines_concerned"}


@pytest.mark.parametrize("database", ["sqlite", pytest.param("pg", marks=pytest.mark.postgres)])
@pytest.mark.parametrize("release", kept.releases(), ids=lambda release: release.name)
def test_a_former_release_goes_on(release: Path, database: str, tmp_path: Path) -> None:
    """Hashes, seals, /verify/, audit, pages, reminders and e-mails are what they were."""
    kept.unpack(release, tmp_path)
    expected = kept.expected_of(release)
    with url_of(database, tmp_path) as url:
        settings = kept.environment(tmp_path, url)
        kept.manage("migrate", "--verbosity=0", settings=settings)
        found = kept.examine(expected["asked"], settings)
    was = expected["answered"]
    assert counted(found, was) == counted(was, was)
    assert all(found["rows"][table] >= was["rows"].get(table, 0) for table in GROW)
    if "heads" not in was:  # copies from before they carried the head of the audit
        assert found["heads"]
        assert all(said.startswith("No head in the signed copy of ") for said in found["heads"])
    for part in sorted(was.keys() - {"rows"}):
        assert found[part] == was[part], part


@contextmanager
def url_of(database: str, folder: Path) -> Iterator[str]:
    """The URL of the release's database; the SQLite file is where the settings look anyway."""
    if database == "sqlite":
        yield ""
        return
    dump = (folder / kept.DUMP).read_text(encoding="utf-8")
    with kept.postgres_database(_server(), filled_with=dump) as url:
        yield url


def _server() -> str:
    """The server of this test run."""
    at = connection.settings_dict
    user = ":".join(filter(None, [at["USER"], at["PASSWORD"]]))
    return f"postgres://{user}@{at['HOST']}:{at['PORT']}/"


def counted(found: dict[str, Any], was: dict[str, Any]) -> dict[str, int | None]:
    """Rows of each table that there was; None where it is gone."""
    return {table: found["rows"].get(table) for table in was["rows"].keys() - NOT_COUNTED - GROW}
