"""While the portal is busy with files, a page that needs a child says so, and keeps the words."""

from __future__ import annotations

import logging
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from documents import uploads
from documents.limited import Stopped
from documents.storage import place_of, store
from house import clock
from mou_portal.logs import BusyIsNoFault
from nhsuk.forms import date_boxes
from tests.cast import Cast
from tests.communications import desk
from tests.conftest import ClientOf
from tests.pdf import a_pdf, busy_with_files
from tests.setting_up import library_template
from tests.stages import asked, frozen, in_force

pytestmark = pytest.mark.django_db
BUSY = "The portal is busy with other files just now. Try again in a minute."


def file_of(name: str, data: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data or a_pdf())


def while_busy(client: Client, url: str, said: dict[str, Any] | None = None) -> str:
    with busy_with_files():
        answer = client.post(url, said) if said is not None else client.get(url)
    assert answer.status_code == 503
    page = answer.content.decode()
    assert BUSY in page
    return page


def test_it_wakes_nobody_up(caplog: pytest.LogCaptureFixture) -> None:
    """Strangers can have it: it is no ERROR, which administrators are told of."""
    record = logging.getLogger("django.request").makeRecord(
        "django.request", logging.ERROR, "", 1, "Service Unavailable: /verify/", (), None,
        extra={"status_code": 503},
    )  # fmt: skip
    loggers: Any = settings.LOGGING["loggers"]
    assert loggers["django.request"]["filters"] == ["busy"]
    assert BusyIsNoFault().filter(record)
    assert record.levelname == "WARNING"
    record.status_code, record.levelno, record.levelname = 500, logging.ERROR, "ERROR"
    BusyIsNoFault().filter(record)
    assert record.levelname == "ERROR"


def test_a_stored_file_that_was_damaged_is_not_given_out(cast: Cast, client_of: ClientOf) -> None:
    seal = in_force(cast).seal
    seal.file = store(b"as it was", name="copy.pdf", content_type="application/pdf")
    seal.state, seal.sealed_at = "sealed", clock.now()
    seal.save()
    client = client_of(cast.viewer)
    client.raise_request_exception = False
    url = f"/agreements/{seal.version.agreement.reference}/signed.pdf"
    assert client.get(url).content == b"as it was"
    place_of(seal.file.key).write_bytes(b"otherwise")
    answer = client.get(url)
    assert answer.status_code == 500
    assert "is missing, or it is not what was stored" in answer.content.decode()


def test_print(cast: Cast, client_of: ClientOf) -> None:
    version = frozen(cast)
    url = f"/agreements/{version.agreement.reference}/versions/{version.seq}/print.pdf"
    while_busy(client_of(cast.viewer), url)
    assert client_of(cast.viewer).get(url)["Content-Type"] == "application/pdf"


def test_registering(cast: Cast, client_of: ClientOf) -> None:
    library_template(cast)
    page = while_busy(client_of(cast.manager), "/agreements/new/signed/", registered(cast))
    assert "MoU on quality" in page


def registered(cast: Cast) -> dict[str, Any]:
    return {
        "title": "MoU on quality", "area_team": cast.area_team.pk, "ccg": cast.ccg.pk,
        "file": file_of("mou.pdf"), **date_boxes("signed_on", date(2013, 9, 3)),
    }  # fmt: skip


def test_a_scan_of_a_signature(cast: Cast, client_of: ClientOf) -> None:
    _, theirs = asked(cast)
    url = f"/agreements/{theirs.version.agreement.reference}/sign/{theirs.pk}/paper/"
    said = {"scan": file_of("scan.pdf"), "signed_by": "Orla Officer"}
    page = while_busy(
        client_of(cast.other_manager), url, said | date_boxes("signed_on", clock.today())
    )
    assert "Orla Officer" in page


def test_a_draft_under_embargo(cast: Cast, client_of: ClientOf) -> None:
    with clock.at(desk.NOW):
        url = f"/announcements/{desk.planned(cast).public_id}/drafts/add/"
        while_busy(client_of(cast.colleague), url, {"pdf": file_of("draft.pdf")})


def test_a_list_of_people(cast: Cast, client_of: ClientOf) -> None:
    workbook = file_of("people.xlsx", b"PK\x03\x04")
    url = f"/organisations/{cast.area_team.pk}/people/upload/"
    while_busy(client_of(cast.administrator), url, {"file": workbook})


@pytest.mark.parametrize(
    ("why", "status", "words"),
    [
        ("time", 503, "could not be checked just now. Try again"),
        ("failure", 503, "could not be checked just now. Try again"),
        ("memory", 200, "This PDF could not be checked. Open it"),
    ],
)
def test_what_the_moment_did_is_not_said_of_the_file(
    why: str, status: int, words: str, cast: Cast, client_of: ClientOf,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def stopped(*_: object, **__: object) -> None:
        raise Stopped(why)

    library_template(cast)
    monkeypatch.setattr(uploads, "run", stopped)
    answer = client_of(cast.manager).post("/agreements/new/signed/", registered(cast))
    assert answer.status_code == status
    assert words in answer.content.decode()


def test_whom_the_file_names_is_not_taken_as_read_when_it_was_not(
    cast: Cast, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check keeps an agreement from strangers: without it the person looks again."""
    library_template(cast)
    monkeypatch.setattr("agreements.register.views.words_of", lambda _: None)
    client = client_of(cast.manager)
    page = client.post("/agreements/new/signed/", registered(cast)).content.decode()
    assert "could not read just now whom the file names" in page
    answer = client.post("/agreements/new/signed/", registered(cast) | {"parties_are_right": "on"})
    assert answer.status_code == 302
