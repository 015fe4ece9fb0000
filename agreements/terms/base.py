"""What each of the terms is made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Label = Annotated[str, Field(min_length=1, max_length=200)]


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def require_each_once(keys: Iterable[object], what: str) -> None:
    """Raises ValueError, which is pydantic's ValidationError, where a key stands twice."""
    seen: set[object] = set()
    for key in keys:
        if key in seen:
            raise ValueError(f"two {what} have the key {key}")
        seen.add(key)
