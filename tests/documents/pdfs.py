"""PDFs for tests: ordinary ones, such as ask or do what no document needs, and damaged ones."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

Change = Callable[[Pdf], Any]


def made(change: Change = lambda _: None, **how: Any) -> bytes:
    """One empty page, and what `change` does to it."""
    output = BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        change(document)
        document.save(output, **{"deterministic_id": "encryption" not in how} | how)
    return output.getvalue()


def scanned(pages: int = 3, **how: Any) -> bytes:
    """As a scanner makes it: a picture on each page, in bytes that no text mode survives."""

    def draw(document: Pdf) -> None:
        del document.pages[0]
        for number in range(pages):
            page = document.add_blank_page()
            grey = bytes((each * 7 + number) % 256 for each in range(2500))
            picture = Stream(
                document, grey, Type=Name.XObject, Subtype=Name.Image, Width=50, Height=50,
                BitsPerComponent=8, ColorSpace=Name.DeviceGray,
            )  # fmt: skip
            page.Resources = Dictionary(XObject=Dictionary(Im0=picture))
            page.Contents = document.make_stream(b"q 500 0 0 500 0 0 cm /Im0 Do Q")

    return made(draw, **how)


def opening(action: pikepdf.Object) -> Change:
    def change(document: Pdf) -> None:
        document.Root.OpenAction = action

    return change


def hidden(thing: pikepdf.Object) -> Change:
    """Deep in the file, where no viewer would look at once."""

    def change(document: Pdf) -> None:
        document.pages[0].obj.Hidden = Array([Array([Dictionary(Deeper=thing)])])

    return change


def linked(**action: Any) -> Change:
    """A link on the page, with this action behind it."""
    return noted(Subtype=Name.Link, A=Dictionary(**action))


def noted(**note: Any) -> Change:
    def change(document: Pdf) -> None:
        rect = Array([0, 0, 10, 10])
        document.pages[0].obj.Annots = Array([Dictionary(Type=Name.Annot, Rect=rect, **note)])

    return change


def on_page(**entries: Any) -> Change:
    def change(document: Pdf) -> None:
        for key, value in entries.items():
            document.pages[0].obj[f"/{key}"] = value

    return change


def in_catalog(**entries: Any) -> Change:
    def change(document: Pdf) -> None:
        for key, value in entries.items():
            document.Root[f"/{key}"] = value

    return change


def drawn(**entries: Any) -> Change:
    """A form that the page draws, with more in its dictionary than it needs."""

    def change(document: Pdf) -> None:
        form = Stream(document, b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 1, 1]))
        for key, value in entries.items():
            form[f"/{key}"] = value
        document.pages[0].obj.Resources = Dictionary(XObject=Dictionary(Fm0=form))

    return change
