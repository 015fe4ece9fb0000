"""The demonstration's mailbox: what the portal would have sent, for whoever tries it out.

The e-mails stand in files (settings.EMAIL_FOLDER), among them links that let people in: so only
in a demonstration, and there only for superusers: a system administrator may have no right at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from mou_portal.logs import masked
from parties.acting import acting_of

# What Django writes between the e-mails of one file.
_LINE = b"-" * 79
_LINK = re.compile(r"(https?://[^\s<>\"]+)")
# A one-time code (mail/links/codes.py).
_CODE = re.compile(r"(The code is )\d{3} \d{3}")
NEWEST = 200


@dataclass(frozen=True)
class Sent:
    """One e-mail; `name` is its place: the file and its number in there."""

    name: str
    to: str
    subject: str
    at: datetime | None
    text: str
    html: str

    @property
    def parts(self) -> list[tuple[str, bool]]:
        """The text cut at its links: (piece, whether it is a link of this portal)."""
        pieces = _LINK.split(self.text)
        return [(piece, piece.startswith(f"{settings.SITE_URL}/")) for piece in pieces]


def messages(request: HttpRequest) -> HttpResponse:
    _only_in_a_demonstration()
    files = sorted(_files(), key=lambda path: path.stat().st_mtime, reverse=True)[:NEWEST]
    sent = [message for path in files for message in _read(path)]
    return render(request, "mou_portal/mailbox.jinja", {"sent": sent})


def message(request: HttpRequest, name: str) -> HttpResponse:
    _only_in_a_demonstration()
    found = (each for path in _files() for each in _read(path) if each.name == name)
    shown = next(found, None)
    if shown is None:
        raise Http404
    if acting_of(request).organisation:
        shown = _without_secrets(shown)
    return render(request, "mou_portal/mailbox_message.jinja", {"sent": shown})


def _without_secrets(sent: Sent) -> Sent:
    """For who belongs to an organisation: by the links and codes of others they could sign."""
    return replace(sent, text=_hidden(sent.text), html=_hidden(sent.html))


def _hidden(text: str) -> str:
    return _CODE.sub(r"\1…", masked(text))


def _only_in_a_demonstration() -> None:
    if not settings.DEMONSTRATION:
        raise Http404


def _files() -> list[Path]:
    folder = Path(settings.EMAIL_FOLDER)
    return list(folder.glob("*.log")) if folder.is_dir() else []


def _read(path: Path) -> list[Sent]:
    raw = [each.strip() for each in path.read_bytes().split(_LINE) if each.strip()]
    return [_sent(f"{path.stem}-{number}", each) for number, each in enumerate(raw)]


def _sent(name: str, raw: bytes) -> Sent:
    parsed = message_from_bytes(raw, policy=policy.default)
    assert isinstance(parsed, EmailMessage)  # noqa: S101 - what the default policy gives
    date = parsed["date"]
    return Sent(
        name=name,
        to=str(parsed["to"] or ""),
        subject=str(parsed["subject"] or ""),
        # Django writes UTC as "-0000", which reads as no zone at all.
        at=parsedate_to_datetime(str(date)).replace(tzinfo=UTC) if date else None,
        text=_body(parsed, "plain"),
        html=_body(parsed, "html"),
    )


def _body(parsed: EmailMessage, kind: str) -> str:
    part = parsed.get_body(preferencelist=(kind,))
    return str(part.get_content()) if part else ""
