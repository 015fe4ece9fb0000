"""A list of successions for a national change (X07)."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from agreements.models import PartySpell
from house.rooms import rooms
from jobs.sweep import work_due
from parties.models import Organisation, Succession
from tests.agreements.reviewed import on
from tests.cast import Cast, organisation
from tests.conftest import ClientOf
from tests.once import made_once
from tests.reading import words_of
from tests.stages import in_force
from tests.typed import fields_of

pytestmark = pytest.mark.django_db
FIRST, URL = date(2014, 4, 1), "/successions/upload/"
HEADINGS = ("Old", "New", "From", "Instrument")
ORDER = "Transfer Order 2014"


def in_force_in_2013(cast: Cast) -> None:
    with on(date(2013, 9, 3)):
        in_force(cast)
        for part in ("system_administrator", "third_ccg", "far_ccg", "administrator"):
            getattr(cast, part)
        organisation("Northern Moors Board", Organisation.Kind.ICB, ods_code="QNM")


made, cast = made_once(in_force_in_2013)


def sheet(*rows: tuple[Any, ...]) -> SimpleUploadedFile:
    book, data = Workbook(), BytesIO()
    for row in (HEADINGS, *rows):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(data)
    return SimpleUploadedFile("successions.xlsx", data.getvalue())


def test_each_row_is_judged_and_nothing_happens_before_somebody_says_so(
    cast: Cast, client_of: ClientOf
) -> None:
    client = client_of(cast.system_administrator)
    with on(FIRST):
        file = sheet(
            ("99E", "QNM", FIRST, ORDER),
            ("Westmoor CCG", "Northern Moors Board", "1/4/2014", ORDER),
            ("99F", "QNM", date(2014, 7, 1), ORDER),
        )
        shown = client.post(URL, {"file": file})
        assert "3 rows: 3 new, 0 not right" in words_of(shown)
        assert not Succession.objects.exists()
        form = {"list": fields_of(shown.content.decode())["list"]}
        done = client.post(URL, form, follow=True)
        assert "3 successions are planned" in words_of(done)
        work_due()
        again = client.post(URL, form, follow=True)
        assert "0 successions are planned" in words_of(again)
        assert "3 rows were on record already" in words_of(again)
    states = Succession.objects.order_by("pk").values_list("old__ods_code", "state")
    assert list(states) == [("99E", "done"), ("99W", "done"), ("99F", "planned")]
    assert len(set(Succession.objects.values_list("batch", flat=True))) == 1
    assert PartySpell.objects.filter(organisation__ods_code="QNM").count() == 1


def test_rows_that_cannot_be_say_why_and_hold_up_the_others(
    cast: Cast, client_of: ClientOf
) -> None:
    place = organisation("Eastmoor Place", Organisation.Kind.OTHER, ods_code="99X")
    place.is_legal_body = False
    place.save()
    with on(FIRST):
        file = sheet(
            ("99E", "QNM", FIRST, ORDER),
            ("99E", "99F", FIRST, ORDER),
            ("99W", "99X", FIRST, ORDER),
            ("Nowhere CCG", "QNM", FIRST, ORDER),
        )
        client = client_of(cast.system_administrator)
        shown = client.post(URL, {"file": file})
        words = words_of(shown)
        assert "Another row of the list has this old organisation too." in words
        assert "Eastmoor Place is a place that keeps an old code" in words
        assert "“Nowhere CCG” is no organisation of the portal." in words
        assert "Carry out these successions" not in words
    assert not Succession.objects.exists()


def test_a_row_without_a_day_or_instrument_is_named(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.system_administrator)
    words = words_of(client.post(URL, {"file": sheet(("99E", "QNM", "soon", ORDER))}))
    assert "Row 2: “soon” is no date." in words
    words = words_of(client.post(URL, {"file": sheet(("99E", "QNM", FIRST, None))}))
    assert "Row 2: the instrument is missing." in words
    many = sheet(*(("99E", "QNM", FIRST, ORDER) for _ in range(301)))
    assert "more than 300 rows" in words_of(client.post(URL, {"file": many}))
    assert client_of(cast.administrator).get(URL).status_code == 403


def test_rows_that_do_not_go_together_are_named_and_those_that_do_are_done_by_their_days(
    cast: Cast, client_of: ClientOf
) -> None:
    client = client_of(cast.system_administrator)
    second = FIRST + timedelta(days=1)
    with on(second):
        file = sheet(("QNM", "99F", FIRST, ORDER), ("99E", "QNM", FIRST, ORDER))
        words = words_of(client.post(URL, {"file": file}))
        assert "Northern Moors Board takes the place of Eastmoor CCG on 1 April 2014." in words
        assert "2 not right" in words
        shown = client.post(
            URL, {"file": sheet(("QNM", "99F", second, ORDER), ("99E", "QNM", FIRST, ORDER))}
        )
        client.post(URL, {"list": fields_of(shown.content.decode())["list"]})
        for _ in range(2):
            work_due()
            for room in rooms():
                room.time_passed()
        work_due()
    spells = PartySpell.objects.filter(party__slot="ccg").order_by("pk")
    assert [each.organisation.ods_code for each in spells] == ["99E", "QNM", "99F"]
