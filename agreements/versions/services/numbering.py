"""What a draft needs and gets to become a numbered version: full, asked about, in words, hashed."""

from __future__ import annotations

from agreements.core.parties import parties_of
from agreements.core.texts import hash_of, next_label, texts_of
from agreements.drafting.blanks import in_few_words
from agreements.drafting.services.editing import write_words
from agreements.drafting.typed_figures import figures_read, typed_against
from agreements.drafting.wording import sides_of, wording_of
from agreements.models import Version
from agreements.versions.filled import open_blanks
from house import clock
from house.refusals import Refused
from parties.acting import Acting


def number_version(draft: Version, *, by: Acting, summary: str) -> None:
    """Sets on the draft, unsaved, what a numbered version has: label, names, hash, author."""
    if not draft.texts.exists():
        raise Refused("The draft has no clauses yet. Add one first.")
    if still_open := open_blanks(draft, wording_of(draft)):
        raise Refused(still_open)
    write_words(draft)
    draft.label = draft.label_before_signature = next_label(draft)
    draft.summary = summary
    draft.author = by.who
    draft.author_organisation = by.on_behalf_of
    draft.frozen_at = clock.now()
    draft.party_names = [
        {"slot": party.slot, "label": party.label, "name": party.name}
        for party in parties_of(draft.agreement)
    ]
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
    more = ("frozen_at", "party_names", "sha256")
    return {field: getattr(draft, field) for field in (*names, *more)}
