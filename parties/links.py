"""Links that somebody asks for by typing an address: sent to it where it has an account.

Whose it is, a worker finds out when it composes the e-mail: so the page does the same, and takes as
long, for an address that nobody here has.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any, Final

from house import clock
from mail.kinds import NotNeeded
from mail.services import queue_mail
from parties.models import User

# A link that somebody asked for and did not get within this time is not waited for any more.
STALE: Final = timedelta(days=1)


def queue_link(kind: str, address: str) -> None:
    """Puts it into the outbox, where no token is kept. `address` is in small letters."""
    queue_mail(
        kind=kind,
        address=address,
        context={"typed": address, "asked_at": clock.now().isoformat()},
        dedupe=f"{kind}:{uuid.uuid4().hex}",
    )


def still_wanted(context: dict[str, Any]) -> User:
    """Whose link it is. Raises NotNeeded where that is nobody, or nobody waits for it any more."""
    if clock.now() - datetime.fromisoformat(context["asked_at"]) > STALE:
        raise NotNeeded
    typed = context["typed"]
    # The database finds alike what is not the same letter; the e-mail goes to what was typed.
    found = User.objects.filter(email__iexact=typed, is_active=True)
    user = next((each for each in found if each.email.lower() == typed), None)
    if user is None:
        raise NotNeeded
    return user


def account_named(number: int) -> User | None:
    """The account that a signed link names by its id, as long as it may log in."""
    return User.objects.filter(pk=number, is_active=True).first()
