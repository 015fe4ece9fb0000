"""The Dockerfile: what gets into the image, what does not, and who runs it."""

from __future__ import annotations

import json
import re
import shlex
from fnmatch import fnmatch

import pytest
from django.apps import apps

from tests.deployment.compose import PORTAL, ROOT, SERVICES
from tools.prepare import WEASYPRINT

TEXT = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
STAGES = [f"FROM{stage}" for stage in re.split(r"^FROM", TEXT, flags=re.MULTILINE)[1:]]
RUNTIME = STAGES[-1]
IGNORED = [
    line
    for line in (ROOT / ".dockerignore").read_text().splitlines()
    if line and not line.startswith("#")
]


def instructions(kind: str, text: str = TEXT) -> list[str]:
    return re.findall(rf"^{kind} +(.+)$", text, re.MULTILINE)


def is_ignored(path: str) -> bool:
    """Whether .dockerignore keeps the path, or a folder above it, out of the image."""
    parts = path.split("/")
    above = ["/".join(parts[: end + 1]) for end in range(len(parts))]
    return any(
        fnmatch(
            each.rsplit("/", 1)[-1] if pattern.startswith("**/") else each,
            pattern.removeprefix("**/"),
        )
        for pattern in IGNORED
        for each in above
        if pattern.startswith("**/") or each.count("/") == pattern.count("/")
    )


@pytest.mark.parametrize(
    "path",
    [".env", ".env.example", ".git/config", "var/files/ab/1", "tests/cast.py", ".venv/bin/python",
     "node_modules/sass/sass.js", "static/built/portal.css", "mou_portal/__pycache__/urls.pyc"],
)  # fmt: skip
def test_no_secret_and_nothing_that_lies_about_gets_in(path: str) -> None:
    assert is_ignored(path)


def test_every_room_gets_in() -> None:
    rooms = [app.name for app in apps.get_app_configs() if (ROOT / app.name).is_dir()]
    assert "deadlines" in rooms
    for room in [*rooms, "templates/base.jinja", "manage.py", "house/clock.py"]:
        assert not is_ignored(room), room


def test_what_a_stage_copies_is_there_and_not_ignored() -> None:
    for line in instructions("COPY"):
        sources = [part for part in shlex.split(line) if not part.startswith("--")][:-1]
        if "--from=" in line:
            continue
        for source in sources:
            assert (ROOT / source).exists(), source
            assert source == "." or not is_ignored(source), source


def test_nobody_in_particular_runs_it() -> None:
    assert instructions("USER", RUNTIME) == ["10001:10001"]
    assert "--uid 10001" in RUNTIME
    assert RUNTIME.index("COPY . .") < RUNTIME.index("USER 10001")


def test_the_compiler_stays_behind() -> None:
    built = next(stage for stage in STAGES if "AS packages" in stage)
    for package in ("gcc", "libpq-dev", "python3-dev"):
        assert package in built
        assert package not in RUNTIME
    assert "--no-binary psycopg2" in built
    assert "--require-hashes" in built


def test_the_image_has_the_libraries_that_a_checkout_has() -> None:
    """Fonts and their settings come with the portal: no fontconfig tools are needed."""
    needed = set(WEASYPRINT.packages)
    for package in (needed | {"libpq5"}) - {"libpq-dev"}:
        assert package in RUNTIME, package


def test_it_has_the_programs_for_back_ups_of_the_servers_version() -> None:
    """From the packages of the server's own image."""
    server = SERVICES["postgres"]["image"]
    (version,) = re.findall(r"^postgres:(\d+)-bookworm$", server)
    assert f" postgresql-client-{version} " in RUNTIME
    assert {line.split()[0] for line in instructions("COPY", RUNTIME) if "postgres" in line} == {
        f"--from={server}"
    }


def test_it_starts_the_web_server_and_asks_it_how_it_is() -> None:
    (command,) = instructions("CMD", RUNTIME)
    assert json.loads(command) == PORTAL["web"]["command"]
    (check,) = instructions("HEALTHCHECK", RUNTIME)
    assert "http://127.0.0.1:8000/healthz" in check


def test_it_writes_only_where_compose_lets_it() -> None:
    folders = dict(pair.split("=") for pair in instructions("ENV", RUNTIME)[0].split())
    assert folders["VAR_FOLDER"].startswith("/tmp/")  # noqa: S108 - a tmpfs in the container
    mounts = {mount.split(":")[1] for mount in PORTAL["worker"]["volumes"]}
    for name in ("FILES_FOLDER", "SEAL_CERTIFICATE", "SEAL_KEY"):
        assert any(folders[name].startswith(mount) for mount in mounts), name
    for mount in mounts:
        assert mount in RUNTIME.split("--mode 0750")[1].split("ENV")[0], mount
