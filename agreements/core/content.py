"""What is hashed: clauses, terms, names of the parties (design record 0005).

Neither the label, nor contacts, nor dates that are known only with the last signature.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from agreements.models import ClauseText, Version
from house.canonical import fingerprint


def content_of(version: Version, texts: Sequence[ClauseText]) -> dict[str, Any]:
    """The agreed content as plain data; it also goes into the sealed copy, as JSON."""
    return {
        "clauses": [
            {
                "key": text.clause.key,
                "kind": text.kind,
                "heading": text.heading,
                "body": text.body,
                "status": text.status,
                "bindings": text.bindings,
                "owed_by": text.owed_by,
            }
            for text in texts
        ],
        "terms": version.terms,
        "parties": [{"slot": p["slot"], "name": p["name"]} for p in version.party_names],
    }


def hash_of(version: Version) -> str:
    """SHA-256 of the content as the database holds it, as 64 hexadecimal digits."""
    return fingerprint(content_of(version, texts_of(version)))


def texts_of(version: Version) -> list[ClauseText]:
    """The version's clauses in order, with their keys at hand (one query)."""
    return list(version.texts.select_related("clause").order_by("position", "pk"))
