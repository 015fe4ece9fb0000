"""The clause of an agreement that asks for something, as e-mails and pages name it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from agreements.core.numbering import numbers
from agreements.models import Agreement, ClauseText
from communications.models import Announcement

BINDINGS: dict[str, str] = {
    Announcement.Kind.PUBLICATION: "publication_lead_time",
    Announcement.Kind.PRESS_RELEASE: "press_release_lead_time",
}


def clause_key_of(agreement: Agreement, binding: str) -> str:
    """The key of the clause that this is bound to; empty where the text has none."""
    found = _clause(agreement, binding)
    return found[0].clause.key if found else ""


def clauses_in_words(agreements: Iterable[Agreement], binding: str) -> list[str]:
    """ "Clause 4.2, Press releases, of the MoU (MOU-0001) asks for this."; agreements with the same
    clause stand in one sentence, those whose text has none are left out."""
    named: dict[tuple[str, str], list[str]] = defaultdict(list)
    for agreement in agreements:
        if found := _clause(agreement, binding):
            text, number = found
            named[number, text.heading].append(agreement.reference)
    return [
        f"Clause {number}, {heading}, of the {'MoU' if len(those) == 1 else 'MoUs'} "
        f"({', '.join(those)}) asks for this."
        for (number, heading), those in named.items()
    ]


def _clause(agreement: Agreement, binding: str) -> tuple[ClauseText, str] | None:
    """The clause bound to this alone, else the first that is bound to it, and its number."""
    version = agreement.in_force_version
    if version is None:
        return None
    texts = list(version.texts.select_related("clause"))
    numbered = zip(texts, numbers(text.kind for text in texts), strict=True)
    found = [(text, number) for text, number in numbered if binding in text.bindings]
    alone = [pair for pair in found if pair[0].bindings == [binding]]
    return next(iter(alone or found), None)
