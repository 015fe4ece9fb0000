"""Cells of a table that leaves the portal, made so that a spreadsheet runs none of them."""

from __future__ import annotations

import re
from typing import Any

# What a spreadsheet takes for the start of a formula, the wide forms too, and also behind what
# it skips: white space, marks without width, control characters.
_STARTS_FORMULA = re.compile(
    r"[\s\x00-\x1f\u200b\ufeff'\"]*[=+\-@|\uff1d\uff0b\uff0d\uff20]|[\t\r\n\x00]"
)
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def defused(cell: Any) -> Any:
    """Text that could be taken for a formula gets an apostrophe in front; all else stays."""
    if not isinstance(cell, str) or _NUMBER.fullmatch(cell):
        return cell
    return f"'{cell}" if _STARTS_FORMULA.match(cell) else cell
