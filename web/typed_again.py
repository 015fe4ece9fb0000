"""A page's form with what somebody typed before, written into the finished page.

The page is made as ever, and no view sees what was typed: nothing is sent by showing it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape
from html.parser import HTMLParser

Typed = Mapping[str, Sequence[str]]
Attributes = list[tuple[str, str | None]]

# What nobody types: keys, numbers and the names of choices.
_NOT_WORDS = re.compile(r"[\w:.-]*")
# Browsers let no page fill these in.
_NEVER = {"file", "password", "submit", "button", "image", "reset"}


def filled_again(page: str, typed: Typed, is_the_form: Callable[[str], bool]) -> str:
    """The page with these values in the form whose `action` is the one that was sent.

    What has no place there stands above it, to copy from; without the form, at the top of the page.
    """
    filler = _Filler(typed, is_the_form)
    filler.feed(page)
    filler.close()
    return filler.page()


class _Filler(HTMLParser):
    """Gives the page out as it came in, but for the values of one form."""

    def __init__(self, typed: Typed, is_the_form: Callable[[str], bool]) -> None:
        super().__init__(convert_charrefs=False)
        self.typed, self.is_the_form = typed, is_the_form
        self.out: list[str] = []
        self.placed: set[str] = set()
        self.main = self.form = 0
        self.inside = False
        self.select = ""
        self.area: str | None = None

    def page(self) -> str:
        place = self.form or self.main
        return "".join([*self.out[:place], self._left_over() if place else "", *self.out[place:]])

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        said = dict(attrs)
        is_open = tag == "form" and said.get("method") == "post" and not self.form
        if is_open and self.is_the_form(said.get("action") or ""):
            self.inside, self.form = True, len(self.out)
        self.out.append(self._tag(tag, attrs) if self.inside else self._as_it_is())
        if tag == "main":
            self.main = len(self.out)

    def _as_it_is(self) -> str:
        return self.get_starttag_text() or ""

    def _tag(self, tag: str, attrs: Attributes) -> str:
        said = dict(attrs)
        name = said.get("name") or ""
        if tag == "select":
            self.select = name
        elif tag == "option" and self.select in self.typed:
            self.placed.add(self.select)
            return self._chosen(tag, attrs, "selected", self.select)
        elif name in self.typed:
            self.placed.add(name)
            if tag == "textarea":
                self.area = self.typed[name][0]
            elif tag == "input":
                return self._input(attrs, name, said.get("type") or "text")
        elif tag == "input" and said.get("type") == "checkbox" and name:
            return self._chosen(tag, attrs, "checked", name)
        return self._as_it_is()

    def _input(self, attrs: Attributes, name: str, kind: str) -> str:
        if kind in ("checkbox", "radio"):
            return self._chosen("input", attrs, "checked", name)
        if kind in _NEVER:
            return self._as_it_is()
        others = [(key, value) for key, value in attrs if key != "value"]
        return _written("input", [*others, ("value", self.typed[name][0])])

    def _chosen(self, tag: str, attrs: Attributes, mark: str, name: str) -> str:
        """A box, a button or an option, marked exactly when it was chosen."""
        value = dict(attrs).get("value")
        others = [(key, said) for key, said in attrs if key != mark]
        is_chosen = ("on" if value is None else value) in self.typed.get(name, ())
        return _written(tag, [*others, (mark, None)] if is_chosen else others)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.area is not None:
            # A browser drops the line end that follows the opening tag.
            self.out.append("\n" + escape(self.area))
            self.area = None
        elif tag == "select":
            self.select = ""
        elif tag == "form":
            self.inside = False
        self.out.append(f"</{tag}>")

    def _left_over(self) -> str:
        left = [
            (name, value)
            for name, values in self.typed.items()
            for value in values
            if name not in self.placed and not _NOT_WORDS.fullmatch(value)
        ]
        if not left:
            return ""
        said = "".join(
            f"<dt><strong>{escape(_called(name))}</strong></dt>"
            f'<dd class="portal-plain">{escape(value)}</dd>'
            for name, value in left
        )
        words = "What you typed and what has no place here now, to copy from:"
        return f'<div class="nhsuk-inset-text"><p>{words}</p><dl>{said}</dl></div>'

    # --- Everything else as it came

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        if self.area is None:
            self.out.append(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self.out.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.out.append(f"<!{decl}>")


def _written(tag: str, attrs: Attributes) -> str:
    said = "".join(
        f" {name}" if value is None else f' {name}="{escape(value)}"' for name, value in attrs
    )
    return f"<{tag}{said}>"


def _called(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").capitalize()
