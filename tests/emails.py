"""Saved e-mails as programs write them: .eml, and .msg as Outlook lays it out."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any, Final

SECTOR: Final = 512
MINI: Final = 64
END, FREE, NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFF
FAT_SECTOR: Final = 0xFFFFFFFD
SENT: Final = datetime(2014, 3, 4, 14, 30, tzinfo=UTC)
TEXT: Final = "We will change the opening hours from May.\nPlease tell us what you think."


def eml(
    *,
    subject: str = "Opening hours",
    sender: str = "Petra Partner <petra.partner@eastmoor-ccg.example>",
    to: str = "maya.manager@area-team.example",
    sent: datetime | None = SENT,
    text: str | None = TEXT,
    html: str = "",
    files: Mapping[str, bytes] | None = None,
    number: str = "<one@eastmoor-ccg.example>",
    received: bool = True,
) -> bytes:
    """An e-mail that was delivered, as a program saves it."""
    message = EmailMessage()
    if received and sent:
        message["Received"] = f"from a by b; {format_datetime(sent)}"
    message["From"], message["To"], message["Subject"] = sender, to, subject
    if sent:
        message["Date"] = format_datetime(sent)
    if number:
        message["Message-ID"] = number
    if text is not None:
        message.set_content(text)
    if html and text is None:
        message.set_content(html, subtype="html")
    elif html:
        message.add_alternative(html, subtype="html")
    for name, data in (files or {}).items():
        kind = "pdf" if name.endswith(".pdf") else "octet-stream"
        message.add_attachment(data, maintype="application", subtype=kind, filename=name)
    return message.as_bytes()


def msg(
    *,
    subject: str = "Opening hours",
    headers: str = "",
    text: str = TEXT,
    html: bytes = b"",
    files: Mapping[str, bytes] | None = None,
    message_class: str = "IPM.Note",
    more: Sequence[tuple[int, int, bytes]] = (),
) -> bytes:
    """An e-mail of Outlook: properties in streams, attachments and recipients in folders."""
    words = [
        (0x001A, message_class), (0x0037, subject), (0x0C1A, "Petra Partner"),
        (0x5D01, "petra.partner@eastmoor-ccg.example"), (0x1000, text), (0x007D, headers),
        (0x1035, "<two@eastmoor-ccg.example>"),
    ]  # fmt: skip
    said = [(pid, 0x001F, word.encode("utf-16-le")) for pid, word in words if word]
    said += [(0x1013, 0x0102, html)] if html else []
    sent = struct.pack("<Q", _filetime(SENT))
    root = _properties([*said, *more], [(0x0039, 0x0040, sent)], 32)
    to = [(0x3001, "Maya Manager"), (0x39FE, "maya.manager@area-team.example")]
    person = [(pid, 0x001F, word.encode("utf-16-le")) for pid, word in to]
    root["__recip_version1.0_#00000000"] = _properties(person, [], 8)
    for at, (name, data) in enumerate((files or {}).items()):
        of_file = [(0x3707, 0x001F, name.encode("utf-16-le")), (0x3701, 0x0102, data)]
        method = [(0x3705, 0x0003, struct.pack("<II", 1, 0))]
        root[f"__attach_version1.0_#{at:08X}"] = _properties(of_file, method, 8)
    return compound(root)


def _filetime(at: datetime) -> int:
    return int((at - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds() * 10_000_000)


def _properties(
    streams: Sequence[tuple[int, int, bytes]], fixed: Sequence[tuple[int, int, bytes]], head: int
) -> dict[str, Any]:
    """A folder: its list of properties, and a stream for each that is longer than eight bytes."""
    rows = [struct.pack("<HHIII", kind, pid, 6, len(data), 0) for pid, kind, data in streams]
    rows += [struct.pack("<HHI", kind, pid, 6) + data.ljust(8, b"\0") for pid, kind, data in fixed]
    found: dict[str, Any] = {"__properties_version1.0": b"\0" * head + b"".join(rows)}
    return found | {f"__substg1.0_{pid:04X}{kind:04X}": data for pid, kind, data in streams}


def compound(root: Mapping[str, Any], *, alike: int = 0) -> bytes:
    """A compound file (OLE) of nested folders. The last `alike` streams share the bytes of the one
    before them, as in a file that is far larger than it is."""
    return _Compound(root, alike).file


class _Compound:
    def __init__(self, root: Mapping[str, Any], alike: int) -> None:
        self.sectors: list[bytes] = []
        self.fat: list[int] = []
        self.mini, self.mini_fat = b"", list[int]()
        self.entries: list[list[Any]] = [["Root Entry", 5, NONE, NONE, 0, 0]]
        self._folder(root, 0)
        for _ in range(alike):
            name, kind, _, right, start, size = self.entries[-1]
            self.entries.append([f"{name[:20]}{len(self.entries)}", kind, NONE, right, start, size])
            self.entries[-2][3] = len(self.entries) - 1
        self.entries[0][4:] = [self._chain(self.mini), len(self.mini)]
        self.file = self._written()

    def _folder(self, folder: Mapping[str, Any], at: int) -> None:
        before = None
        for name, what in folder.items():
            index = len(self.entries)
            is_folder = isinstance(what, Mapping)
            self.entries.append([name, 1 if is_folder else 2, NONE, NONE, 0, 0])
            if before is None:
                self.entries[at][2] = index
            else:
                self.entries[before][3] = index
            before = index
            if is_folder:
                self._folder(what, index)
            else:
                self.entries[index][4:] = [self._stream(what), len(what)]

    def _stream(self, data: bytes) -> int:
        if len(data) >= 4096:
            return self._chain(data)
        if not data:
            return END
        first, count = len(self.mini_fat), -(-len(data) // MINI)
        self.mini += data.ljust(count * MINI, b"\0")
        self.mini_fat += [*range(first + 1, first + count), END]
        return first

    def _chain(self, data: bytes) -> int:
        if not data:
            return END
        first, count = len(self.sectors), -(-len(data) // SECTOR)
        self.sectors += [data[i * SECTOR : (i + 1) * SECTOR].ljust(SECTOR, b"\0")
                         for i in range(count)]  # fmt: skip
        self.fat += [*range(first + 1, first + count), END]
        return first

    def _written(self) -> bytes:
        mini = b"".join(struct.pack("<I", each) for each in self.mini_fat)
        mini_at = self._chain(mini.ljust(-(-len(mini) // SECTOR) * SECTOR, b"\xff"))
        rows = b"".join(self._entry(*each) for each in self.entries)
        folder_at = self._chain(rows.ljust(-(-len(rows) // SECTOR) * SECTOR, b"\0"))
        count = 1
        while count * 128 < len(self.fat) + count:
            count += 1
        assert count <= 109
        at = list(range(len(self.sectors), len(self.sectors) + count))
        fat = [*self.fat, *[FAT_SECTOR] * count]
        table = b"".join(struct.pack("<I", each) for each in fat).ljust(count * SECTOR, b"\xff")
        head = struct.pack(
            "<8s16sHHHHH6sIIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE,
            9, 6, b"", 0, count, folder_at, 0, 4096, mini_at, -(-len(mini) // SECTOR), END, 0,
            at[0],
        )  # fmt: skip
        head += b"".join(struct.pack("<I", each) for each in at[1:])
        return head.ljust(SECTOR, b"\xff") + b"".join(self.sectors) + table

    @staticmethod
    def _entry(name: str, kind: int, child: int, right: int, start: int, size: int) -> bytes:
        letters = name.encode("utf-16-le") + b"\0\0"
        return struct.pack(
            "<64sHBBIII16sIQQIII", letters, len(letters), kind, 1, NONE, right, child, b"", 0, 0, 0,
            start, size, 0,
        )  # fmt: skip


def put(by: Any, key: str, thing: Any, file: bytes | None = None, **more: Any) -> Any:
    """Somebody of the cast puts an e-mail on a thing."""
    from agreements.core.emailing import things_of
    from agreements.emails.services import put_email
    from documents.emails import read_saved

    return put_email(
        by=by, things=things_of(key), thing=thing, read=read_saved(file or eml()), **more
    )
