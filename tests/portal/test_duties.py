from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from mou_portal import duties
from mou_portal.duties import DoesNotCount, Run, last_run, shown, tree, write
from tools.run_tests import duties_of

PARTS = ["sqlite", "browser"]
REPORT = """<testsuites><testsuite>
<testcase name="test_shows"><properties><property name="duty" value="A01"/></properties></testcase>
<testcase name="test_fails"><properties><property name="duty" value="A02"/></properties>
  <failure/></testcase>
<testcase name="test_breaks"><properties><property name="duty" value="A03"/></properties>
  <error/></testcase>
<testcase name="test_rests"><properties><property name="duty" value="A04"/></properties>
  <skipped/></testcase>
</testsuite></testsuites>"""


@pytest.fixture(params=["with git", "without git"])
def root(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of few files: code, data, and one at the root that says how to build it."""
    made = tmp_path / "checkout"
    for name in ("house/clock.py", "docs/terms.yaml", "Makefile", ".gitignore"):
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_text("/var/\n")
    if request.param == "with git":
        git = shutil.which("git")
        assert git
        for command in (["init", "-q"], ["add", "."]):
            subprocess.run([git, *command], cwd=made, check=True)
    monkeypatch.setattr(duties, "ROOT", made)
    monkeypatch.setattr(duties, "SHOWN", tmp_path)
    return made


@pytest.fixture
def ran(root: Path) -> Callable[..., None]:
    """`ran("sqlite", whole=False)`: a part has run on the files as they are."""

    def run(part: str, **flaw: Any) -> None:
        whole = Run(part, PARTS, True, tree(), tree(), ["A01"], [])
        write(replace(whole, **flaw))

    return run


def test_a_whole_run_of_these_files_counts(ran: Callable[..., None]) -> None:
    ran("sqlite", shown=["A01", "A02"])
    ran("browser", shown=["A03"], failed=["A02"])
    runs = last_run()
    assert {run.part for run in runs} == set(PARTS)
    assert shown(runs) == {"A01", "A03"}


@pytest.mark.parametrize("name", ["house/clock.py", "docs/terms.yaml", "Makefile", "new.jinja"])
def test_a_run_before_any_file_changed_does_not(
    name: str, ran: Callable[..., None], root: Path
) -> None:
    ran("sqlite")
    ran("browser")
    (root / name).write_text("Something else.\n")
    with pytest.raises(DoesNotCount, match="browser ran before files changed, sqlite ran before"):
        last_run()


def test_what_the_tools_make_changes_nothing(ran: Callable[..., None], root: Path) -> None:
    ran("sqlite", parts=["sqlite"])
    (root / "var").mkdir()
    (root / "var" / "portal.sqlite3").write_text("Rows.")
    assert last_run()


@pytest.mark.parametrize(
    ("flaw", "why"),
    [
        ({"whole": False}, "sqlite ran only some of its tests"),
        ({"tree": "another"}, "sqlite ran while files changed"),
        ({"parts": [*PARTS, "postgres"]}, "postgres did not run"),
    ],
)
def test_a_run_with_a_flaw_does_not(
    flaw: dict[str, Any], why: str, ran: Callable[..., None]
) -> None:
    ran("browser")
    ran("sqlite", **flaw)
    with pytest.raises(DoesNotCount, match=f"does not count: {why}$"):
        last_run()


@pytest.mark.usefixtures("root")
def test_without_a_run_nothing_is_shown() -> None:
    with pytest.raises(DoesNotCount, match="No tests have run here"):
        last_run()


@pytest.mark.usefixtures("root")
def test_what_other_code_noted_does_not_count(tmp_path: Path) -> None:
    (tmp_path / "sqlite.json").write_text('{"tree": "1", "shown": []}')
    with pytest.raises(DoesNotCount, match="What sqlite has shown was noted by other code"):
        last_run()


def test_a_duty_is_shown_by_a_test_that_passed(tmp_path: Path) -> None:
    report = tmp_path / "sqlite.xml"
    assert duties_of(report) == ([], [])
    report.write_text(REPORT)
    assert duties_of(report) == (["A01"], ["A02", "A03"])


def test_the_command_says_which_parts_ran(
    ran: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    ran("sqlite")
    with pytest.raises(CommandError, match=r"browser did not run\. Run: make test"):
        call_command("duties")
    ran("browser")
    call_command("duties")
    said = capsys.readouterr().out
    assert "shown  A01" in said
    assert said.endswith("What ran: browser, sqlite.\n")


def test_the_command_names_the_tests_of_a_duty(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("duties", where="A24")
    assert "tests/escalations/test_levels.py::test_up_to_both_chief" in capsys.readouterr().out
    with pytest.raises(CommandError, match=r"There is no duty Z99 in docs/duties\.toml"):
        call_command("duties", where="Z99")
