"""Somebody with a keyboard and nothing else."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser.visitors import Visitor

# Who has to press Tab more often has been sent the long way round.
MOST_TABS = 80


class AtKeyboard(Visitor):
    """Reaches everything by Tab and Shift+Tab.

    Each stop has to be in sight, marked, and in reading order.
    """

    def _press(self, wanted: Locator) -> None:
        self._tab_to(wanted)
        is_file = wanted.evaluate("element => element.type === 'file'")
        self.page.keyboard.press("Space" if is_file else "Enter")

    def _type(self, wanted: Locator, text: str) -> None:
        self._tab_to(wanted)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def _mark(self, wanted: Locator) -> None:
        """Tab reaches a group of radios at the marked one, or at its first: arrows do the rest."""
        self._tab_to_group(wanted)
        for _ in range(20):
            if _has_focus(wanted):
                break
            self.page.keyboard.press("ArrowDown")
        if not wanted.is_checked():
            self.page.keyboard.press("Space")
        expect(wanted).to_be_checked()

    def _pick(self, wanted: Locator, text: str) -> None:
        self._tab_to(wanted)
        self.page.keyboard.type(text)
        expect(wanted.locator("option:checked")).to_have_text(text)

    def _tab_to_group(self, wanted: Locator) -> None:
        name = wanted.evaluate("element => element.type === 'radio' ? element.name : ''")
        self._tab_until(wanted, name)

    def _tab_to(self, wanted: Locator) -> None:
        self._tab_until(wanted, "")

    def _tab_until(self, wanted: Locator, group: str) -> None:
        control, before = wanted.element_handle(), None
        key = "Shift+Tab" if self.page.evaluate(IS_ABOVE, control) else "Tab"
        for _ in range(MOST_TABS):
            self.page.keyboard.press(key)
            stop = self.page.evaluate(STOP, [control, group])
            self._judge(before if key == "Tab" else None, stop)
            if stop["arrived"]:
                return
            before = stop
        msg = f"{MOST_TABS} times {key} do not lead to {wanted} on {self.page.url}"
        raise AssertionError(msg)

    def _judge(self, before: dict[str, Any] | None, stop: dict[str, Any]) -> None:
        if stop["tag"] == "BODY":
            return
        if not stop["in_sight"]:
            self._complain(f"Tab leads out of sight: {stop['text']}")
        if not stop["is_marked"]:
            self._complain(f"Nothing shows where the focus is: {stop['text']}")
        if before and before["tag"] != "BODY" and _is_backwards(before, stop):
            self._complain(f"Tab leads up from {before['text']} to {stop['text']}")


def _is_backwards(before: dict[str, Any], stop: dict[str, Any]) -> bool:
    """Up is right only at the top of a column further to the right."""
    return bool(stop["bottom"] <= before["top"] and stop["left"] < before["right"])


def _has_focus(wanted: Locator) -> bool:
    return bool(wanted.evaluate("element => element === document.activeElement"))


# Tab goes on from the control with the focus, or from where the address leads.
IS_ABOVE = """wanted => {
  const active = document.activeElement;
  const place = document.getElementById(location.hash.slice(1));
  const here = active === document.body ? place : active;
  return Boolean(here && here.compareDocumentPosition(wanted) & Node.DOCUMENT_POSITION_PRECEDING);
}"""
# The design system draws the focus of radios and checkboxes around a box before their label.
STOP = """([wanted, group]) => {
  const element = document.activeElement;
  const box = element.getBoundingClientRect();
  const drawn = [getComputedStyle(element)];
  if (element.labels && element.labels[0]) {
    drawn.push(getComputedStyle(element.labels[0], "::before"));
  }
  return {
    arrived: element === wanted || (group !== "" && element.name === group),
    tag: element.tagName,
    text: `${element.tagName} ${element.innerText || element.name || element.id}`.trim(),
    top: box.top + scrollY, bottom: box.bottom + scrollY, left: box.left, right: box.right,
    in_sight: box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight,
    is_marked: drawn.some(s => s.outlineStyle !== "none" || s.boxShadow !== "none"),
  };
}"""
