"""What the portal understood of a list of people is shown, and asked about, before it is taken."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from house import clock
from parties.models import Person
from parties.services.list_of_people import PersonLine
from parties.services.uploading import meanings_of
from tests.cast import PASSWORD, Cast, person_of
from tests.conftest import ClientOf, Mailbox
from tests.parties.listed import ADA, BOB, HEAD, csv, understood, upload
from tests.typed import fields_of

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
