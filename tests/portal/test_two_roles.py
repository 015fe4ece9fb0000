"""The portal does its work as a role that does not own its tables, and can do no more than that."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import Error, connection, transaction
from pytest_django.fixtures import Settings

from agreements.models import Seal
from agreements.signing.services.sealing import seal_due
from audit.chain import first_fault, link_new_entries
from audit.models import Entry, Link
from deadlines.sweep import sweep_reminders
from mail.sweep import send_due
from mou_portal.database_roles import (
    are_two,
    as_owner,
    give_rights,
    make_role,
    tables_have_an_owner,
)
from mou_portal.health import problems
from tests.cast import Cast
from tests.conftest import ClientOf
from tests.stages import approve, ask, drafted, frozen, give

pytestmark = pytest.mark.django_db
ROLE = "portal_of_a_test"
NOT_THEIRS = r"permission denied|must be owner"


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def as_portal() -> Iterator[None]:
    """The test's transaction goes on as the portal's role; its end takes all of it back."""
    make_role(ROLE, "unused")
    give_rights(ROLE)
    execute(f"SET ROLE {ROLE}")
    yield
    execute("RESET ROLE")


@pytest.mark.postgres
@pytest.mark.usefixtures("as_portal", "can_seal")
def test_an_agreement_goes_from_its_draft_to_its_signed_copy(
    cast: Cast, client_of: ClientOf
) -> None:
    version = frozen(cast, drafted(cast))
    approve(cast.manager, version)
    approve(cast.other_manager, version)
    give(cast.signatory, ask(cast.manager, version, cast.signatory))
    give(cast.other_signatory, ask(cast.other_manager, version, cast.other_signatory))
    assert seal_due() == 1
    sweep_reminders()
    assert send_due() > 0
    link_new_entries()
    assert first_fault() is None
    assert Seal.objects.get().file
    page = client_of(cast.viewer).get(f"/agreements/{version.agreement.reference}/")
    assert page.status_code == 200


@pytest.mark.postgres
@pytest.mark.usefixtures("as_portal")
def test_the_cache_probes_and_the_administration_work(cast: Cast, client_of: ClientOf) -> None:
    sweep_reminders()
    cache.set("tries", 3)
    assert cache.get("tries") == 3
    assert problems() == []
    assert client_of(cast.system_administrator).get("/admin/audit/link/").status_code == 200


REFUSED = [
    "UPDATE audit_entry SET verb = 'undid'",
    "DELETE FROM audit_link",
    "TRUNCATE audit_link",
    "TRUNCATE agreements_happening CASCADE",
    "DROP TABLE audit_link",
    "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
    "ALTER TABLE audit_entry RENAME TO other",
    "DROP TRIGGER audit_entry_append_only_update ON audit_entry",
    "ALTER FUNCTION audit_entry_append_only() RENAME TO other",
    "SET session_replication_role = replica",
    "INSERT INTO django_migrations (app, name, applied) VALUES ('audit', '9', now())",
    "CREATE ROLE another",
]


@pytest.mark.postgres
@pytest.mark.usefixtures("as_portal")
@pytest.mark.parametrize("statement", REFUSED)
def test_what_only_the_owner_may_is_refused(statement: str, cast: Cast) -> None:
    with pytest.raises(Error, match=NOT_THEIRS), transaction.atomic():
        execute(statement)


@pytest.mark.postgres
@pytest.mark.usefixtures("as_portal")
def test_a_table_that_is_made_later_is_the_portals_too() -> None:
    execute("RESET ROLE")
    execute("CREATE TABLE made_later (id bigserial PRIMARY KEY, word text)")
    execute(f"SET ROLE {ROLE}")
    execute("INSERT INTO made_later (word) VALUES ('new')")
    execute("UPDATE made_later SET word = 'newer'")
    with pytest.raises(Error, match=NOT_THEIRS), transaction.atomic():
        execute("TRUNCATE made_later")


@pytest.mark.postgres
def test_to_give_the_rights_again_changes_nothing() -> None:
    for _ in range(2):
        make_role(ROLE, "unused")
        give_rights(ROLE)
    execute(f"SET ROLE {ROLE}")
    assert Entry.objects.count() == Link.objects.count() == 0


# --- The settings ---------------------------------------------------------------------------


def owner(name: str) -> dict[str, Any]:
    return dict(connection.settings_dict) | {"USER": name}


def test_check_says_that_one_role_does_all_and_warns_of_nothing_with_two(
    settings: Settings,
) -> None:
    assert [each.id for each in tables_have_an_owner()] == ["mou_portal.W001"]
    settings.DATABASE_OWNER = owner(str(connection.settings_dict["USER"]))
    assert not are_two()
    settings.DATABASE_OWNER = owner("another")
    assert tables_have_an_owner() == []
    said = StringIO()
    settings.DATABASE_OWNER = None
    call_command("check", "--tag=security", "--deploy", stderr=said, stdout=said)
    assert "mou_portal.W001" in said.getvalue()


def test_the_owner_is_logged_in_for_the_block_alone(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "close", lambda: None)  # the test's transaction is on it
    before = connection.settings_dict["USER"]
    with as_owner() as portal:
        assert (portal, connection.settings_dict["USER"]) == (None, before)
    settings.DATABASE_OWNER = owner("another")
    with as_owner() as portal:
        assert connection.settings_dict["USER"] == "another"
        assert portal
        assert portal["USER"] == before
    assert connection.settings_dict["USER"] == before


@pytest.mark.postgres
def test_to_migrate_makes_the_role_and_gives_it_its_rights(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test's connection stands for both log-ins; each settings says another name."""
    monkeypatch.setattr(connection, "close", lambda: None)
    settings.DATABASE_OWNER = dict(connection.settings_dict)
    monkeypatch.setitem(connection.settings_dict, "USER", ROLE)
    monkeypatch.setitem(connection.settings_dict, "PASSWORD", "unused")
    call_command("migrate", verbosity=0)
    assert connection.settings_dict["USER"] == ROLE
    execute(f"SET ROLE {ROLE}")
    assert Entry.objects.count() == 0
    with pytest.raises(Error, match=NOT_THEIRS), transaction.atomic():
        execute("DELETE FROM audit_link")
