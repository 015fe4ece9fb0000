"""Which faults `make mutants` counts, and that each rule belongs to an area."""

from __future__ import annotations

import json
from pathlib import Path

import libcst as cst
import pytest
from mutmut.mutation.file_mutation import create_mutations

from tools.mutants import report
from tools.mutants.areas import areas
from tools.mutants.kinds import counts, in_function

RULE = """
STEPS = {"sign": 1}

def may(who, open_ones):
    logger.warning("Nobody is there", who)
    found = open_ones.select_related("person").filter(state="open")
    if who is None or len(found) > 3:
        raise Refused("Choose somebody.", field="person")
    return f"{who} may do it."
"""


def test_words_and_how_much_is_read_at_once_do_not_count() -> None:
    _, mutations, _, _ = create_mutations("some/rules.py", RULE)
    kept = [each for each in mutations if in_function(each, "some/rules.py") and counts(each)]
    faults = {cst.Module([]).code_for_node(each.mutated_node) for each in kept}
    assert {'"XXopenXX"', "who is None and len(found) > 3", "4", "found = None"} <= faults
    assert 'Refused("Choose somebody.", field=None)' in faults
    for apart in ("logger", "select_related(None)", "Refused(None", "Refused(field", "XXChoose"):
        assert not any(apart in fault for fault in faults), apart


def test_what_runs_while_modules_are_imported_is_left_out() -> None:
    _, mutations, _, _ = create_mutations(
        "house/lifecycle.py", "def step(to):\n    return to + 1\n"
    )
    assert mutations
    assert not any(in_function(each, "house/lifecycle.py") for each in mutations)


def test_each_rule_belongs_to_an_area() -> None:
    """A room that is new is held by its tests too."""
    rules = {
        path
        for pattern in ("*/rules.py", "*/rules/*.py", "*/*/rules.py", "*/keeping*.py")
        for path in Path().glob(pattern)
        if path.parts[0] not in {"tests", "mutants", "documents"} and path.read_text().strip()
    }
    assert rules - {path for area in areas().values() for path in area.code} == set()


def test_what_was_found_stands_on_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page, data = tmp_path / "mutants.md", tmp_path / "mutants.json"
    page.write_text(f"Before.\n{report.BEGIN}old\n{report.END}After.\n")
    monkeypatch.setattr(report, "PAGE", page)
    monkeypatch.setattr(report, "DATA", data)
    became = {"killed": 7, "timeout": 1, "survived": 1, "no tests": 1}
    survived = ["house.wall.x_there_is__mutmut_1", "house.wall.x_there_is__mutmut_2"]
    for area in ("walls", "mail"):
        report.write(area, {"of": 40, "became": became, "survived": survived, "seed": 3})
    assert report.in_a_line("walls") == "walls: 8 of 10 seen, 2 survived"
    assert "| walls | 40 | 10 | 8 | 2 | 20 % | 3 |" in page.read_text()
    assert page.read_text().startswith("Before.\n")
    assert page.read_text().endswith("After.\n")
    assert list(json.loads(data.read_text())) == ["mail", "walls"]
