"""A sealed copy that was changed in any way is found, by its check code and by its seal."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from agreements.signing.checking import Answer, check_file
from documents import checking
from documents.checking import inspect
from documents.examining import examine
from tests.agreements.tampered import SHARES, one_bit
from tests.agreements.test_verify import _sealed
from tests.cast import Cast
from tests.documents.test_checking import gap_of
from tests.proof_plugin import Proof


@pytest.fixture
def _no_process_for_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the child process is asked, asked here: it would take half a second each time."""

    def at_once(task: str, data: Any, files: list[bytes], *_: Any, **__: Any) -> Any:
        assert task == "inspect"
        return examine(files[0], files[1:]), []

    monkeypatch.setattr(checking, "run", at_once)


@pytest.mark.django_db
@pytest.mark.usefixtures("can_seal", "_no_process_for_each")
@pytest.mark.proof("B8")
def test_a_changed_copy_is_found(cast: Cast, proof: Proof) -> None:
    pdf, chance = _sealed(cast), proof.chance()
    start, end = gap_of(pdf)
    assert check_file(pdf).answer is Answer.SEALED
    kinds = chance.choices(
        list(SHARES), list(SHARES.values()), k=proof.size(small=150, full=10_000)
    )
    taken, believed, beside = [], [], 0
    for kind in [*SHARES, *kinds]:
        copy = kind(pdf, chance)
        if copy == pdf:
            continue
        if check_file(copy).answer in (Answer.SEALED, Answer.REGISTERED):
            taken.append(kind.__name__)
        if inspect(copy).sealed:
            inside = copy[:start] == pdf[:start] and copy[end:] == pdf[end:]
            beside += inside
            believed += [] if inside else [kind.__name__]
    found = Counter(kinds)
    print(taken[:20], believed[:20])
    proof.shows(
        f"{found.total():,} changes of {len(SHARES)} kinds ({found[one_bit]:,} single bits): "
        f"{len(taken)} passed the check code, {len(believed)} outside the signature passed the "
        f"seal alone, {beside} inside its own bytes did",
        reached=not taken and not believed,
    )
