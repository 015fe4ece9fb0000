"""An uploaded list of an organisation's people: who is added, invited and given roles."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from parties.models import Invitation, Person
from tests.cast import Cast, acting
from tests.conftest import ClientOf, Mailbox
from tests.parties.listed import ADA, BOB, HEAD, csv, understood, upload, xlsx


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


def test_roles_are_added_and_none_is_taken(client_of: ClientOf, cast: Cast) -> None:
    client, row = client_of(cast.administrator), [str(cast.colleague), cast.colleague.email]
    page = client.get(f"/organisations/{cast.area_team.pk}/people/upload/").content.decode()
    assert "Roles are added to those that somebody has" in page
    page = understood(client, cast, csv(HEAD, [*row, "Officer", "viewer"]))
    assert "Gets the role Viewer" in page
    upload(client, cast, csv(HEAD, [*row, "Officer", "viewer"]))
    assert acting(cast.colleague).roles == {"editor", "viewer"}


def test_the_sample_can_be_uploaded_as_it_is(client_of: ClientOf, cast: Cast) -> None:
    client, path = client_of(cast.administrator), f"/organisations/{cast.area_team.pk}/people/"
    sample = client.get(f"{path}sample.csv")
    assert "attachment" in sample["Content-Disposition"]
    file = SimpleUploadedFile("people.csv", sample.content)
    assert "3 rows of the list were taken" in upload(client, cast, file)
    assert client_of(cast.other_administrator).get(f"{path}sample.csv").status_code == 403


def test_who_is_invited_shows_with_their_roles(client_of: ClientOf, cast: Cast) -> None:
    client = client_of(cast.administrator)
    upload(client, cast, csv(HEAD, ADA))
    page = client.get(f"/organisations/{cast.area_team.pk}/").content.decode()
    assert "Invited: Editor, Viewer" in page
    ada = Person.objects.get(name="Ada Analyst")
    page = client.get(f"/organisations/{cast.area_team.pk}/people/{ada.pk}/").content.decode()
    assert "as Editor, Viewer, not accepted yet" in page
