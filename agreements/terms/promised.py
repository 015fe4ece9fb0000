"""Terms that are printed and wait for the rooms that will keep them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from agreements.terms.base import Frozen, Key, Label


class Standard(Frozen):
    """A standard of service, such as how soon a request is answered, and what it leaves out."""

    key: Key
    label: Label
    promise: str = Field("", max_length=1_000)
    # Working days; None where the text does not say.
    acknowledge_days: int | None = Field(None, ge=1, le=365)
    answer_days: int | None = Field(None, ge=1, le=365)
    exclusions: tuple[Annotated[str, Field(min_length=1, max_length=300)], ...] = ()


class PanelSeat(Frozen):
    """Seats of one kind on the panel that settles what the levels did not."""

    key: Key
    label: Label
    number: int = Field(1, ge=1, le=50)
    # Whom the text names for it: "a CCG that has no part in the matter".
    drawn_from: str = Field("", max_length=300)
