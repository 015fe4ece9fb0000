"""The whole test suite: on SQLite, in a browser, and on PostgreSQL with Redis where they answer.

Each part is a pytest call of its own: Playwright's loop does not go together with Django's
database tests in one process. In CI a part may not be missing, and no test may be skipped but
those that tests/skips.txt names.

    .venv/bin/python tools/run_tests.py [sqlite] [browser] [postgres]
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / "var" / "test-reports"
SKIPS = ROOT / "tests" / "skips.txt"
IN_CI = os.environ.get("CI") == "true"
POSTGRES = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/mou_portal")
# A machine with one of these has PostgreSQL, whether it answers or not.
SERVERS = ("pg_ctlcluster", "postgres", "pg_ctl")
REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/15")


@dataclass(frozen=True)
class Part:
    name: str
    marks: str
    environment: dict[str, str] = field(default_factory=dict)
    leave_out: tuple[str, ...] = ()


# What asks no database runs once.
WITHOUT_DATABASE = (
    "tests/nhsuk",
    "tests/documents/test_checking.py",
    "tests/documents/test_conformance.py",
    "tests/documents/test_markdown.py",
    "tests/documents/test_rendering.py",
    "tests/documents/test_seal.py",
    "tests/documents/test_spreadsheets.py",
    "tests/documents/test_uploads.py",
)

PARTS = {
    part.name: part
    for part in (
        Part("sqlite", "not browser"),
        Part("browser", "browser", {"DJANGO_ALLOW_ASYNC_UNSAFE": "1"}),
        Part(
            "postgres",
            "not browser",
            {"DATABASE_URL": POSTGRES, "CELERY_BROKER_URL": REDIS},
            WITHOUT_DATABASE,
        ),
    )
}


def main() -> None:
    wanted = sys.argv[1:] or list(PARTS)
    shutil.rmtree(REPORTS, ignore_errors=True)
    REPORTS.mkdir(parents=True)
    failed = [name for name in wanted if not run_part(PARTS[name])]
    if failed:
        sys.exit(f"Failed: {', '.join(failed)}")


def run_part(part: Part) -> bool:
    if part.name == "postgres" and not servers_answer():
        has_one = "TEST_DATABASE_URL" in os.environ or any(map(shutil.which, SERVERS))
        print("PostgreSQL and Redis do not answer: their tests are left out.", flush=True)
        return not (IN_CI and has_one)
    print(f"\n--- {part.name} ---", flush=True)
    report = REPORTS / f"{part.name}.xml"
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-m",
        part.marks,
        "-n",
        "auto",
        "--dist",
        "worksteal",
        f"--junitxml={report}",
        *(f"--ignore={path}" for path in part.leave_out),
    ]
    started = time.monotonic()
    environment = os.environ | {"MODE": "test", "TEST_PART": part.name} | part.environment
    code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    print(f"{part.name}: {time.monotonic() - started:.0f} s", flush=True)
    return code == 0 and no_surprising_skips(part, report)


def no_surprising_skips(part: Part, report: Path) -> bool:
    surprising = surprising_skips(part.name, report.read_text(), SKIPS.read_text())
    if surprising and IN_CI:
        print("Skipped, and not in tests/skips.txt:", *surprising, sep="\n  ", flush=True)
    return not (surprising and IN_CI)


def surprising_skips(part: str, report: str, allowed: str) -> list[str]:
    """The skipped tests of a JUnit report that no line of `allowed` names; as such lines.

    What needs PostgreSQL is skipped on SQLite, because its own part runs it.
    """
    found = [
        f"{part} {case.get('classname')}::{case.get('name')}"
        for case in ET.fromstring(report).iter("testcase")  # noqa: S314 - pytest wrote it just now
        if (skipped := case.find("skipped")) is not None
        and not (part == "sqlite" and "Needs PostgreSQL" in (skipped.get("message") or ""))
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
