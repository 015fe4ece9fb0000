"""Seven thousand practices: a side is chosen by name, and the pages stay short."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from agreements.core.choices import organisations_for
from agreements.models import Agreement, SetUp
from agreements.terms import Slot
from nhsuk.forms import date_boxes
from parties.models import Organisation
from tests.cast import Cast, organisation
from tests.conftest import ClientOf
from tests.costs import queries_at
from tests.nhsuk.markup import Markup
from tests.once import made_once
from tests.pdf import a_pdf_that_says
from tests.setting_up import begin, library_template

pytestmark = pytest.mark.django_db
MOST_BYTES = 200_000


ORGANISATIONS = """
    WITH RECURSIVE n(i) AS (SELECT %s UNION ALL SELECT i + 1 FROM n WHERE i + 1 < %s)
    INSERT INTO parties_organisation (kind, is_legal_body, ods_code)
    SELECT 'ccg', true, 'P' || (10000 + i) FROM n
"""
NAMES = """
    INSERT INTO parties_organisationname (organisation_id, name, address)
    SELECT id, 'Dale Surgery ' || (substr(ods_code, 2)), '' FROM parties_organisation
    WHERE ods_code LIKE 'P1____' AND ods_code >= 'P' || (10000 + %s)
"""


def with_practices(first: int, behind: int) -> None:
    """Dale Surgery 10000 (P10000) and on, which may take the CCG's side; as rows, to be cheap."""
    with connection.cursor() as cursor:
        cursor.execute(ORGANISATIONS, [first, behind])
        cursor.execute(NAMES, [first])


made, cast = made_once(library_template)
REGISTER = "/agreements/new/signed/"


def of_the_ccg(client: Client, path: str, said: dict[str, Any]) -> tuple[Markup, list[str]]:
    """The page after what was said, and what it offers below the box of the CCG."""
    page = Markup(client.post(path, said).content.decode())
    return page, [e["value"] for e in page.all("input") if e.get("name") == "ccg-pick"]


def test_the_pages_are_as_short_and_cheap_with_seven_thousand_as_with_seventy(
    cast: Cast, client_of: ClientOf
) -> None:
    client = client_of(cast.manager)
    pages = [begin(client, library_template(cast)) + "parties/", REGISTER]
    with_practices(0, 70)
    said = {"title": "Together", "area_team": cast.area_team.pk, "ccg": "P10007"}
    client.post(pages[0], said)
    asked = [queries_at(client, page) for page in pages]
    with_practices(70, 7_000)
    assert [queries_at(client, page) for page in pages] == asked
    for page in pages:
        for answer in (client.get(page), client.post(page, {"ccg": "dale"})):
            assert len(answer.content) < MOST_BYTES
            assert b"Who is the CCG" in answer.content


def test_a_side_is_chosen_by_words_a_code_or_from_those_that_match(
    cast: Cast, client_of: ClientOf
) -> None:
    with_practices(0, 70)
    client = client_of(cast.manager)
    at = begin(client, library_template(cast)) + "parties/"
    said = {"title": "Together", "area_team": str(cast.area_team.pk)}
    page, offered = of_the_ccg(client, at, said | {"ccg": "surgery 1000"})
    assert len(offered) == 10
    assert page.one("input", name="title")["value"] == "Together"
    client.post(at, said | {"ccg": "surgery 1000", "ccg-pick": offered[3]})
    chosen = SetUp.objects.get().answers["parties"]["ccg"]
    assert offered[3].startswith(f"{chosen}.")
    # It stands there with its code, and is sent back as the same.
    page = Markup(client.get(at).content.decode())
    sent = {name: page.one("input", name=name)["value"] for name in ("ccg", "ccg-pick")}
    client.post(at, said | sent)
    assert SetUp.objects.get().answers["parties"]["ccg"] == chosen
    client.post(at, said | {"ccg": "p10069"})
    assert SetUp.objects.get().answers["parties"]["ccg"] != chosen


def test_a_signed_mou_is_registered_with_one_of_them(cast: Cast, client_of: ClientOf) -> None:
    with_practices(0, 70)
    client = client_of(cast.manager)
    said = {"title": "Together", "area_team": cast.area_team.pk, "ccg": "Dale Surgery 10069"}
    said |= date_boxes("signed_on", date(2013, 9, 3))
    pdf = a_pdf_that_says("Between Dale Surgery 10042 and the Area Team.")
    file = {"file": SimpleUploadedFile("mou.pdf", pdf)}
    page = client.post(REGISTER, said | file).content.decode()
    assert "The file names Dale Surgery 10042, not Dale Surgery 10069." in page
    assert "Dale Surgery 10069 (P10069)" in page
    file = {"file": SimpleUploadedFile("mou.pdf", pdf)}
    client.post(REGISTER, said | file | {"parties_are_right": "on"})
    assert Agreement.objects.get().parties.get(slot="ccg").name == "Dale Surgery 10069"


def test_no_closed_place_and_none_of_another_kind_is_found(cast: Cast) -> None:
    still_open = organisation("Open Surgery", ods_code="P00006")
    organisation("Shut Surgery", ods_code="P00007")
    organisation("Other Surgery", "practice", ods_code="P00008")
    shut = Organisation.objects.get(ods_code="P00007")
    shut.closed_on = date(2013, 4, 1)
    shut.save()
    slot = Slot(key="ccg", label="CCG", organisation_kinds=("ccg",))
    [offered] = organisations_for([slot]).values()
    assert [offered.meant(words, 11) for words in ("P00007", "P00008")] == [[], []]
    assert offered.meant("surgery", 11) == [(str(still_open.pk), "Open Surgery (P00006)")]
