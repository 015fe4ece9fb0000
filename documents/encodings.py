"""What letters the bytes of a text file stand for, where the file does not say."""

from __future__ import annotations

import codecs
from typing import Final

# Letters and signs that stand in names and lists in England; what else a wrong reading gives.
USUAL: Final = frozenset("àáâãäåæçèéêëìíîïñòóôõöøœšùúûüýÿžÀÁÂÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖØŒÙÚÛÜÝßŵŷŴŶ")
QUOTES: Final = frozenset("\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u2022£€\xa0")
UTF16: Final = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


def decoded(data: bytes) -> str | None:
    """The text: UTF-8, UTF-16, or what Excel writes on Windows or on a Mac; None for no text."""
    for mark, name in UTF16.items():
        if data.startswith(mark):
            return _as(data[2:], name)
    if b"\0" in data:
        return _without_mark(data)
    text = _as(data, "utf-8-sig")
    return text if text is not None else _as_excel(data)


def _without_mark(data: bytes) -> str | None:
    """UTF-16: of plain letters every other byte is empty, and which, says which half comes first.

    An empty byte now and then is damage, and no text; in a few bytes one is much.
    """
    firsts, seconds = data[::2].count(0), data[1::2].count(0)
    enough = max(len(data) // 10, min(len(data) // 4, 5))
    if min(firsts, seconds) or max(firsts, seconds) < enough:
        return None
    return _as(data, "utf-16-be" if firsts else "utf-16-le")


def _as_excel(data: bytes) -> str | None:
    """Both are tried: in a wrong reading é is Ž, and an apostrophe is Õ inside a word."""
    read = [text for text in (_as(data, "cp1252"), _as(data, "mac_roman")) if text is not None]
    return max(read, key=_looks_right, default=None)


def _looks_right(text: str) -> int:
    """How many letters are usual where they stand, less those that are not."""
    around = zip(text, f" {text}", f"{text} "[1:], strict=False)
    return sum(_weight(*each) for each in around if not each[0].isascii())


def _weight(letter: str, before: str, after: str) -> int:
    inside = before.isalpha() and after.isalpha()
    if letter in "\u2018\u2019":
        return 1
    if letter in QUOTES:
        return -1 if inside else 1
    if letter.isupper() and before.islower():
        return -1
    return 1 if letter in USUAL else -1


def _as(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None
