from __future__ import annotations

from collections.abc import Iterator

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
