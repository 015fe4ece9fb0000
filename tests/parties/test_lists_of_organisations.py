"""An uploaded list of organisations, for a system administrator."""

from __future__ import annotations

from django.test import Client

from parties.acting import Acting
from parties.models import Organisation
from parties.services.organisations import read_organisations, take_organisations
from tests.cast import Cast
from tests.conftest import ClientOf
from tests.parties.listed import csv

ORGANISATIONS = ["Name", "Kind", "ODS code", "Area", "Address"]
BECK = ["Beckside Surgery", "General practice", "z99001", "Northern Moors", "1 Beck Lane"]
FEDERATION = ["Moors Federation", "federation", "", "", ""]
UPLOAD = "/admin/parties/organisation/upload/"


def take(client: Client, *rows: list[str]) -> str:
    """Looks at what the list means, then says that it is right."""
    page = client.post(UPLOAD, {"file": csv(ORGANISATIONS, *rows)}).content.decode()
    assert "Nothing is saved yet." in page
    kept = page.split('name="list" value="')[1].split('"')[0]
    return client.post(UPLOAD, {"list": kept}, follow=True).content.decode()


def test_what_the_list_of_organisations_means_is_shown_first(
    client_of: ClientOf, cast: Cast
) -> None:
    client = client_of(cast.system_administrator)
    page = client.post(UPLOAD, {"file": csv(ORGANISATIONS, BECK)}).content.decode()
    assert "1 organisations are new, 0 are there already" in page
    assert "Z99001" in page
    assert not Organisation.objects.filter(ods_code="Z99001").exists()
    for kept in ("x", ""):
        page = client.post(UPLOAD, {"list": kept}, follow=True).content.decode()
        assert "Upload the file again" in page
    assert client_of(cast.manager).post(UPLOAD, {"list": "x"}).status_code == 403


def test_organisations_are_added_by_a_system_administrator(client_of: ClientOf, cast: Cast) -> None:
    client = client_of(cast.system_administrator)
    assert "2 organisations were added, 0 were there already." in take(client, BECK, FEDERATION)
    practice = Organisation.objects.get(ods_code="Z99001")
    assert (practice.name, practice.kind) == ("Beckside Surgery", "practice")
    assert practice.area is not None
    assert practice.history.get().history_user == cast.system_administrator
    assert "0 organisations were added, 2 were there already." in take(client, BECK, FEDERATION)


def test_wrong_codes_and_kinds_are_told_and_nothing_is_taken(
    client_of: ClientOf, cast: Cast
) -> None:
    rows = [
        BECK,
        ["Q Surgery", "practice", "Q-1", "", ""],
        ["R Surgery", "practice", "Q 1", "", ""],
        ["S Surgery", "hospice", "", "", ""],
    ]
    answer = client_of(cast.system_administrator).post(UPLOAD, {"file": csv(ORGANISATIONS, *rows)})
    page = answer.content.decode()
    assert "Row 3: the ODS code Q-1 has a hyphen." in page
    assert "Row 4: the ODS code Q 1 has a space." in page
    assert "Row 5: “hospice” is not a kind of organisation." in page
    assert not Organisation.objects.filter(ods_code="Z99001").exists()


def test_a_code_that_belongs_to_another_name_is_told(client_of: ClientOf, cast: Cast) -> None:
    _ = cast.ccg
    row = ["Westmoor CCG", "ccg", "99E", "", ""]
    answer = client_of(cast.system_administrator).post(UPLOAD, {"file": csv(ORGANISATIONS, row)})
    assert "the ODS code 99E belongs to Eastmoor CCG" in answer.content.decode()


def test_two_thousand_organisations_are_taken_in_seconds(cast: Cast) -> None:
    rows = [[f"Practice {n}", "practice", f"Y{n:05}", "", ""] for n in range(2000)]
    lines = read_organisations(csv(ORGANISATIONS, *rows))
    taken = take_organisations(by=Acting(cast.system_administrator), lines=lines)
    assert taken.new == 2000
    assert Organisation.history.filter(ods_code__startswith="Y").count() == 2000
