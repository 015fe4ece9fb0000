"""The whole test suite: each test once, and on SQLite too what differs there.

On PostgreSQL with Redis, as production is, where they answer; otherwise on SQLite. In a browser on
SQLite. Each part is a pytest call of its own: Playwright's loop does not go together with Django's
database tests in one process. In CI a part may not be missing, and no test may be skipped but
those that tests/skips.txt names. What decides about a dear test is CPU seconds: they are printed.

    .venv/bin/python tools/run_tests.py [sqlite] [browser] [postgres]
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import asdict, dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from mou_portal import duties  # noqa: E402 - the folder has to be known first
from tools.cost import cost_so_far, dearest  # noqa: E402

REPORTS = ROOT / "var" / "test-reports"
# What a whole run cost, for `make bench`.
COST = REPORTS / "cost.json"
TESTS = ROOT / "tests"
SKIPS = TESTS / "skips.txt"
IN_CI = os.environ.get("CI") == "true"
POSTGRES = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/mou_portal")
# A machine with one of these has PostgreSQL, whether it answers or not.
SERVERS = ("pg_ctlcluster", "postgres", "pg_ctl")
REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/15")


@dataclass(frozen=True)
class Part:
    """A pytest call for the tests with these marks, in the files that name `only`, if it is given.

    To load the files of other tests would take longer than the tests.
    """

    name: str
    marks: str
    environment: dict[str, str] = field(default_factory=dict)
    only: str = ""

    def files(self) -> list[str]:
        named = (file for file in TESTS.rglob("test_*.py") if self.only in file.read_text())
        return [str(file.relative_to(ROOT)) for file in sorted(named)] if self.only else []


BROWSER = Part("browser", "browser", {"DJANGO_ALLOW_ASYNC_UNSAFE": "1"}, "mark.browser")
POSTGRES_PARTS = (
    Part("sqlite", "sqlite and not browser and not postgres", only="mark.sqlite"),
    BROWSER,
    Part("postgres", "not browser", {"DATABASE_URL": POSTGRES, "CELERY_BROKER_URL": REDIS}),
)
SQLITE_PARTS = (Part("sqlite", "not browser and not postgres"), BROWSER)


def main() -> None:
    parts = {part.name: part for part in parts_here()}
    wanted = [parts[name] for name in sys.argv[1:] or parts]
    shutil.rmtree(REPORTS, ignore_errors=True)
    REPORTS.mkdir(parents=True)
    before = cost_so_far()
    failed = [part.name for part in wanted if not run_part(part, list(parts))]
    cost = cost_so_far() - before
    print(f"\nTogether: {cost}", "The dearest tests, in seconds of CPU:", sep="\n")
    if len(wanted) == len(parts):
        COST.write_text(json.dumps(asdict(cost)))
    for seconds, test in dearest([report_of(part) for part in wanted]):
        print(f"{seconds:8.2f}  {test}")
    if failed:
        sys.exit(f"Failed: {', '.join(failed)}")


def parts_here() -> tuple[Part, ...]:
    """What a whole run consists of on this machine."""
    if servers_answer():
        return POSTGRES_PARTS
    if IN_CI and ("TEST_DATABASE_URL" in os.environ or any(map(shutil.which, SERVERS))):
        sys.exit("PostgreSQL and Redis do not answer, and CI has to run on them.")
    print("PostgreSQL and Redis do not answer: everything runs on SQLite.", flush=True)
    return SQLITE_PARTS


def command_of(part: Part) -> list[str]:
    return [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "tests.cost_plugin",
        "-m",
        part.marks,
        "-n",
        "auto",
        "--dist",
        "worksteal",
        f"--junitxml={report_of(part)}",
        *part.files(),
    ]


def run_part(part: Part, parts: list[str]) -> bool:
    print(f"\n--- {part.name} ---", flush=True)
    before, tree = cost_so_far(), duties.tree()
    environment = os.environ | {"MODE": "test"} | part.environment
    # Six processes load the same files: what one has compiled the others take.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    code = subprocess.run(command_of(part), cwd=ROOT, env=environment, check=False).returncode
    print(f"{part.name}: {cost_so_far() - before}", flush=True)
    # 0 and 1 are of a run to its end; options from outside may leave tests out.
    whole = code in (0, 1) and not os.environ.get("PYTEST_ADDOPTS")
    shown, failed = duties_of(report_of(part))
    after = duties.tree()
    duties.write(duties.Run(part.name, parts, whole, tree, after, shown, failed))
    return code == 0 and no_surprising_skips(part)


def report_of(part: Part) -> Path:
    return REPORTS / f"{part.name}.xml"


def duties_of(report: Path) -> tuple[list[str], list[str]]:
    """The duties that tests of a JUnit report have shown, and those of tests that failed."""
    shown, failed = set(), set()
    cases = ET.parse(report).iter("testcase") if report.exists() else ()  # noqa: S314 - as below
    for case in cases:
        found = {
            each.get("value", "") for each in case.iterfind("properties/property[@name='duty']")
        }
        if case.find("failure") is not None or case.find("error") is not None:
            failed |= found
        elif case.find("skipped") is None:
            shown |= found
    return sorted(shown), sorted(failed)


def no_surprising_skips(part: Part) -> bool:
    surprising = surprising_skips(part.name, report_of(part).read_text(), SKIPS.read_text())
    if surprising and IN_CI:
        print("Skipped, and not in tests/skips.txt:", *surprising, sep="\n  ", flush=True)
    return not (surprising and IN_CI)


def surprising_skips(part: str, report: str, allowed: str) -> list[str]:
    """The skipped tests of a JUnit report that no line of `allowed` names; as such lines."""
    found = [
        f"{part} {case.get('classname')}::{case.get('name')}"
        for case in ET.fromstring(report).iter("testcase")  # noqa: S314 - pytest wrote it just now
        if case.find("skipped") is not None
    ]
    return [name for name in found if name not in allowed.splitlines()]


def servers_answer() -> bool:
    return _answers(POSTGRES, 5432) and _answers(REDIS, 6379)


def _answers(url: str, port: int) -> bool:
    host = url.split("://", 1)[1].split("@")[-1].split("/")[0]
    name, _, number = host.partition(":")
    try:
        with socket.create_connection((name, int(number or port)), timeout=2):
            return True
    except OSError:
        return False


if __name__ == "__main__":
    main()
