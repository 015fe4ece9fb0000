"""Reads the mailbox that people forward e-mails to (IMAP), where one is configured.

What lies in its inbox is new. Each message is taken in within a transaction and moved to a folder
only then: whoever is killed between the two finds it there again, and knows it.
"""

from __future__ import annotations

import imaplib
import logging
import ssl
from collections import Counter
from typing import Any, Final

from django.conf import settings
from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted

from agreements.emails.inbound.taking import take_in
from house.refusals import NotNow

logger = logging.getLogger(__name__)
TIMEOUT: Final = 20  # seconds for each answer
# At one look: what is left is there in a minute.
MOST: Final = 50
# What became of it, and the folder that it lies in from then on.
DONE: Final = "Taken by the portal"
LEFT: Final = "Not for the portal"
FOLDERS: Final = {"taken": DONE, "held": DONE, "known": DONE, "nobody's": LEFT, "unread": LEFT,
                  "large": LEFT}  # fmt: skip


def read_mailbox() -> Counter[str]:
    """Takes in what is new; how many of each kind. Empty where there is no mailbox.

    Raises OSError or an error of imaplib where the server does not answer.
    """
    found: Counter[str] = Counter()
    box = settings.INBOUND_MAILBOX
    if box is None:
        return found
    with _opened(box) as mailbox:
        for folder in (DONE, LEFT):
            if not mailbox.folder.exists(folder):
                mailbox.folder.create(folder)
        for uid in mailbox.uids()[:MOST]:
            what = _what_becomes(mailbox, uid)
            if what in FOLDERS:
                mailbox.move([uid], FOLDERS[what])
            found[what] += 1
    return found


def look() -> None:
    """The same for the worker: a server that does not answer is noted, and asked again."""
    try:
        read_mailbox()
    except Exception:  # of the network, of the server, of a message
        logger.exception("agreements: the mailbox for e-mails could not be read")


def _opened(box: Any) -> BaseMailBox:
    """The inbox. Outside of this machine no password goes unencrypted."""
    at = box.host, box.port, TIMEOUT
    opened: BaseMailBox
    if box.scheme == "imap":  # to this machine alone (mou_portal/inbound.py)
        opened = MailBoxUnencrypted(*at)
    elif box.scheme == "imap+starttls":
        opened = MailBoxStartTls(*at, ssl_context=ssl.create_default_context())
    else:
        opened = MailBox(*at, ssl_context=ssl.create_default_context())
    return opened.login(box.user, box.password, initial_folder=box.folder)


def _what_becomes(mailbox: BaseMailBox, uid: str) -> str:
    """ "left" for one that stays in the inbox: it could not be looked at now, or is at fault. The
    others do not wait for it."""
    try:
        return _take(mailbox, uid)
    except (OSError, imaplib.IMAP4.error):
        raise
    except NotNow:
        return "left"
    except Exception:
        logger.exception("agreements: the message %s could not be taken in", uid)
        return "left"


def _take(mailbox: BaseMailBox, uid: str) -> str:
    """The bytes alone: they are taken apart in a limited child, never here."""
    if _size(mailbox, uid) > settings.LARGEST_UPLOAD:
        return "large"
    status, answer = mailbox.client.uid("FETCH", uid, "(BODY.PEEK[])")
    raw = next((each[1] for each in answer if isinstance(each, tuple)), None)
    if status != "OK" or not isinstance(raw, bytes):
        raise NotNow("The mailbox did not give this message.")
    return take_in(raw)


def _size(mailbox: BaseMailBox, uid: str) -> int:
    """What the server says; 0 where it says nothing, and the child looks."""
    _, answer = mailbox.client.uid("FETCH", uid, "(RFC822.SIZE)")
    said = b" ".join(each for each in answer if isinstance(each, bytes))
    number = said.partition(b"RFC822.SIZE ")[2].rstrip(b")").split(b" ")[0]
    return int(number) if number.isdigit() else 0
