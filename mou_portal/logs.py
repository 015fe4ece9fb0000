"""Logs as one JSON object a line, with the id of the request they belong to."""

from __future__ import annotations

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime

request_id: ContextVar[str] = ContextVar("request_id", default="")

# Addresses whose last part lets somebody in.
_TOKENS = re.compile(
    r"(/invitation/|/password/reset/key/|/account/let-in/|/mail/|/feeds/|/proposed/|/offers/|/link/)"
    r"[^/\s\"]+"
)


def masked(text: str) -> str:
    """The text without the tokens that links in e-mails carry."""
    return _TOKENS.sub(r"\1…", text)


class BusyIsNoFault(logging.Filter):
    """A page that says "not just now" is a warning; strangers could call somebody out of bed."""

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "status_code", None) == 503 and not record.exc_info:
            record.levelno, record.levelname = logging.WARNING, "WARNING"
        return True


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": masked(record.getMessage()),
        }
        if request_id.get():
            line["request_id"] = request_id.get()
        if record.exc_info:
            line["exception"] = masked(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)
