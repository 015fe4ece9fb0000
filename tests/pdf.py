"""A small PDF that is one, for uploads."""

from __future__ import annotations

from functools import cache
from io import BytesIO

import pikepdf


@cache
def a_pdf() -> bytes:
    made, output = pikepdf.new(), BytesIO()
    made.add_blank_page()
    made.save(output, deterministic_id=True)
    return output.getvalue()
