"""The names of people in England print in their own letters, and can be copied and read aloud."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

import page
import pytest

from documents.letters import SCRIPTS, faces_of, missing_in, scripts_in
from documents.markdown import to_html
from documents.rendering import render
from tests.documents.sample import agreement_page

# One name for each script, made of its most usual ones; those of India with letters that melt.
NAMES = {
    "Arabic": "محمد الهاشمي",
    "Urdu": "فاطمہ چوہدری ٹھیک ڑے",
    "Bengali": "শর্মিলা কিখি রহমান",
    "Chinese": "陳大文 张伟",
    "Devanagari": "प्रिया शर्मा कीर्ति",
    "Ethiopic": "አበበ በቂላ",
    "Gujarati": "કિરણ ત્રિવેદી",
    "Gurmukhi": "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ",
    "Kannada": "ಕೃಷ್ಣ ಶಾಸ್ತ್ರಿ",
    "Malayalam": "മേരി തോമസ്",
    "Sinhala": "ශ්‍රී කුමාර",
    "Tamil": "தமிழ்ச்செல்வி கொடி",
    "Telugu": "శ్రీనివాస్ రెడ్డి",
    "Thai": "สมชาย ใจดี ก่ำ",
    "Hebrew": "יוסף כהן",
    "Greek": "Γεώργιος",
    "Polish": "Łukasz Żółć",
    "Vietnamese": "Nguyễn Thị Hằng",
}


@cache
def printed() -> bytes:
    """Each in a paragraph, in bold, and in a table; some in the title, and so on each page."""
    lines = "\n".join(f"{script}: {name} and **{name}**" for script, name in NAMES.items())
    rows = "\n".join(f"{script}\t{name}\t{name}" for script, name in NAMES.items())
    clauses = {"Names": lines, "Table": f"Script\tName\tAgain\n{rows}"}
    return render(agreement_page(clauses, title=f"With {NAMES['Bengali']}, {NAMES['Urdu']}"))


@cache
def text_of_it() -> str:
    command = ["pdftotext", "-", "-"]
    return subprocess.run(command, input=printed(), capture_output=True, check=True).stdout.decode()


@pytest.mark.parametrize("script", NAMES)
def test_a_name_is_copied_as_it_is_written(script: str) -> None:
    assert missing_in(NAMES[script]) == []
    assert text_of_it().count(NAMES[script]) >= 4
    assert "\N{REPLACEMENT CHARACTER}" not in text_of_it()


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_both_validators_accept_all_of_them(profile: str, tmp_path: Path) -> None:
    (tmp_path / "names.pdf").write_bytes(printed())
    result = page.validate_pdf(tmp_path / "names.pdf", profile=profile)
    assert result.is_compliant, [(f.rule_id, f.message) for f in result.failures]


def test_a_page_loads_the_fonts_alone_that_it_needs() -> None:
    assert scripts_in("Sam Carter, Łukasz Żółć") == []
    (bengali,) = scripts_in(f"Signed by {NAMES['Bengali']}")
    assert bengali.name == "Bengali"
    assert faces_of([bengali]).count("NotoSansBengali") == 2


def test_the_style_sheet_names_every_script() -> None:
    style = Path("documents/print/print.css").read_text()
    for script in SCRIPTS:
        assert style.count(f"{script.name},") == 2


def test_what_no_font_has_is_named_once_in_order() -> None:
    assert missing_in("a 🙂 한 b 🙂 \ue000 c\u200d\ufe0f") == ["🙂", "한", "\ue000"]
    assert missing_in("plain") == []


def test_bullets_of_wingdings_print() -> None:
    assert missing_in(str(to_html("\uf0b7 one\n\uf0fc two\n\uf0e0 three"))) == []
