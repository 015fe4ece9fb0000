"""An archive that is not the one that was made is refused before anything is touched."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.db import connection
from pytest_django.fixtures import Settings

from mou_portal.backups.checking import check
from mou_portal.backups.sums import Unfit
from tests.backups.conftest import Kept, restored
from tests.backups.damage import DAMAGES, flipped_at, with_database
from tests.proof_plugin import Proof


def require_untouched(files: Path) -> None:
    assert connection.introspection.table_names() == []
    assert list(files.rglob("*")) == []


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    return tmp_path / "damaged.tar"


@pytest.mark.sqlite
@pytest.mark.proof("R3")
def test_each_damage_is_refused_and_nothing_is_touched(
    kept: Kept, somewhere_empty: Path, damaged: Path, proof: Proof
) -> None:
    archive, chance, refused = kept.archive.read_bytes(), proof.chance(), 0
    for what, damage in DAMAGES.items():
        damaged.write_bytes(damage(archive))
        assert damaged.read_bytes() != archive, what
        with pytest.raises(CommandError, match=r"was not restored\. It.*\.$"):
            restored(damaged)
        require_untouched(somewhere_empty)
        refused += 1
    bits = proof.size(small=30, full=3000)
    for _ in range(bits):
        place, bit = chance.randrange(len(archive)), chance.randrange(8)
        with pytest.raises(Unfit):
            check(BytesIO(flipped_at(place, bit)(archive)))
    proof.shows(
        f"{refused} of {len(DAMAGES)} kinds of damage refused before anything was touched, and "
        f"{bits:,} of {bits:,} single bits",
        reached=refused == len(DAMAGES) > 20,
    )


@pytest.mark.sqlite
def test_one_of_another_portal_is_refused(
    kept: Kept, somewhere_empty: Path, settings: Settings
) -> None:
    settings.AUDIT_KEY = "of-another-portal"
    with pytest.raises(CommandError, match="another AUDIT_KEY"):
        restored(kept.archive)
    require_untouched(somewhere_empty)


@pytest.mark.sqlite
def test_a_database_that_cannot_be_read_leaves_nothing_behind(
    kept: Kept, somewhere_empty: Path, damaged: Path
) -> None:
    """Every sum is right, as if pg_dump had written what pg_restore reads half of."""
    torn = with_database(lambda database: database[: len(database) // 2])
    damaged.write_bytes(torn(kept.archive.read_bytes()))
    with pytest.raises(CommandError, match=r"was not restored\. The database"):
        restored(damaged)
    assert connection.introspection.table_names() == []
