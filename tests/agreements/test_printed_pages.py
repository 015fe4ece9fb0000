"""What a printed agreement is called as a file, and what stands at the foot of its pages."""

from __future__ import annotations

import re
import subprocess
from io import BytesIO

import pikepdf
import pytest

from agreements.models import KeyContact
from agreements.signing.pages.agreement_document import AgreementDocument
from agreements.signing.signed_copy import as_html, build_unsigned_copy
from documents.rendering import render
from house import clock
from tests import federations
from tests.cast import Cast, acting, organisation, person_of
from tests.pdf import printed
from tests.setting_up import library_template
from tests.stages import draft_of, drafted, make, template

pytestmark = pytest.mark.django_db


def test_no_section_begins_at_the_foot_of_a_page(cast: Cast) -> None:
    draft = draft_of(drafted(cast, source=library_template(cast)))
    # An empty box between a heading and what follows it parts them, wherever the page ends.
    html = as_html(AgreementDocument(draft, at=clock.now()))
    assert not re.search(r"</h2>\s*<div[^>]*>\s*</div>", html)
    pdf = build_unsigned_copy(draft, made_at=clock.now())
    sections = {each.heading for each in draft.texts.filter(kind="section")}
    pages = _lines_of_pages(pdf)
    # Above the page's number.
    feet = [[" ".join(line.split()[1:]) for line in page][-2:-1] for page in pages]
    assert len(feet) > len(sections) > 10
    assert not [foot for foot in feet if sections & set(foot)]
    # A draft says so once, and its contents leave no line or two for a page of their own.
    assert all(page[0].split()[-3:] == ["Draft,", "not", "signed"] for page in pages[1:])
    assert "The parties" in pages[3]


def test_lists_and_short_tables_are_not_parted_where_one_line_is_left() -> None:
    rows = "".join(f"<tr><th>Row {each}</th><td>here</td></tr>" for each in (1, 2, 3, "last"))
    items = "<li>Item first</li><li>Item 2</li><li>Item 3</li><li>Item last</li>"
    block = f"<p>A list:</p><ul>{items}</ul><p>A table:</p><table><tbody>{rows}</tbody></table>"
    pages = _lines_of_pages(render(f"<title>A</title><body>{block * 40}</body>"))
    assert len(pages) > 8
    # Each page begins with what introduces something, or goes on with more than one item.
    assert {page[0].strip(" •\uf0b7") for page in pages} <= {"A list:", "A table:", "Item 3"}


def _lines_of_pages(pdf: bytes) -> list[list[str]]:
    command = ["pdftotext", "-layout", "-", "-"]
    text = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
    pages = [page.split("\n") for page in text.split("\f")[:-1]]
    return [[line for line in page if line.strip()] for page in pages]


def test_the_file_is_called_by_its_parties_and_its_reference(cast: Cast) -> None:
    pdf = build_unsigned_copy(draft_of(drafted(cast)), made_at=clock.now())
    with pikepdf.open(BytesIO(pdf)) as opened:
        called = str(opened.docinfo["/Title"])
    both = "Northern Moors Area Team and Eastmoor CCG"
    assert called == f"Working together: {both}, MOU-0001"


def test_of_many_parties_the_title_names_the_first(cast: Cast) -> None:
    sides = {f"ccg_{each}": organisation(f"CCG {each}") for each in range(9)}
    sides = {"area_team": cast.area_team} | sides
    source = template(cast.area_team, tuple(sides))
    ten = make(acting(cast.manager), source, sides, {"area": "the moors"})
    title = AgreementDocument(draft_of(ten), at=clock.now()).full_title
    assert title == "Working together: Northern Moors Area Team and 9 others, MOU-0001"


def test_among_ten_no_word_of_a_contact_is_broken(cast: Cast) -> None:
    ten = federations.drafted(cast)
    somebody = person_of(cast.other_manager)
    for party in ten.sides:
        KeyContact.objects.create(
            party=party, role="mou_manager", person=somebody, starts_on=clock.today(),
            job_title="Communications and commissioning administrator",
        )  # fmt: skip
    text = printed(build_unsigned_copy(draft_of(ten), made_at=clock.now()))
    for word in ("Communications", "commissioning", "administrator"):
        assert text.count(word) == 10, word
