"""One way to write data as bytes, so that equal data has an equal fingerprint."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from typing import Any


def canonical_json(data: Any) -> bytes:
    """UTF-8 JSON: keys sorted, no spaces, text in Unicode NFC. Raises on NaN and infinity."""
    return json.dumps(
        _composed(data),
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        allow_nan=False,
    ).encode()


def fingerprint(data: Any) -> str:
    """SHA-256 of the canonical JSON, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(data)).hexdigest()


def _composed(data: Any) -> Any:
    if isinstance(data, str):
        return unicodedata.normalize("NFC", data)
    if isinstance(data, dict):
        return {_composed(key): _composed(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_composed(item) for item in data]
    return data
