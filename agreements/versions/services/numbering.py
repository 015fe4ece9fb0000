"""What a draft needs and gets to become a numbered version: full, asked about, in words, hashed."""

from __future__ import annotations

from collections.abc import Sequence

from agreements.core.associated import to_freeze
from agreements.core.parties import parties_of
from agreements.core.sides import names_to_freeze
from agreements.core.texts import blank_labels, hash_of, next_label, texts_of
from agreements.drafting.blanks import in_few_words, marks_in, open_in
from agreements.drafting.corrections import beyond_correction
from agreements.drafting.services.editing import write_words
from agreements.drafting.typed_figures import figures_read, typed_against
from agreements.drafting.wording import sides_of, wording_of
from agreements.models import ClauseText, Version
from house import clock
from house.refusals import Refused
from parties.acting import Acting


def number_version(draft: Version, *, by: Acting, summary: str) -> None:
    """Sets on the draft, unsaved, what a numbered version has: label, names, hash, author."""
    if not draft.texts.exists():
        raise Refused("The draft has no clauses yet. Add one first.")
    if still_open := open_blanks(draft, wording_of(draft)):
        raise Refused(still_open)
    if beyond := beyond_correction(draft):
        raise Refused(
            f"This goes beyond a correction. {in_few_words(beyond, 'change')} Change it back, or "
            "withdraw the correction and vary the text."
        )
    write_words(draft)
    draft.label = draft.label_before_signature = next_label(draft)
    draft.summary = summary
    draft.author = by.who
    draft.author_organisation = by.on_behalf_of
    draft.frozen_at = clock.now()
    draft.party_names = names_to_freeze(draft.agreement)
    draft.associated_documents = to_freeze(draft.agreement)
    draft.sha256 = hash_of(draft)


def check_figures(draft: Version, read: str) -> list[str]:
    """What is typed against the terms, as it was read before; somebody else may edit meanwhile."""
    against = typed_against(texts_of(draft), draft.typed_terms, sides_of(draft))
    if read and read != figures_read(draft, against):
        raise Refused(
            "Somebody changed the draft or its terms since you opened this page. Look at the "
            "figures as they are now, then press the button again."
        )
    if against and not read:
        raise Refused(
            f"{in_few_words(against, 'figure')} Change the text or the terms, or say that you go "
            "on with the text as it is."
        )
    return against


def numbered(draft: Version) -> dict[str, object]:
    names = ("label", "label_before_signature", "summary", "author", "author_organisation")
    more = ("frozen_at", "party_names", "associated_documents", "sha256")
    return {field: getattr(draft, field) for field in (*names, *more)}


def open_blanks(version: Version, texts: Sequence[ClauseText] | None = None) -> str:
    """What is not filled in, in a sentence or a few; empty where nothing is open.

    `texts` are the version's clauses, where they are at hand.
    """
    texts = texts_of(version) if texts is None else texts
    if not any(marks_in(text.heading, text.body) for text in texts):
        return ""
    labels = blank_labels(version.agreement, parties_of(version.agreement))
    return in_few_words([each.sentence for each in open_in(texts, labels)])


def check_filled(version: Version, texts: Sequence[ClauseText] | None = None) -> None:
    """Raises Refused for a version that was numbered with a blank, when the portal let it be."""
    if still_open := open_blanks(version, texts):
        raise Refused(
            f"{still_open} Nobody approves or signs a text like that. Recall version "
            f"{version.label}, fill the blanks in, and number the text again."
        )
