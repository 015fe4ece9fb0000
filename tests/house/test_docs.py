"""The documents name files: each is there, so that nobody is led to one that moved."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile(r"`([a-z_]+(?:/[a-z_0-9*.-]+)+\.(?:py|toml|md|yaml|jinja|sh|txt))`")
# What the room that a page is about has before it.
ROOMS = ("", "agreements/", "deadlines/", "templates/", "meetings/")
PAGES = ["README.md", *sorted(str(page.relative_to(ROOT)) for page in ROOT.glob("docs/**/*.md"))]


@pytest.mark.parametrize("page", PAGES)
def test_files_that_a_document_names_are_there(page: str) -> None:
    named = set(NAMED.findall((ROOT / page).read_text()))
    gone = {file for file in named if not any(list(ROOT.glob(room + file)) for room in ROOMS)}
    assert gone == set()


def test_the_documents_do_name_files() -> None:
    assert len(NAMED.findall((ROOT / "docs/architecture.md").read_text())) > 15
