"""Whether a name that somebody typed is their own: their surname stands in it, however written."""

from __future__ import annotations

import re
import unicodedata
from itertools import takewhile

# Letters that Unicode does not take apart into a letter and a mark.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i"}
)
# How some write marked letters where a keyboard lacks them: Müller, Mueller.
_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ø": "oe", "ü": "ue", "å": "aa"})
_APOSTROPHES = re.compile(
    "['`\u00b4\u2018\u2019\u201a\u201b\u02b9\u02bb\u02bc\u02be\u02bf\u2032\uff07]"
)
_BETWEEN = re.compile(r"[\s.,;:/()\[\]\"“”_]+")
_HYPHENS = re.compile("[-\u00ad\u2010-\u2015\u2212\ufe63\uff0d]+")
# What stands in an account's name beside the name: "(Eastmoor)", "M.B.E.".
_BESIDE = re.compile(r"\([^)]*\)|\s(?:\w{1,2}\.){2,}\s*$")
# What belongs to a surname, and is none where it stands in a double one.
_PARTICLES = re.compile(
    "af|al|ap|av|bin|bint|d|da|dal|dalla|das|de|degli|dei|del|della|den|der|di|do|dos|du|el|fitz"
    "|ibn|la|las|le|los|mac|mc|ni|nic|o|san|st|ten|ter|ui|van|vom|von|y|zu|zum|zur"
)
# What stands behind a name and is no part of it.
_GENERATIONS = re.compile("jr|sr|jnr|snr|junior|senior|ii|iii|iv|esq")
_LETTERS_BEHIND = re.compile(
    "[kq]c|me?p|jp|dl|[kdcom]be|bem|r[nm]|r[gm]n|ba|bsc|ma|msc|m?phil|phd|dphil|md|mba|mbbs"
    "|mbchb|[fm]rcgp|[fm]rcp|[fm]rcs|frcn|frcpath|[fm]rcpsych|fca|acc?a"
)


def is_own_name(typed: str, name: str) -> bool:
    """Whether the surname of the person with this name stands in what was typed.

    Case, accents, apostrophes and hyphens make no difference, and neither does what else stands
    there: initials, titles, short forms, middle names, in any order. Either part of a double
    surname is enough, with or without its particles. A person's only name is their surname.
    """
    words = [part for word in _words(typed) for part in _parts(word)]
    runs = ([*_particles(words[:place]), word] for place, word in enumerate(words))
    said = {form for run in runs for start in range(len(run)) for form in _forms(run[start:])}
    return any(not said.isdisjoint(_forms(surname)) for surname in _surnames(name))


def _surnames(name: str) -> list[list[str]]:
    """What may stand for the surname, each as the words that it is written with.

    Before a comma stands the surname ("Boyle, Hamish"), or the whole name ("Hamish Boyle, MBE").
    """
    alone = _BESIDE.sub(" ", name).split(",")[0]
    whole = _words(alone if any(map(str.isalnum, alone)) else name)
    while len(whole) > 1 and _stands_behind(whole[-1]):
        whole.pop()
    *before, last = whole
    parts = _parts(last)
    enough = [part for part in parts if len(parts) == 1 or not _PARTICLES.fullmatch(_folded(part))]
    return [[*_particles(before), *parts], *([part] for part in enough)]


def _particles(before: list[str]) -> list[str]:
    """Those that end what stands before a word: "van der" of "Ludo van der"."""
    found = takewhile(lambda word: bool(_PARTICLES.fullmatch(_folded(word))), reversed(before))
    return [*found][::-1]


def _stands_behind(word: str) -> bool:
    """Whether it is no part of the name. Mba is a surname, MBA a degree."""
    folded = _folded(word)
    as_letters = word != word.capitalize() and _LETTERS_BEHIND.fullmatch(folded)
    return bool(_GENERATIONS.fullmatch(folded) or as_letters)


def _forms(words: list[str]) -> set[str]:
    """How these words are written as one: without marks, and with marked letters spelled out."""
    joined = unicodedata.normalize("NFC", "".join(words)).casefold()
    return {_folded(joined), _folded(joined.translate(_SPELLED_OUT))}


def _folded(word: str) -> str:
    """The word without case and marks; one of marks alone stays."""
    apart = unicodedata.normalize("NFKD", word.casefold().translate(_PLAIN))
    return "".join(each for each in apart if not unicodedata.combining(each)).casefold() or word


def _words(text: str) -> list[str]:
    """The words of a name without their apostrophes; a name of nothing else is one word."""
    words = [word for word in _BETWEEN.split(_APOSTROPHES.sub("", text)) if word]
    return words or [text.strip()]


def _parts(word: str) -> list[str]:
    return [part for part in _HYPHENS.split(word) if part] or [word]
