"""The demonstration's mailbox holds links that let people in: superusers alone read it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import LazySettings

from tests.cast import Cast
from tests.conftest import ClientOf

MAIL = "/demonstration/mail/"
SENT = (
    b"Subject: Choose a new password\nTo: ada@moors.example\nMessage-ID: <1@x>\n\nhttp://x/secret\n"
)


@pytest.fixture(autouse=True)
def _a_demonstration(settings: LazySettings, tmp_path: Path) -> None:
    settings.DEMONSTRATION = True
    settings.EMAIL_FOLDER = tmp_path
    (tmp_path / "one.log").write_bytes(SENT)


def test_a_superuser_reads_it(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.system_administrator)
    assert "Choose a new password" in client.get(MAIL).content.decode()
    assert "http://x/secret" in client.get(f"{MAIL}one-0/").content.decode()
    assert MAIL in client.get("/").content.decode()


@pytest.mark.parametrize("path", [MAIL, f"{MAIL}one-0/"])
def test_staff_without_a_right_do_not(cast: Cast, client_of: ClientOf, path: str) -> None:
    cast.manager.is_staff = True
    cast.manager.save()
    client = client_of(cast.manager)
    answer = client.get(path)
    assert answer.status_code == 403
    assert "secret" not in answer.content.decode()
    assert client.get("/admin/").status_code == 200
    assert MAIL not in client.get("/").content.decode()


def test_who_belongs_to_an_organisation_meets_no_link_and_no_code_in_it(
    cast: Cast, client_of: ClientOf, tmp_path: Path
) -> None:
    """By them they could sign for the other side."""
    sent = SENT + b"http://127.0.0.1:8000/link/abcDEF123/\nThe code is 123 456.\n"
    (tmp_path / "one.log").write_bytes(sent)
    cast.manager.is_superuser = True
    cast.manager.save()
    page = client_of(cast.manager).get(f"{MAIL}one-0/").content.decode()
    assert "The code is …" in page
    assert "abcDEF123" not in page
    assert "123 456" in client_of(cast.system_administrator).get(f"{MAIL}one-0/").content.decode()
