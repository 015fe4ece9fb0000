"""What a correction may change: spelling and references. All else is a variation (record 0065)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from agreements.core.sides import names_in, names_to_freeze
from agreements.core.texts import texts_of
from agreements.drafting.differing import with_context
from agreements.drafting.spelling import capitals_in, changed_beyond
from agreements.drafting.wording import wording_of
from agreements.models import Change, ClauseText, Version
from agreements.terms import as_stored, party_key


def beyond_correction(draft: Version) -> list[str]:
    """What the draft of a correction changes of the text in force that only a variation may, as
    sentences; none of a draft that is no correction."""
    before = draft.agreement.in_force_version
    if before is None or draft.change is None or draft.change.kind != Change.Kind.CORRECTION:
        return []
    old, new = texts_of(before), wording_of(draft)
    found = [*_terms(before, draft), *_names(before, draft), *_structure(old, new)]
    by_key = {text.clause_id: text for text in old}
    names = {word for name in names_in(before).values() for word in capitals_in(name)}
    for text in new:
        if was := by_key.get(text.clause_id):
            for what in (*changed_beyond(was.heading, text.heading, names),
                         *changed_beyond(was.body, text.body, names)):  # fmt: skip
                found.append(f"“{was.heading}”: {what}")
    return found


# So many words stand on each side of what a correction changes.
_AROUND: Final = 4


def readings(old: str, new: str) -> Iterator[tuple[str, str]]:
    """What each changed place reads in the two texts, with the words around it."""
    before, after = _plain(old).split(), _plain(new).split()
    for was, now in with_context(before, after, _AROUND):
        yield _quoted(before, was), _quoted(after, now)


def _plain(text: str) -> str:
    """Without the marks for bold."""
    return text.replace("**", "")


def _quoted(words: Sequence[str], part: slice) -> str:
    start, end = "… " if part.start else "", " …" if part.stop < len(words) else ""
    return f"“{start}{' '.join(words[part])}{end}”"


def _terms(before: Version, draft: Version) -> Iterator[str]:
    if as_stored(before.typed_terms) != as_stored(draft.typed_terms):
        yield "The terms changed."


def _names(before: Version, draft: Version) -> Iterator[str]:
    now = {
        party_key(p["slot"], p.get("number", 0)): p["name"]
        for p in names_to_freeze(draft.agreement)
    }
    if names_in(before) != now:
        yield "The parties, or their names, are others by now."


def _structure(old: Sequence[ClauseText], new: Sequence[ClauseText]) -> Iterator[str]:
    if [text.clause_id for text in old] != [text.clause_id for text in new]:
        yield "A clause was added, removed or moved."
    by_key = {text.clause_id: text for text in old}
    for text in new:
        was = by_key.get(text.clause_id)
        if was and any(getattr(was, name) != getattr(text, name) for name in _KEPT):
            yield f"“{text.heading}”: its kind, who has to do it, or what keeps it changed."


_KEPT: Final = ("kind", "status", "owed_by", "bindings")
