"""Uploaded lists: an organisation's people, and organisations for a system administrator."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from parties.acting import Acting
from parties.models import Invitation, Organisation, Person
from parties.services.organisations import take_organisations
from tests.cast import Cast, acting
from tests.conftest import ClientOf, Mailbox
from tests.typed import fields_of

HEAD = ["Name", "E-mail", "Post", "Roles"]
ADA = ["Ada Analyst", "ada@moors.example", "Analyst", "Editor, viewer"]
BOB = ["Bob Builder", "", "Estates lead", ""]


def csv(*rows: list[str]) -> SimpleUploadedFile:
    lines = [",".join(f'"{cell}"' for cell in row) for row in rows]
    return SimpleUploadedFile("list.csv", "\n".join(lines).encode())


def xlsx(*rows: list[str]) -> SimpleUploadedFile:
    book, buffer = Workbook(), BytesIO()
    sheet = book.create_sheet("People", 0)
    book.active = sheet
    for row in rows:
        sheet.append(row)
    book.save(buffer)
    return SimpleUploadedFile("list.xlsx", buffer.getvalue())


def understood(client: Client, cast: Cast, file: SimpleUploadedFile) -> str:
    """What the portal says that the list means."""
    path = f"/organisations/{cast.area_team.pk}/people/upload/"
    return client.post(path, {"file": file}, follow=True).content.decode()


def upload(client: Client, cast: Cast, file: SimpleUploadedFile, **meant: str) -> str:
    """Looks at what it means, then says that it is right."""
    page = understood(client, cast, file)
    if 'name="list"' not in page:
        return page
    path = f"/organisations/{cast.area_team.pk}/people/upload/"
    said = {"list": fields_of(page)["list"]} | {f"meant-{k[1:]}": v for k, v in meant.items()}
    return client.post(path, said, follow=True).content.decode()


# --- People ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [csv, xlsx])
def test_people_of_a_list_are_added_and_invited(
    kind: object, client_of: ClientOf, cast: Cast, mailbox: Mailbox
) -> None:
    page = upload(client_of(cast.administrator), cast, kind(HEAD, ADA, BOB))  # type: ignore[operator]
    assert "2 rows of the list were taken" in page
    assert Invitation.objects.get().roles == ["editor", "viewer"]
    assert [mail.to for mail in mailbox.all] == [["ada@moors.example"]]
    assert Person.objects.get(name="Bob Builder").posts.get().title == "Estates lead"


def test_the_same_list_again_changes_nothing(client_of: ClientOf, cast: Cast) -> None:
    client = client_of(cast.administrator)
    upload(client, cast, csv(HEAD, ADA, BOB))
    before = (Person.objects.count(), Invitation.objects.count())
    page = upload(client, cast, csv(HEAD, ADA, BOB))
    assert "0 rows of the list were taken" in page
    assert "2 rows told nothing new" in page
    assert (Person.objects.count(), Invitation.objects.count()) == before


def test_wrong_rows_are_told_one_by_one_and_nothing_is_taken(
    client_of: ClientOf, cast: Cast
) -> None:
    rows = [
        ADA,
        ["", "x@moors.example", "Clerk", ""],
        ["Cy", "not an address", "Clerk", ""],
        ["Di", "", "Clerk", "editor"],
        ["Ed", "ed@moors.example", "Clerk", "boss"],
        ["Flo", "flo@moors.example", "", ""],
    ]
    page = upload(client_of(cast.administrator), cast, csv(HEAD, *rows))
    for sentence in (
        "Row 3: the name is missing",
        "Row 4: “not an address” is not an e-mail address",
        "Row 5: somebody with a role needs an e-mail address",
        "Row 6: “boss” is not a role. Use one of: Viewer, Editor, MoU manager",
        "Row 7: the post is missing",
    ):
        assert sentence in page
    assert not Person.objects.filter(name="Ada Analyst").exists()


def test_a_missing_column_is_named(client_of: ClientOf, cast: Cast) -> None:
    page = upload(client_of(cast.administrator), cast, csv(["Name", "E-mail"], ADA[:2]))
    assert "The first row has no column “post”" in page


def test_a_member_gets_the_roles_of_the_list_at_once(client_of: ClientOf, cast: Cast) -> None:
    row = [str(cast.colleague), cast.colleague.email, "Officer", "secretary"]
    upload(client_of(cast.administrator), cast, csv(HEAD, row))
    assert acting(cast.colleague).roles == {"editor", "secretary"}
    assert not Invitation.objects.exists()


def test_another_organisations_administrator_may_not(client_of: ClientOf, cast: Cast) -> None:
    path = f"/organisations/{cast.area_team.pk}/people/upload/"
    answer = client_of(cast.other_administrator).post(path, {"file": csv(HEAD, ADA)})
    assert answer.status_code == 403


# --- Organisations --------------------------------------------------------------------------

ORGANISATIONS = ["Name", "Kind", "ODS code", "Area", "Address"]
BECK = ["Beckside Surgery", "General practice", "z99001", "Northern Moors", "1 Beck Lane"]
FEDERATION = ["Moors Federation", "federation", "", "", ""]
UPLOAD = "/admin/parties/organisation/upload/"


def test_organisations_are_added_by_a_system_administrator(client_of: ClientOf, cast: Cast) -> None:
    client = client_of(cast.system_administrator)
    page = client.post(UPLOAD, {"file": csv(ORGANISATIONS, BECK, FEDERATION)}, follow=True)
    assert "2 organisations were added, 0 were there already." in page.content.decode()
    practice = Organisation.objects.get(ods_code="Z99001")
    assert (practice.name, practice.kind) == ("Beckside Surgery", "practice")
    assert practice.area is not None
    assert practice.history.get().history_user == cast.system_administrator
    page = client.post(UPLOAD, {"file": csv(ORGANISATIONS, BECK, FEDERATION)}, follow=True)
    assert "0 organisations were added, 2 were there already." in page.content.decode()


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
    taken = take_organisations(by=Acting(cast.system_administrator), file=csv(ORGANISATIONS, *rows))
    assert taken.new == 2000
    assert Organisation.history.filter(ods_code__startswith="Y").count() == 2000
