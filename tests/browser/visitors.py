"""People in front of the portal: one with a keyboard alone, one without JavaScript.

Both do the same things by the names of what they see, so that one story serves both.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from datetime import date
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.in_browser import (
    NARROW,
    SIZES,
    findings,
    names_torn,
    wider_than_the_window,
    without_style,
)

# Long enough for a busy machine that typesets a document meanwhile.
PATIENCE = 60_000
# On a telephone the page begins in its first sixth.
HIGHEST_HEADER = 120


class Visitor(ABC):
    """Somebody with a browser of their own. What is wrong with a page goes to `complaints`."""

    has_scripts = True

    def __init__(self, page: Page, complaints: list[str]) -> None:
        self.page = page
        self.complaints = complaints
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda said: self._complain(said.text))
        page.on("pageerror", lambda error: self._complain(str(error)))

    # --- What everybody does in their own way

    @abstractmethod
    def _press(self, wanted: Locator) -> None: ...

    @abstractmethod
    def _type(self, wanted: Locator, text: str) -> None: ...

    @abstractmethod
    def _mark(self, wanted: Locator) -> None: ...

    @abstractmethod
    def _pick(self, wanted: Locator, text: str) -> None: ...

    # --- Going somewhere: each page is looked at when one arrives

    def open(self, path: str) -> None:
        self.page.goto(path)
        self._look()

    def press(self, button: str) -> None:
        self._go(self.page.get_by_role("button", name=button, exact=True).first)

    def see_to(self, line: str, button: str) -> None:
        """A line of Home that begins so: by its link, or its button where it is the most urgent."""
        link = self.page.get_by_role("link", name=re.compile(rf"^{re.escape(line)}"))
        main = self.page.get_by_role("button", name=re.compile(rf"^{re.escape(button)} "))
        self._go(main.or_(link).first)

    def follow(self, link: str) -> None:
        self._go(self.page.get_by_role("link", name=link, exact=True).first)

    def jump(self, link: str) -> None:
        """To another place of the same page."""
        self._press(self.page.get_by_role("link", name=link, exact=True).first)

    def unfold(self, summary: str) -> None:
        """What stands behind "More for …"."""
        wanted = self.page.locator("summary").filter(has_text=summary)
        if not wanted.evaluate("summary => summary.parentElement.open"):
            self._press(wanted)

    def download(self, button: str) -> bytes:
        with self.page.expect_download() as started:
            self._press(self.page.get_by_role("button", name=button, exact=True).first)
        return started.value.path().read_bytes()

    # --- Filling in

    def write(self, label: str, text: str, within: tuple[str, ...] = ()) -> None:
        self._type(self._labelled(label, within), text)

    def write_date(self, legend: str, on: date) -> None:
        for box, number in (("Day", on.day), ("Month", on.month), ("Year", on.year)):
            self.write(box, str(number), within=(legend,))

    def choose(self, option: str) -> None:
        self._mark(self.page.get_by_role("radio", name=option, exact=True))

    def tick(self, statement: str) -> None:
        self._mark(self.page.get_by_role("checkbox", name=statement, exact=True))

    def pick(self, label: str, text: str, within: tuple[str, ...] = ()) -> None:
        self._pick(self._labelled(label, within), text)

    def give(self, label: str, file: Path) -> None:
        with self.page.expect_file_chooser() as chooser:
            self._press(self._labelled(label))
        chooser.value.set_files(file)

    # --- Reading

    def sees(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.get_by_role("main")).to_contain_text(text)

    def does_not_see(self, text: str) -> None:
        expect(self.page.get_by_role("main")).not_to_contain_text(text)

    def does_not_see_button(self, name: str) -> None:
        expect(self.page.get_by_role("button", name=name, exact=True)).to_have_count(0)

    # --- How

    def _labelled(self, label: str, within: tuple[str, ...] = ()) -> Locator:
        place: Page | Locator = self.page
        for legend in within:
            place = place.get_by_role("group", name=legend, exact=True)
        return place.get_by_label(re.compile(rf"^\s*{re.escape(label)}( \(optional\))?\s*$"))

    def _go(self, wanted: Locator) -> None:
        with self.page.expect_navigation():
            self._press(wanted)
        self._look()

    def _look(self) -> None:
        """The page on a desk and on a telephone: nothing sticks out, and axe finds nothing."""
        if lost := without_style(self.page):
            self._complain(f"no style for {lost}")
        for width, height in reversed(SIZES):
            self.page.set_viewport_size({"width": width, "height": height})
            if (over := wider_than_the_window(self.page)) > 0:
                self._complain(f"{over} pixels too wide at {width}")
            if width == NARROW and (high := self._header_height()) >= HIGHEST_HEADER:
                self._complain(f"a header {high} pixels high at {width}")
            for name in names_torn(self.page):
                self._complain(f"“{name}” is torn at {width}")
            for finding in findings(self.page) if self.has_scripts else []:
                self._complain(f"at {width} pixels: {finding}")

    def _header_height(self) -> float:
        box = self.page.get_by_role("banner").bounding_box()
        return box["height"] if box else 0

    def _complain(self, what: str) -> None:
        self.complaints.append(f"{self.page.title()} ({self.page.url}): {what}")


class WithoutScripts(Visitor):
    """JavaScript is off. This person clicks."""

    has_scripts = False

    def _press(self, wanted: Locator) -> None:
        wanted.click()

    def _type(self, wanted: Locator, text: str) -> None:
        wanted.fill(text)

    def _mark(self, wanted: Locator) -> None:
        wanted.check()

    def _pick(self, wanted: Locator, text: str) -> None:
        wanted.select_option(label=text)
