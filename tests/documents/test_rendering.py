from __future__ import annotations

import random
import shutil
import subprocess
from pathlib import Path

import page
import pytest

from documents.limited import Limits, Stopped, run
from documents.rendering import LIMITS, Attachment, RenderingFailed, render
from tests.documents.sample import agreement_page


def text_of(pdf: bytes, first: int = 1, last: int = 999) -> str:
    command = ["pdftotext", "-layout", "-f", str(first), "-l", str(last), "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


ODD = [
    "[](https://empty.example)",
    "[**bold** `code`](https://a.example)",
    "- a\n\n  loose\n\n  - b\n\n    > c\n\n    1. d",
    "1. a\n\n   ```\n   code\n   ```",
    "| only a header |\n|---|",
    "### c\n# a\n###### f",
    "- - - a\n\n>",
    "ŁÓDŹ żółć &nbsp;&shy;&zwj;&#0;",
    "x" * 500,
]


def odd_page() -> str:
    """A long table, letters that no print font has, and Markdown that trips up the tags."""
    rows = "".join(f"| Row {number} | 你好 🙂 \ue000 السلام |\n" for number in range(45))
    odd = {f"Odd {number}": body for number, body in enumerate(ODD)}
    return agreement_page({"Long": f"| What | Where |\n|---|---|\n{rows}", **odd}, title="Zażółć")


@pytest.fixture(scope="module")
def odd_document() -> bytes:
    return render(odd_page())


def test_the_contents_say_on_which_page_a_part_begins(rendered: bytes) -> None:
    line = next(row for row in text_of(rendered, 2, 2).splitlines() if "Key contacts" in row)
    number = int(line.split()[-1])
    assert text_of(rendered, number, number).count("Key contacts") == 1


def test_every_page_but_the_cover_says_what_it_belongs_to(rendered: bytes) -> None:
    first, second, *_ = text_of(rendered).split("\f")
    assert "Version 1.0, signed 3 September 2013" not in first
    assert second.split("\n")[0].startswith("Memorandum of understanding")
    assert "MOU-0142" in second
    assert "Page 2 of " in second


def test_equal_input_gives_equal_bytes() -> None:
    html, data = agreement_page({"One": "*text*"}), Attachment("a.json", b"{}", "text/x", "A")
    first, second = (render(html, attachments=[data]) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_nothing_that_people_type_breaks_the_document(
    odd_document: bytes, profile: str, tmp_path: Path
) -> None:
    (tmp_path / "odd.pdf").write_bytes(odd_document)
    result = page.validate_pdf(tmp_path / "odd.pdf", profile=profile)
    assert result.is_compliant, [(f.rule_id, f.message) for f in result.failures]


def test_letters_without_a_font_are_marked_as_such(odd_document: bytes) -> None:
    assert "\N{REPLACEMENT CHARACTER}" in text_of(odd_document)
    assert "Zażółć" in text_of(odd_document)


def test_a_title_is_text_wherever_it_stands() -> None:
    html = agreement_page({"One": "text"}, title='"><script>alert(1)</script>')
    assert "<script>" not in html
    assert 'data-title="&#34;&gt;&lt;script&gt;' in html


def test_a_table_repeats_its_headings_on_each_page(odd_document: bytes) -> None:
    pages = [sheet for sheet in text_of(odd_document).split("\f") if "Row " in sheet]
    assert len(pages) > 1
    assert all(sheet.count("What") >= 1 and "Where" in sheet for sheet in pages)


def test_a_document_that_is_too_large_is_refused_at_once() -> None:
    with pytest.raises(RenderingFailed, match="Shorten it"):
        render("x" * 3_000_000)
    with pytest.raises(RenderingFailed, match="Shorten it"):
        render("x", attachments=[Attachment("a", b"x" * 6_000_000, "text/plain", "Too much")])


@pytest.mark.parametrize(
    ("cpu", "wall", "memory", "answer", "why"),
    [
        (1, 60, LIMITS.memory, LIMITS.answer, "time"),
        (30, 1, LIMITS.memory, LIMITS.answer, "time"),
        (30, 60, LIMITS.memory, 1_500_000, "size"),
        (30, 60, LIMITS.memory // 8, LIMITS.answer, None),
    ],
)
def test_a_document_that_takes_too_much_is_stopped(
    cpu: int, wall: int, memory: int, answer: int, why: str | None
) -> None:
    table = "<table>" + "<tr><td>x<td>y" * (20000 if why == "time" else 5) + "</table>"
    noise = random.Random(1).randbytes(2_000_000)
    about = {"name": "noise", "description": "Noise", "content_type": "application/x-noise"}
    with pytest.raises(Stopped) as stopped:
        run(
            "render",
            {"attachments": [about]},
            [table.encode(), noise],
            Limits(memory, cpu, wall, answer),
        )
    assert why in (None, stopped.value.why)


@pytest.mark.parametrize("program", ["gcc", "cc", "ld"])
def test_the_child_starts_no_compiler_to_find_its_libraries(program: str) -> None:
    from documents.limited import _environment

    found = shutil.which(program, path=_environment("/tmp").get("PATH"))  # noqa: S108
    assert found is None


def test_the_child_gets_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    from documents.limited import _environment

    monkeypatch.setenv("SECRET_KEY", "hidden")
    assert "hidden" not in str(_environment("/tmp"))  # noqa: S108
