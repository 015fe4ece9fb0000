from __future__ import annotations

from collections.abc import Collection

from django.utils.text import slugify


def free_key(heading: str, taken: Collection[str]) -> str:
    """A key for a new clause, from its heading; a number is added when the key is taken."""
    stem = slugify(heading)[:70] or "clause"
    if stem not in taken:
        return stem
    number = 2
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"
