"""No heading stands at the foot of a page, away from what it is over."""

from __future__ import annotations

import re
import subprocess

import pytest

from agreements.signing.pages.agreement_document import AgreementDocument
from agreements.signing.signed_copy import as_html, build_unsigned_copy
from house import clock
from tests.cast import Cast
from tests.setting_up import library_template
from tests.stages import draft_of, drafted

pytestmark = pytest.mark.django_db


def test_no_section_begins_at_the_foot_of_a_page(cast: Cast) -> None:
    draft = draft_of(drafted(cast, source=library_template(cast)))
    # An empty box between a heading and what follows it parts them, wherever the page ends.
    html = as_html(AgreementDocument(draft, at=clock.now()))
    assert not re.search(r"</h2>\s*<div[^>]*>\s*</div>", html)
    pdf = build_unsigned_copy(draft, made_at=clock.now())
    command = ["pdftotext", "-layout", "-", "-"]
    text = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
    sections = {each.heading for each in draft.texts.filter(kind="section")}
    pages = [page.split("\n") for page in text.split("\f")[:-1]]
    # Above the page's number.
    feet = [[" ".join(line.split()[1:]) for line in page if line.strip()][-2:-1] for page in pages]
    assert len(feet) > len(sections) > 10
    assert not [foot for foot in feet if sections & set(foot)]
