"""Reads HTML for the tests: its elements with their attributes and text."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"input", "br", "hr", "img", "link", "meta"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    text: str = ""
    inside: list[str] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    def get(self, name: str) -> str | None:
        return self.attributes.get(name)


class Markup(HTMLParser):
    """`Markup(html).all("input")`: every input of the page, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        element.inside = [outer.tag for outer in self._open]
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def all(self, *tags: str) -> list[Element]:
        return [each for each in self.elements if each.tag in tags]

    def one(self, tag: str, **attributes: str) -> Element:
        """The only element of this kind with these attributes (class_ for class)."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        found = [
            each
            for each in self.all(tag)
            if all(value in (each.get(name) or "").split() for name, value in wanted.items())
        ]
        assert len(found) == 1, f"{len(found)} of {tag} {wanted}"
        return found[0]

    def with_id(self, id: str) -> Element:  # noqa: A002
        return next(each for each in self.elements if each.get("id") == id)

    @property
    def ids(self) -> list[str]:
        return [each["id"] for each in self.elements if "id" in each.attributes]
