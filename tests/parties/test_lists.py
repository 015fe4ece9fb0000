"""Uploaded lists: an organisation's people, and organisations for a system administrator."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook

from house import clock
from parties.acting import Acting
from parties.models import Invitation, Organisation, Person
from parties.services.list_of_people import PersonLine
from parties.services.organisations import read_organisations, take_organisations
from parties.services.uploading import meanings_of
from tests.cast import PASSWORD, Cast, acting, person_of
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


# --- What a list of people means ------------------------------------------------------------

DOORS = "reception@beck.example"


def test_what_was_understood_is_shown_before_anything_is_written_or_sent(
    client_of: ClientOf, cast: Cast, mailbox: Mailbox
) -> None:
    rows = [["Full name", "Email", "Job title", "Roles", "Phone"], [*ADA, "0123"]]
    page = understood(client_of(cast.administrator), cast, csv(*rows))
    assert "Nothing is saved or sent yet." in page
    assert "“full name” is Name" in page
    assert "“job title” is Post" in page
    assert "Not read: “phone”" in page
    assert "New. Gets the post Analyst. Is invited as Editor, Viewer" in page
    assert not Person.objects.filter(name="Ada Analyst").exists()
    assert mailbox.all == []


def test_two_people_of_one_mailbox_are_two(client_of: ClientOf, cast: Cast) -> None:
    rows = [[name, DOORS, "Receptionist", ""] for name in ("Ann Archer", "Bea Brown")]
    client = client_of(cast.administrator)
    assert "2 rows of the list were taken" in upload(client, cast, csv(HEAD, *rows))
    assert set(Person.objects.filter(email=DOORS).values_list("name", flat=True)) == {
        "Ann Archer",
        "Bea Brown",
    }
    assert "2 rows told nothing new" in upload(client, cast, csv(HEAD, *rows))


def test_another_name_at_a_known_address_is_asked_about(client_of: ClientOf, cast: Cast) -> None:
    client = client_of(cast.administrator)
    upload(client, cast, csv(HEAD, ["Ann Archer", DOORS, "Receptionist", ""]))
    ann = Person.objects.get(name="Ann Archer")
    again = csv(HEAD, ["A. Archer", DOORS, "Clerk", ""])
    page = understood(client, cast, again)
    assert "Row 2: who is A. Archer?" in page
    assert "The same person as Ann Archer" in page
    again.seek(0)
    assert "Say who A. Archer is" in upload(client, cast, again)
    again.seek(0)
    upload(client, cast, again, r2=str(ann.pk))
    assert list(ann.posts.values_list("title", flat=True)) == ["Receptionist", "Clerk"]
    upload(client, cast, csv(HEAD, ["Bea Brown", DOORS, "Clerk", ""]), r2="new")
    assert Person.objects.get(name="Bea Brown").email == DOORS


def test_an_address_of_another_organisation_is_not_asked_about(
    client_of: ClientOf, cast: Cast
) -> None:
    theirs = person_of(cast.other_manager)
    row = ["Somebody Else", theirs.email, "Clerk", "viewer"]
    page = understood(client_of(cast.administrator), cast, csv(HEAD, row))
    assert "Olga Other" not in page
    assert "who is" not in page
    upload(client_of(cast.administrator), cast, csv(HEAD, row))
    assert not theirs.posts.exists()


def test_two_of_one_mailbox_cannot_both_log_in(client_of: ClientOf, cast: Cast) -> None:
    rows = [[name, DOORS, "Receptionist", "viewer"] for name in ("Ann Archer", "Bea Brown")]
    page = upload(client_of(cast.administrator), cast, csv(HEAD, *rows))
    assert "Row 3: Ann Archer in row 2 has a role with this address too." in page


def test_roles_are_added_and_none_is_taken(client_of: ClientOf, cast: Cast) -> None:
    client, row = client_of(cast.administrator), [str(cast.colleague), cast.colleague.email]
    page = client.get(f"/organisations/{cast.area_team.pk}/people/upload/").content.decode()
    assert "Roles are added to those that somebody has" in page
    page = understood(client, cast, csv(HEAD, [*row, "Officer", "viewer"]))
    assert "Gets the role Viewer" in page
    upload(client, cast, csv(HEAD, [*row, "Officer", "viewer"]))
    assert acting(cast.colleague).roles == {"editor", "viewer"}


@pytest.mark.parametrize("sign", ["\u200b", "\u00ad", "\u2060", "\ufeff", "\u200d"])
def test_signs_that_do_not_show_are_no_part_of_an_address(
    sign: str, client_of: ClientOf, cast: Cast, mailbox: Mailbox
) -> None:
    row = [f"Ada{sign if sign != chr(0x200D) else ''} Analyst", f"ada{sign}@moors.ex{sign}ample"]
    client = client_of(cast.administrator)
    upload(client, cast, csv(HEAD, [*row, "Analyst", "Editor"]))
    assert Person.objects.get(name="Ada Analyst").email == "ada@moors.example"
    assert mailbox.to("ada@moors.example")
    # Typed too; and where somebody logs in.
    data = {"name": "Bo", "email": f"bo{sign}@moors.example", "title": "Clerk"}
    client.post(f"/organisations/{cast.area_team.pk}/people/add/", data)
    assert Person.objects.get(name="Bo").email == "bo@moors.example"
    said = {"login": f"vera.{sign}viewer@moors.example", "password": PASSWORD}
    assert cast.viewer.email.startswith("vera.")
    answer = Client().post("/account/login/", said)
    assert answer.status_code == 302


@pytest.mark.parametrize(
    "text",
    [
        "Staff list; April 2013\n\nFull name;Email;Job title;Role\nZoë Bråten;z@a.example;Clerk;",
        "First name\tSurname\tE-Mail Address\tPosition\nZoë\tBråten\tz@a.example\tClerk",
        "Name,E-mail *,Post:\nZoë Bråten,z@a.example,Clerk",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252", "mac_roman"])
def test_usual_headings_marks_and_letters_are_read(
    text: str, encoding: str, client_of: ClientOf, cast: Cast
) -> None:
    file = SimpleUploadedFile("list.txt", text.encode(encoding))
    upload(client_of(cast.administrator), cast, file)
    zoe = Person.objects.get(email="z@a.example")
    assert (zoe.name, zoe.posts.get().title) == ("Zoë Bråten", "Clerk")


def test_the_sample_can_be_uploaded_as_it_is(client_of: ClientOf, cast: Cast) -> None:
    client, path = client_of(cast.administrator), f"/organisations/{cast.area_team.pk}/people/"
    sample = client.get(f"{path}sample.csv")
    assert "attachment" in sample["Content-Disposition"]
    file = SimpleUploadedFile("people.csv", sample.content)
    assert "3 rows of the list were taken" in upload(client, cast, file)
    assert client_of(cast.other_administrator).get(f"{path}sample.csv").status_code == 403


def test_a_list_is_its_readers_alone_and_not_for_ever(client_of: ClientOf, cast: Cast) -> None:
    kept = fields_of(understood(client_of(cast.administrator), cast, csv(HEAD, BOB)))["list"]
    path = "/organisations/{}/people/upload/"
    others = client_of(cast.other_administrator)
    page = others.post(path.format(cast.ccg.pk), {"list": kept}, follow=True).content.decode()
    assert "Upload the file again." in page
    own = client_of(cast.administrator)
    at = path.format(cast.area_team.pk)
    for said in ("x", kept[:-3]):
        answer = own.post(at, {"list": said}, follow=True)
        assert "Upload the file again." in answer.content.decode()
    with time_machine.travel(clock.now() + timedelta(hours=2)):
        answer = client_of(cast.administrator).post(at, {"list": kept}, follow=True)
        assert "Upload the file again." in answer.content.decode()
    assert not Person.objects.filter(name="Bob Builder").exists()


def test_what_a_list_means_costs_as_much_for_many(cast: Cast) -> None:
    def asked(number: int) -> int:
        lines = [PersonLine(n, f"P {n}", f"p{n}@moors.example", "Clerk", ()) for n in range(number)]
        with CaptureQueriesContext(connection) as queries:
            assert len(meanings_of(cast.area_team, lines)) == number
        return len(queries)

    _ = cast.area_team
    assert asked(200) == asked(2) <= 5


def test_who_is_invited_shows_with_their_roles(client_of: ClientOf, cast: Cast) -> None:
    client = client_of(cast.administrator)
    upload(client, cast, csv(HEAD, ADA))
    page = client.get(f"/organisations/{cast.area_team.pk}/").content.decode()
    assert "Invited: Editor, Viewer" in page
    ada = Person.objects.get(name="Ada Analyst")
    page = client.get(f"/organisations/{cast.area_team.pk}/people/{ada.pk}/").content.decode()
    assert "as Editor, Viewer, not accepted yet" in page
