"""NHS numbers in what somebody typed, found by their check digit.

The NHS Data Dictionary ("NHS NUMBER") has ten digits, the last of which follows from the others:
the first nine are weighted by 10 down to 2 and added up; 11 less the remainder by 11 is the check
digit, 11 counts as 0, and a number for which it would be 10 is never given out. They are written
in one piece or as three, three and four digits. Of ten digits at random one in eleven passes: who
asks about a number asks, and never refuses.
"""

from __future__ import annotations

import re
from typing import Final

_TEN_DIGITS: Final = re.compile(
    r"(?<![\d+])(?<!\d[ -])(\d{3})([ -]?)(\d{3})\2(\d{4})(?![ -]?\d)", re.ASCII
)


def nhs_numbers_in(text: str) -> list[str]:
    """Those that look like one, as they were typed, each once and in order."""
    found = (match for match in _TEN_DIGITS.finditer(text) if is_nhs_number(_digits(match[0])))
    return list(dict.fromkeys(match[0] for match in found))


def is_nhs_number(digits: str) -> bool:
    """Whether these are ten digits of which the last is the check digit of the others.

    Ten times the same digit is nobody's number.
    """
    if len(digits) != 10 or not (digits.isascii() and digits.isdigit()) or len({*digits}) == 1:
        return False
    weighted = sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9]))
    return (11 - weighted % 11) % 11 == int(digits[9])


def _digits(typed: str) -> str:
    return typed.replace(" ", "").replace("-", "")
