"""What a part of a Word or Excel file does when it is opened: fields, formulas, where links lead.

Inside the limited child process. Programs write the code of a field in as many pieces as they like,
and one field inside the code of another: it is put together as Word does.
"""

from __future__ import annotations

import re
from typing import Any, Final

# Fields that fetch something, or start a program, when the document is opened.
FETCHES: Final = re.compile(
    r"\s*(?:DDE|DDEAUTO|INCLUDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|DATABASE|RD)\b", re.I
)
# Functions of a workbook that do.
CALLS: Final = re.compile(r"\b(?:WEBSERVICE|IMAGE|RTD)\s*\(", re.I)
ADDRESSES: Final = re.compile(r"(?:https?://|mailto:|#)[^\x00-\x20\x7f]", re.I)
_HYPERLINK: Final = re.compile(r"\s*HYPERLINK\b(.*)", re.I | re.S)
# Its switches: those with a word of their own (a place, a tip, a frame, a form), and those without.
_SWITCH: Final = re.compile(r"""\\(?:[lot*]\s*(?:"[^"]*"|\S+)|[a-z](?![a-z\\]))""", re.I)
_ARGUMENT: Final = re.compile(r'"[^"]*"|\S+')
# That the code says which field it is: only then may another field stand in it.
_NAMED: Final = re.compile(r"\s*(?:=|\S+\s)")
_RESULT: Final = "result "


class Fields:
    """The fields of one part, read element by element as each ends."""

    def __init__(self) -> None:
        # The code so far of each field that is open, the innermost last.
        self._open: list[str] = []

    def reason_against(self, element: Any) -> str | None:
        """ "links", "link" or None."""
        name = element.tag.rpartition("}")[2]
        if name == "fldSimple":
            return _against_code(_attribute(element, "instr"))
        if name == "fldChar":
            return self._at_mark(_attribute(element, "fldCharType"))
        if name == "instrText":
            return self._at_piece(element.text or "")
        fetches = name == "mailMerge" or (name == "f" and CALLS.search(element.text or ""))
        return "links" if fetches else None

    def _at_mark(self, kind: str) -> str | None:
        if kind == "begin":
            is_named = not self._open or _NAMED.match(self._open[-1])
            self._open.append("")
            return None if is_named else "links"
        if not self._open:
            return None
        code = self._open.pop()
        if kind == "separate":
            self._open.append(_RESULT)
        return _against_code(code)

    def _at_piece(self, text: str) -> str | None:
        if not self._open:
            return _against_code(text)
        self._open[-1] += text
        return "links" if FETCHES.match(self._open[-1]) else None


def _against_code(code: str) -> str | None:
    if FETCHES.match(code):
        return "links"
    found = _HYPERLINK.match(code)
    leads_to = _ARGUMENT.findall(_SWITCH.sub(" ", found[1])) if found else []
    return None if all(ADDRESSES.match(each.strip('"')) for each in leads_to) else "link"


def _attribute(element: Any, name: str) -> str:
    """By its own name: the older and the stricter form of the format name it differently."""
    return next((each for key, each in element.items() if key.rpartition("}")[2] == name), "")
