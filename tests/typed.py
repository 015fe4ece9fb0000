"""What a browser would send: what the boxes of a page's form hold."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any


def fields_of(page: str) -> dict[str, Any]:
    """Name -> value of every input in the page's main part; several values as a list."""
    reader = _Reader()
    reader.feed(page.split("<main", 1)[-1].split("</main>")[0])
    return {name: values[0] if len(values) == 1 else values for name, values in reader.sent.items()}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self.select = self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        name, value = said.get("name") or "", said.get("value") or ""
        if tag == "textarea":
            self.area = name
            self.sent[name] = [""]
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in said:
            self.sent[self.select] = [value]
        elif tag == "input" and name:
            choice = said.get("type") in ("checkbox", "radio")
            if not choice or "checked" in said:
                self.sent.setdefault(name, []).append(value)

    def handle_data(self, data: str) -> None:
        if self.area:
            self.sent[self.area][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            # A browser drops the line end that follows the opening tag.
            self.sent[self.area][0] = self.sent[self.area][0].removeprefix("\n")
            self.area = ""
        elif tag == "select":
            self.select = ""
