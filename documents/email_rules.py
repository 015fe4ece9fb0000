"""What a saved e-mail says, or one file that it holds; in the limited child process.

`documents.emails` is the way in. What is read is data about a file that anybody may have made:
nothing in it is believed, and what does not fit together is named by a key (`findings`).
"""

from __future__ import annotations

from typing import Any, Final

from documents.email_headers import head_of
from documents.email_mime import attached_file, is_email, read_email
from documents.outlook import OLE, outlook_file, read_outlook

# Of an e-mail so many attachments are named one by one.
MOST_LISTED: Final = 200
LARGEST_HEAD: Final = 256 * 1024
MOST_HEADERS: Final = 1_000
# Twenty megabytes of attachments have half of it.
MOST_LINES: Final = 600_000
# Each level of a message names its border: more than this nobody's program writes.
MOST_BORDERS: Final = 100


def answer(data: dict[str, Any], files: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    """The facts, or with `attachment` the bytes of the attachment of that number; the reason
    against the file where it has one."""
    try:
        if (number := data.get("attachment")) is not None:
            return _attachment(files[0], int(number))
        return _facts(files[0]), []
    except (MemoryError, RecursionError):
        raise
    except Exception:  # hostile bytes: every other kind of error means the same
        return {"reason": "damaged"}, []


def _facts(file: bytes) -> dict[str, Any]:
    if file.startswith(OLE):
        found = read_outlook(file)
        if found.get("reason"):
            return {"reason": found["reason"]}
    elif reason := _against(file):
        return {"reason": reason}
    else:
        found = read_email(file)
    listed = found["attachments"]
    found["attachment_count"], found["attachments"] = len(listed), listed[:MOST_LISTED]
    return {**found, "reason": None}


def _against(file: bytes) -> str | None:
    """Before it is taken apart: what is no e-mail, or was made to keep the portal busy."""
    head = head_of(file)
    if not is_email(head):
        return "kind"
    if len(head) > LARGEST_HEAD or head.count(b"\n") > MOST_HEADERS * 20:
        return "headers"
    if file.count(b"\n") > MOST_LINES:
        return "large"
    return "deep" if file.lower().count(b"boundary=") > MOST_BORDERS else None


def _attachment(file: bytes, number: int) -> tuple[dict[str, Any], list[bytes]]:
    if file.startswith(OLE):
        found = outlook_file(file, number)
    else:
        found = None if _against(file) else attached_file(file, number)
    return ({"reason": None}, [found]) if found is not None else ({"reason": "gone"}, [])
