from __future__ import annotations

from agreements.core.telling import managers_by_party
from deadlines.kinds import Recipient
from meetings.models import Series
from meetings.queries.sides import parties_in


def managers_in(series: Series) -> list[Recipient]:
    """The MoU managers of every party that meets there, each address once."""
    found: dict[str, Recipient] = {}
    for managers in managers_by_party(parties_in(series)).values():
        for recipient in managers:
            found.setdefault(recipient.address, recipient)
    return list(found.values())
