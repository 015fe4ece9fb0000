"""How disagreements are called and found."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from agreements.models import Agreement, Party
from deadlines.holidays import bank_holidays
from escalations.models import Disagreement
from escalations.rules.levels import Stay, level_of
from house import clock
from nhsuk.components import Tag
from nhsuk.dates import day
from nhsuk.words import capital, plural, with_whom

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
    return capital(words)


def several(word: str) -> str:
    """The plural of what an agreement calls a disagreement."""
    return plural(2, word).partition(" ")[2]


def tag_of(disagreement: Disagreement) -> Tag:
    state = State(disagreement.state)
    return Tag(state.label, _COLOURS[state])  # type: ignore[arg-type]


def how_long(disagreement: Disagreement) -> str:
    """ "12 days (8 working days)": how long an open one has been at its level."""
    return Stay(disagreement.level_since, None).words(clock.today(), bank_holidays())


def since_when(disagreement: Disagreement) -> str:
    """ "opened on 3 September 2013", or how it was closed and when."""
    if disagreement.closed_at:
        return f"{disagreement.get_state_display().lower()} on {day(disagreement.closed_at)}"
    return f"opened on {day(disagreement.opened_at)}"


def with_others(parties: Iterable[Party], organisation_id: int | None) -> str:
    """ "with Eastmoor CCG": the sides that are not the reader's."""
    return with_whom([p.name for p in parties if p.organisation.pk != organisation_id])


def level_called(disagreement: Disagreement, key: str) -> str:
    """What the terms that hold for it call the level of this key."""
    return level_of(disagreement.terms, key).label


def stands(disagreement: Disagreement) -> str:
    """Since when it is at its level, or how it ended there; for the agreement's page."""
    label = level_called(disagreement, disagreement.level)
    if disagreement.closed_at:
        ended = f"{disagreement.get_state_display()} on {day(disagreement.closed_at)}"
        return f"{ended}, at “{label}”."
    return f"At the level “{label}” since {day(disagreement.level_since)}."
