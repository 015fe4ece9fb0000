"""A list of organisations as people make them: bad rows are told one by one and stop no other."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from agreements.groups.reading import ReceiverList, from_data, read_receivers
from house import clock
from house.refusals import Refused
from parties.models import Organisation
from tests.agreements.grouped import begun, practices
from tests.cast import Cast, organisation

pytestmark = pytest.mark.django_db


def read(cast: Cast, data: bytes, name: str = "list.csv") -> ReceiverList:
    issue = cast.made.get("issue") or cast.made.setdefault("issue", begun(cast))
    return read_receivers(SimpleUploadedFile(name, data), issue, cast.ccg)


def workbook(rows: Sequence[Sequence[object]]) -> bytes:
    book, data = Workbook(), BytesIO()
    assert book.active
    for row in rows:
        book.active.append(list(row))
    book.save(data)
    return data.getvalue()


def test_names_codes_and_blanks_are_read_from_a_workbook_with_a_title(cast: Cast) -> None:
    first, second = practices(2)
    rows = [
        ["Practices that take part"],
        [],
        ["Practice", "ODS Code:", "CCG", "Practice manager", "E-mail *", "Area covered", "Notes"],
        [first.name, "", "Westmoor CCG", "Ada Analyst", "Ada@Practice.example ", "the dale", "x"],
        ["", "y00002", "", "", "", "", ""],
    ]
    _ = cast.third_ccg
    found = read(cast, workbook(rows), "list.xlsx")
    one, two = found.lines
    assert (one.organisation, one.commissioner) == (first.pk, cast.third_ccg.pk)
    assert (one.contact_email, one.blanks) == ("ada@practice.example", {"area": "the dale"})
    # Without a commissioner it is the sender's own.
    assert (two.organisation, two.commissioner) == (second.pk, cast.ccg.pk)
    assert (found.unread, found.wrong) == (("notes",), ())
    # In the order of the list.
    assert [called for _, called in found.columns][:3] == [
        "Organisation",
        "ODS code",
        "Commissioner",
    ]
    assert from_data(found.as_data()) == found


BAD = (
    # organisation, code, commissioner, contact, e-mail, area -> what is said
    (("", "", "", "Ada", "", ""), "the organisation is missing"),
    (("Nowhere Surgery", "", "", "", "", ""), "no organisation called “Nowhere Surgery”"),
    (("", "Q11111", "", "", "", ""), "no organisation with the code “Q11111”"),
    (("Twin Surgery", "", "", "", "", ""), "several organisations are called “Twin Surgery”"),
    (("Practice 02", "Y00001", "", "", "", ""), "Y00001 is the code of Practice 01"),
    (("Shut Surgery", "", "", "", "", ""), "Shut Surgery is closed"),
    (("Westmoor CCG", "", "", "", "", ""), "which cannot be the practice in this template"),
    (("Ash Federation", "", "", "", "", ""), "Ash Federation is a federation of practices, which"),
    (("Practice 03", "", "", "", "", ""), "Practice 03 stands in row 2 already"),
    (("Practice 01", "", "Nowhere CCG", "", "", ""), "no organisation called “Nowhere CCG”"),
    (("Practice 01", "", "Practice 02", "", "", ""), "which cannot be the ccg in this template"),
    (("Practice 01", "", "", "Ada", "ada at home", ""), "“ada at home” is not an e-mail address"),
    (("Practice 01", "", "", "", "a@b.example", ""), "needs the name of whose it is"),
    (("Practice 01", "", "", "A" * 121, "", ""), "longer than 120 characters"),
    (("Practice 01", "", "", "", "", "a" * 1001), "“Area covered” is longer than 1000 characters"),
)


def test_each_bad_row_is_told_and_the_good_ones_are_read(cast: Cast) -> None:
    practices(4)
    _ = cast.third_ccg
    organisation("Ash Federation", Organisation.Kind.FEDERATION)
    for _number in range(2):
        organisation("Twin Surgery", Organisation.Kind.PRACTICE)
    shut = organisation("Shut Surgery", Organisation.Kind.PRACTICE)
    shut.closed_on = clock.today().replace(year=2020)
    shut.save()
    heading = ("Organisation", "ODS code", "Commissioner", "Contact", "E-mail", "Area covered")
    good = ("Practice 03", "", "", "", "", "")
    rows = [heading, good, *(row for row, _ in BAD), ("Practice 04", *good[1:])]
    found = read(cast, workbook(rows), "list.xlsx")
    assert [line.name for line in found.lines] == ["Practice 03", "Practice 04"]
    assert len(found.wrong) == len(BAD)
    for row, (sentence, (_, said)) in enumerate(zip(found.wrong, BAD, strict=True), start=3):
        assert sentence.startswith(f"Row {row}: ")
        assert said in sentence


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_letters_and_marks_of_any_spreadsheet_are_read(cast: Cast, encoding: str) -> None:
    organisation("Café Surgery", Organisation.Kind.PRACTICE)
    data = "Surgery;Commissioner\nCafé Surgery;Eastmoor CCG\n".encode(encoding)
    assert [line.name for line in read(cast, data).lines] == ["Café Surgery"]


def test_a_former_name_is_known(cast: Cast) -> None:
    practice = organisation("Old Surgery", Organisation.Kind.PRACTICE)
    practice.names.create(name="New Surgery", starts_on=clock.today().replace(day=1))
    assert read(cast, b"Practice\nOld Surgery\n").lines[0].name == "New Surgery"


def test_a_file_without_organisations_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused, match="None of the first rows has a column"):
        read(cast, b"Fruit,Colour\nApple,Red\n")
