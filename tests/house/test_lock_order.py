"""The watch over the order of locks sees what it is for; each test's services are watched by it."""

from __future__ import annotations

import pytest

from tests.locks import Locks

LOCK = 'SELECT "{0}"."id" FROM "{0}" WHERE "{0}"."id" = 1 FOR NO KEY UPDATE'
AGREEMENT, VERSION = LOCK.format("agreements_agreement"), LOCK.format("agreements_version")
END = "RELEASE SAVEPOINT s1"


@pytest.mark.parametrize(
    ("statements", "faults"),
    [
        ([AGREEMENT, VERSION, VERSION, AGREEMENT], []),
        ([VERSION, END, AGREEMENT], []),
        ([VERSION, AGREEMENT.replace(" FOR NO KEY UPDATE", "")], []),
        ([VERSION, f"{AGREEMENT} SKIP LOCKED"], []),
        (['INSERT INTO "agreements_agreement" …', VERSION, AGREEMENT], []),
        ([VERSION, AGREEMENT], ["agreements_agreement is locked after agreements_version"]),
        ([VERSION, AGREEMENT.replace("NO KEY ", "")], ["agreements_agreement is locked after"]),
        ([LOCK.format("plans_plan")], ["plans_plan has no place in the order of locks"]),
    ],
)
def test_a_lock_from_below_is_seen(statements: list[str], faults: list[str]) -> None:
    locks = Locks()
    for sql in statements:
        locks(lambda *_: None, sql, (), False, {})
    assert len(locks.faults) == len(faults)
    assert all(said.startswith(fault) for said, fault in zip(locks.faults, faults, strict=True))
