from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests.databases import Server

STEM = "test_of_names"

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


@pytest.fixture
def server() -> Iterator[Server]:
    one = Server()
    yield one
    one.close()


def databases(server: Server) -> set[str]:
    return {name for (name,) in server.run("SELECT datname FROM pg_database")}


def test_two_runs_take_different_names_and_give_them_back(server: Server) -> None:
    other = Server()
    name = server.free_name(STEM)
    assert other.free_name(STEM) != name
    other.close()
    server.close()
    after = Server()
    assert after.free_name(STEM) == name
    after.close()


def test_what_a_killed_run_left_behind_is_dropped(server: Server) -> None:
    left = Server()
    name = left.free_name(STEM)
    left.run(f'CREATE DATABASE "{name}"')
    left.close()
    assert name in databases(server)
    assert server.free_name(STEM) == name
    assert name not in databases(server)


def test_a_migrated_one_that_was_dropped_can_be_made_again_meanwhile(server: Server) -> None:
    name = f"mou_template_{uuid4().hex}"
    server.run(f'CREATE DATABASE "{name}"')
    server.drop_unless_used(name)
    assert name not in databases(server)
    other = Server()
    assert other.try_lock(name)
    other.close()


def test_a_migrated_one_that_a_run_copies_from_is_not_dropped(server: Server) -> None:
    name = f"mou_template_{uuid4().hex}"
    other = Server()
    other.run(f'CREATE DATABASE "{name}"')
    assert other.migrated(name) == name
    server.drop_unless_used(name)
    assert name in databases(server)
    other.close()
    server.drop_unless_used(name)
