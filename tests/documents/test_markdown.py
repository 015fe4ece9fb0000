from __future__ import annotations

import random
from collections.abc import Iterator
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from weasyprint import HTML

from documents.blocks import DEEPEST
from documents.markdown import CLASSES, SCHEMES, TAGS, to_html
from tests.proof_plugin import Proof

FRAME = {"html", "head", "body"}  # what the parser puts around any fragment
ALLOWED = (
    {"a": {"href", "rel"}, "li": {"value"}, "th": {"scope", "class"}}
    | {tag: {"class"} for tag in ("span", "tr", "td")}
    | {"table": {"class", "tabindex"}}
)
CORPUS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;<img src onerror=alert(1)>'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<a href='jav&#x09;ascript:alert(1)'>x</a>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<style>@import url(http://evil.example)</style>",
    "<p style='position:fixed' class=x id=y onclick=alert(1)>",
    "<base href=//evil.example/><form action=//evil.example><input autofocus onfocus=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox(1))",
    "[x](file:///etc/passwd)",
    "[x](http://plain.example)",
    "[x](//evil.example)",
    '[x](https://good.example "onmouseover=alert(1)")',
    "<javascript:alert(1)>",
    "<https://good.example>",
    "![x](https://evil.example/pixel.gif)",
    "![x](javascript:alert(1))",
    "[x]: javascript:alert(1)\n\n[x]",
    "```<script>\nalert(1)\n```",
    "`<img src=x onerror=alert(1)>`",
    "# <img src=x onerror=alert(1)>\n## b",
    "| <script> | b |\n|---|:-:|\n| `<b>` | [x](javascript:1) |",
    "> - 1. <svg onload=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\\<script\\>alert(1)",
    "<!--><script>alert(1)</script-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?>",
    "\x00<scr\x00ipt>alert(1)</scr\x00ipt>",
]


def elements(html: str) -> Iterator[Element]:
    """As an HTML5 parser reads it, not as the sanitiser does."""
    return HTML(string=html).etree_element.iter()


def assert_safe(text: str) -> None:
    for element in elements(to_html(text)):
        assert element.tag in TAGS | FRAME, element.tag
        assert set(element.attrib) <= ALLOWED.get(element.tag, set()), element.attrib
        assert element.get("scope") in (None, "col", "row")
        assert element.get("tabindex") in (None, "0")
        assert set(element.get("class", "").split()) <= CLASSES.get(element.tag, set())
        if element.tag == "a" and "href" in element.attrib:
            assert_leads_somewhere_safe(element)


def assert_leads_somewhere_safe(link: Element) -> None:
    assert urlsplit(link.attrib["href"]).scheme in SCHEMES
    assert link.attrib["rel"] == "noopener noreferrer"


@pytest.mark.parametrize("attack", CORPUS)
def test_an_attack_comes_out_harmless(attack: str) -> None:
    assert_safe(attack)


SPICE = [
    *"<>\"'`&[]()!#|\\/=: \n\t\x00\u2028",
    "-->",
    "]]>",
    "</p>",
    "\u202e",
    "&#x3c;",
    "{{",
    "\n    ",
]


def mutated(chance: random.Random) -> str:
    """Attacks cut up, joined, and spiced with what parsers stumble over."""
    pieces = []
    for attack in chance.choices(CORPUS, k=chance.randint(1, 3)):
        at = chance.randint(0, len(attack))
        pieces += [attack[:at], chance.choice(SPICE), attack[at:]]
    return "".join(pieces)


@pytest.mark.proof("B3")
def test_mutated_attacks_come_out_harmless(proof: Proof) -> None:
    chance, texts = proof.chance(), proof.size(small=200, full=100_000)
    let_through = []
    for _ in range(texts):
        attack = mutated(chance)
        try:
            assert_safe(attack)
        except AssertionError as found:
            let_through.append((attack, str(found)))
    print(*let_through[:20], sep="\n")
    proof.shows(
        f"{texts:,} mutations of {len(CORPUS)} attacks: {len(let_through)} left a tag, an "
        "attribute or a scheme that is not on the list",
        reached=not let_through,
    )


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_comes_out_harmless(text: str) -> None:
    assert_safe(text)


@pytest.mark.parametrize(("under", "first", "second"), [(3, "h4", "h5"), (2, "h3", "h4")])
def test_headings_begin_below_the_one_above_them(under: int, first: str, second: str) -> None:
    text = "### One\n\n###### Two\n\n### Three\n\n## Four\n\n## Five\n\n### Six"
    html = to_html(text, under=under)
    tags = [element.tag for element in elements(html) if element.tag[1:].isdigit()]
    assert tags == [first, second, first, first, first, second]


@pytest.mark.parametrize(
    "typed",
    [
        "[our page](http://plain.example)",
        "<http://plain.example>",
        "[x](javascript:alert(1))",
        "[here](/agreements/)",
    ],
)
def test_an_address_that_may_lead_nowhere_stands_as_it_was_typed(typed: str) -> None:
    shown = HTML(string=to_html(typed)).etree_element
    assert "".join(shown.itertext()).strip() == typed
    assert shown.find(".//a") is None


def test_addresses_lead_where_they_say() -> None:
    html = to_html("See https://a.example/b?c=1&d, or write to <j.doe@a.example>.")
    assert '<a href="https://a.example/b?c=1&amp;d" rel="noopener noreferrer">' in html
    assert '&lt;<a href="mailto:j.doe@a.example" rel="noopener noreferrer">j.doe@a.example' in html


def test_html_that_somebody_typed_is_shown_as_text() -> None:
    assert to_html("A <b>bold</b> & brave claim").strip() == (
        "<p>A &lt;b&gt;bold&lt;/b&gt; &amp; brave claim</p>"
    )


def test_deep_nesting_ends_somewhere() -> None:
    assert len(to_html(">" * 5000 + "x")) < 30_000
    assert len(to_html("- " * 5000 + "x")) < 20_000
    stairs = "\n".join(f"{' ' * n}- x" for n in range(0, 2000, 2))
    assert to_html(stairs).count("<ul>") == DEEPEST
