"""A list from a file, as it was read: what it means is shown before any of it is taken.

Meanwhile it stands, signed, in the form of the page that shows it.
"""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest

# So long somebody may look at what was understood.
KEPT_SECONDS: Final = 3600
TOO_OLD: Final = "You looked at this list for more than an hour. Upload the file again."


def kept(rows: Any, salt: str) -> str:
    """For the form's hidden "list"; `salt` says whose list it is, and for what."""
    return signing.dumps(rows, salt=salt, compress=True)


def kept_in(request: HttpRequest, salt: str) -> Any | None:
    """The rows of the form that was sent; None, and a message, where they are too old or were kept
    for somebody else."""
    try:
        return signing.loads(request.POST["list"], salt=salt, max_age=KEPT_SECONDS)
    except signing.BadSignature:
        messages.error(request, TOO_OLD)
        return None
