"""How disagreements are called and found."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from agreements.core.parties import with_whom
from agreements.models import Agreement, Party
from escalations.models import Disagreement
from nhsuk.components import Tag
from nhsuk.words import plural

State = Disagreement.State
_COLOURS = {State.OPEN: "blue", State.AGREED: "green", State.WITHDRAWN: "grey"}


def page_of(disagreement: Disagreement, page: str = "disagreement", *more: object) -> str:
    args = [disagreement.agreement.reference, disagreement.number, *more]
    return reverse(f"escalations:{page}", args=args)


def open_url(agreement: Agreement) -> str:
    """Where one is opened on an agreement."""
    return reverse("escalations:open", args=[agreement.reference])


def heading(words: str) -> str:
    """The words with a capital at the front; those behind it stay: "MoU dispute"."""
    return words[:1].upper() + words[1:]


def several(word: str) -> str:
    """The plural of what an agreement calls a disagreement."""
    return plural(2, word).partition(" ")[2]


def tag_of(disagreement: Disagreement) -> Tag:
    state = State(disagreement.state)
    return Tag(state.label, _COLOURS[state])  # type: ignore[arg-type]


def with_others(parties: Iterable[Party], organisation_id: int | None) -> str:
    """ "with Eastmoor CCG": the sides that are not the reader's."""
    return with_whom([p.name for p in parties if p.organisation.pk != organisation_id])
