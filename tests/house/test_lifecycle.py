from __future__ import annotations

from typing import Any

import pytest

from agreements.models import (
    AGREEMENT_LIFECYCLE,
    PAPER_LIFECYCLE,
    SIGNATURE_LIFECYCLE,
    VERSION_LIFECYCLE,
    Agreement,
    PaperSignature,
    SignatureRequest,
    Version,
)
from house.lifecycle import Lifecycle

TABLES: list[tuple[Lifecycle, Any]] = [
    (AGREEMENT_LIFECYCLE, Agreement.State),
    (VERSION_LIFECYCLE, Version.State),
    (SIGNATURE_LIFECYCLE, SignatureRequest.State),
    (PAPER_LIFECYCLE, PaperSignature.State),
]


@pytest.mark.parametrize(("table", "states"), TABLES, ids=lambda each: getattr(each, "noun", ""))
def test_a_table_of_steps_names_states_that_exist_and_reaches_each(
    table: Lifecycle, states: Any
) -> None:
    named = {state for step in table.steps.values() for state in (*step.sources, step.target)}
    assert named == set(states.values)
    first = next(iter(states.values))
    reached = {first} | {step.target for step in table.steps.values()}
    assert reached == set(states.values)
