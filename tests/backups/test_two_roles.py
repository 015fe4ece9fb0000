"""A restore where the tables belong to another role than the portal's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import ProgrammingError, connection
from pytest_django.fixtures import Settings

from agreements.models import Agreement
from audit.models import Entry
from mou_portal.database_roles import LOG_IN
from tests.backups.conftest import Kept, backed_up, restored
from tests.databases import Server

pytestmark = pytest.mark.postgres


@pytest.fixture
def portals_role(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The name of a role that there is not yet; a restore makes it."""
    name = f"{connection.settings_dict['NAME']}_portal"
    yield name
    with django_db_blocker.unblock():
        server = Server()
        server.run(f'DROP ROLE IF EXISTS "{name}"')
        server.close()


@contextmanager
def working_as(role: str) -> Iterator[None]:
    """The portal logs in as this role."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(django_settings.DATABASES["default"], "USER", role)
        patch.setitem(connection.settings_dict, "USER", role)
        patch.setitem(connection.settings_dict, "PASSWORD", "of-a-test")
        connection.close()
        yield
        connection.close()


def test_the_owner_restores_and_the_portal_has_its_rights_and_no_more(
    portals_role: str, kept: Kept, somewhere_empty: Path, settings: Settings, tmp_path: Path
) -> None:
    settings.DATABASE_OWNER = {key: connection.settings_dict[key] for key in LOG_IN}
    with working_as(portals_role):
        assert "Everything is as it was kept." in restored(kept.archive)
        assert Agreement.objects.get().reference == kept.reference
        with pytest.raises(ProgrammingError, match="permission denied"):
            Entry.objects.filter(link=None).update(verb="did otherwise")
        assert backed_up(tmp_path)
