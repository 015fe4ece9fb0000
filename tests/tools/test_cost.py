from __future__ import annotations

from pathlib import Path

from tools.cost import TICKS, Cost, dearest, postgres_cpu

REPORT = """<testsuites><testsuite>
<testcase classname="tests.mail.test_sweep" name="test_runs">
  <properties><property name="duty" value="A07"/><property name="cpu" value="0.250"/></properties>
</testcase>
<testcase classname="tests.mail.test_sweep" name="test_rests">
  <properties><property name="cpu" value="11.500"/></properties></testcase>
</testsuite></testsuites>"""


def process(folder: Path, pid: int, name: str, parent: int, *ticks: int) -> None:
    """As proc(5) has it: own time as user and system, then that of ended children."""
    between = " ".join("0" for _ in range(9))
    (folder / str(pid)).mkdir()
    line = f"{pid} ({name}) S {parent} {between} {' '.join(map(str, ticks))} 20 0"
    (folder / str(pid) / "stat").write_text(line)


def test_what_a_server_and_its_processes_have_used_is_counted_once(tmp_path: Path) -> None:
    process(tmp_path, 7, "postgres", 1, 1, 2, 30, 40)
    process(tmp_path, 8, "postgres", 7, 5, 5, 900, 900)
    process(tmp_path, 9, "a (strange) name", 7, 100, 100, 100, 100)
    assert postgres_cpu(tmp_path) == (1 + 2 + 30 + 40 + 5 + 5) / TICKS


def test_a_server_elsewhere_is_said_to_be_unseen(tmp_path: Path) -> None:
    process(tmp_path, 9, "python", 1, 1, 1, 1, 1)
    assert postgres_cpu(tmp_path) is None
    assert "cannot be read" in str(Cost(2.0, None, 3.0) - Cost(1.0, 0.5, 1.0))


def test_the_dearest_tests_come_first(tmp_path: Path) -> None:
    report = tmp_path / "sqlite.xml"
    report.write_text(REPORT)
    first, second = dearest([report])
    assert first == (11.5, "sqlite tests.mail.test_sweep::test_rests")
    assert second == (0.25, "sqlite tests.mail.test_sweep::test_runs")
    assert dearest([report], number=1) == [first]
