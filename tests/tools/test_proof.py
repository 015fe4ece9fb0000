"""`make proof`: what the tests found stands on the page, honest about what did not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tools.proof import page, promises, read, replaced

REPORT = """<testsuites><testsuite>
<testcase classname="tests.mail" name="test_kills"><properties>
  <property name="promise" value="F1"/><property name="proof"
  value='{"id": "F1", "found": "200 kills: 0 lost", "reached": true, "seed": 7}'/>
</properties></testcase>
<testcase classname="tests.audit" name="test_tampers"><properties>
  <property name="promise" value="B9"/></properties><failure/></testcase>
<testcase classname="tests.x" name="test_left_out"><properties>
  <property name="promise" value="C1"/></properties><skipped/></testcase>
</testsuite></testsuites>"""


def found(folder: Path) -> list[dict[str, Any]]:
    report = folder / "report.xml"
    report.write_text(REPORT)
    return list(read(report, on="PostgreSQL"))


def test_a_figure_stands_beside_its_promise_with_commit_and_seed(tmp_path: Path) -> None:
    (line,) = [each for each in page(found(tmp_path)) if each.startswith("| **F1**")]
    promise, limit = promises()["F1"]
    assert f"{promise} | {limit} | PostgreSQL: 200 kills: 0 lost |" in line
    assert line.endswith(", 7 |")


def test_a_test_that_ended_without_a_figure_has_not_reached_it(tmp_path: Path) -> None:
    lines = "\n".join(page(found(tmp_path)))
    assert "**not reached:** PostgreSQL: ended without a figure" in lines
    (unproved,) = [line for line in lines.splitlines() if line.startswith("| **C1**")]
    assert "*not proved yet*" in unproved


def test_only_what_ran_again_is_replaced(tmp_path: Path) -> None:
    first = found(tmp_path)
    again = [{**first[0], "found": "300 kills: 0 lost"}]
    assert [each["found"] for each in replaced(first, again)] == [
        "300 kills: 0 lost",
        "ended without a figure",
    ]
