"""What was rendered once is kept by the hash of what went in, and goes when nobody asks for it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries

from documents.markdown import each_to_html, to_html
from documents.models import Rendering
from documents.rendered import KEPT_FOR, each_rendered, renderer
from house import clock

pytestmark = pytest.mark.django_db


class Loud:
    """A renderer that tells what it was asked to render."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, source: str) -> bytes:
        self.asked.append(source)
        return source.upper().encode()


def test_each_source_is_rendered_once() -> None:
    loud = Loud()
    assert each_rendered(["a", "b", "a"], by="loud 1", make=loud) == {"a": b"A", "b": b"B"}
    assert each_rendered(["b", "c"], by="loud 1", make=loud) == {"b": b"B", "c": b"C"}
    assert sorted(loud.asked) == ["a", "b", "c"]


def test_another_renderer_or_another_source_renders_anew() -> None:
    loud = Loud()
    for by, source in (("loud 1", "a"), ("loud 2", "a"), ("loud 2", "a ")):
        each_rendered([source], by=by, make=loud)
    assert loud.asked == ["a", "a", "a "]


def test_a_renderers_name_follows_its_files(tmp_path: Path) -> None:
    rules = tmp_path / "rules.py"
    rules.write_text("1")
    before = renderer("html", ["nh3"], [rules])
    rules.write_text("2")
    assert renderer("html", ["nh3"], [rules]) != before


def test_what_cannot_be_rendered_is_not_kept() -> None:
    def fails(_: str) -> bytes:
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - the one raised above
        each_rendered(["a"], by="broken", make=fails)
    assert not Rendering.objects.exists()


def test_what_nobody_asks_for_goes_and_what_is_used_stays() -> None:
    loud, start = Loud(), clock.now()
    each_rendered(["used", "unused"], by="loud", make=loud)
    with clock.at(start + KEPT_FOR / 2):
        each_rendered(["used"], by="loud", make=loud)
    with clock.at(start + KEPT_FOR + timedelta(days=1)):
        each_rendered(["new"], by="loud", make=loud)
        each_rendered(["used", "unused"], by="loud", make=loud)
    assert loud.asked.count("used") == 1
    assert loud.asked.count("unused") == 2


def test_a_text_of_many_clauses_takes_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    texts = [f"Clause **{number}**" for number in range(40)]
    each_to_html(texts)
    with django_assert_num_queries(1):
        assert each_to_html(texts) == {text: to_html(text) for text in texts}
