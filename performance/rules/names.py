"""What looks as if it named somebody: asked about, never refused.

Who asked under the Freedom of Information Act is for the authority alone, not for this record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_EMAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_TITLED: Final = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Rev)\b\.? [A-Z]\w+")
# How a sentence about a person begins who asked: "asked by Jane Doe", "requester: …".
_ASKED_BY: Final = re.compile(
    r"\b(?:requester|requested by|asked by|request from|applicant)\b:? (?:is )?([A-Z]\w+ [A-Z]\w+)",
    re.IGNORECASE,
)
_PHONE: Final = re.compile(r"(?<!\d)(?:\+44|0)\d(?:[ -]?\d){8,9}(?!\d)")


def looks_like_somebody(*texts: str) -> list[str]:
    """A sentence for each thing that looks like a person's name, address or number."""
    return list(dict.fromkeys(said for text in texts for said in _found_in(text)))


def _found_in(text: str) -> Iterator[str]:
    for match in _EMAIL.finditer(text):
        yield f"“{match[0]}” looks like an e-mail address."
    for match in _TITLED.finditer(text):
        yield f"“{match[0]}” looks like a name."
    for match in _ASKED_BY.finditer(text):
        if match[1][:1].isupper():
            yield f"“{match[1]}” looks like the name of whoever asked."
    for match in _PHONE.finditer(text):
        yield f"“{match[0]}” looks like a telephone number."
