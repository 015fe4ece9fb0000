"""The list of documents that an agreement is read with: adding, replacing, taking off (B03).

Whoever drafts for a party may; a party's own document is changed by that party alone. What a text
has printed stays as it was: this is the list of today.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from agreements.associated.due import set_promise, set_review
from agreements.associated.said import Said, check_differs, check_new, write
from agreements.core.associated import kind_of, who_brings
from agreements.core.locking import check_not_fixed
from agreements.core.parties import parties_of, require_role, sides_of, version_of_terms
from agreements.core.telling import record, tell_managers
from agreements.models import Agreement, AssociatedDocument, DocumentVersion, Happening, Party
from agreements.terms import ExpectedDocument
from deadlines.services.setting import set_together
from house import clock
from house.lifecycle import lock
from house.once import one_job
from house.refusals import ChangedMeanwhile, NotYours, Refused
from parties.acting import Acting
from parties.who import DRAFTERS


def add_document(
    *, by: Acting, agreement: Agreement, said: Said, kind: str, is_own: bool = True, term: str = ""
) -> AssociatedDocument:
    """Puts a document on the list; `term` is the key of the one in the terms that it is.

    Raises Refused where the list is full, or has it already.
    """
    with _changing(by, agreement) as current:
        expected = _expected(current, term)
        party = _own_side(by, current, expected)
        check_new(current, party, said, expected)
        document = AssociatedDocument.objects.create(
            agreement=current,
            kept_by=party,
            is_own=bool(expected.slots) if expected else is_own,
            kind=kind,
            term=term,
        )
        version = write(document, said, by, seq=1)
        set_review(document, version)
        set_promise(document, version)
        _follow(by, document, "document_added", version)
    return document


def change_document(
    *, by: Acting, document: AssociatedDocument, edit_no: int, said: Said, because: str
) -> None:
    """Puts another version in its place, or other facts; what it was stays readable.

    A document that is one for all is kept by who changed it last. Raises ChangedMeanwhile when
    somebody else changed it since the form was made from number `edit_no`.
    """
    with _changing(by, document.agreement) as agreement:
        current = _lock_document(by, agreement, document)
        former = current.versions.get(seq=current.edit_no)
        if current.edit_no != edit_no:
            raise ChangedMeanwhile("document", current.edit_no)
        check_differs(former, said)
        current.edit_no += 1
        if not current.is_own:
            current.kept_by = _own_side(by, agreement)
        current.save(update_fields=["edit_no", "kept_by"])
        version = write(current, said, by, seq=current.edit_no, former=former, because=because)
        set_review(current, version)
        set_promise(current, version)
        _follow(by, current, "document_changed", version, because=because)


def take_off(*, by: Acting, document: AssociatedDocument, because: str) -> None:
    """Takes a document off the list. It and its versions stay readable."""
    with _changing(by, document.agreement) as agreement:
        current = _lock_document(by, agreement, document)
        current.ended_at, current.ended_by = clock.now(), by.who
        current.ended_for, current.ended_because = by.on_behalf_of, because
        current.save()
        version = current.versions.get(seq=current.edit_no)
        set_review(current, version)
        set_promise(current, version)
        _follow(by, current, "document_taken_off", version, because=because)


def may_change(by: Acting, document: AssociatedDocument) -> bool:
    """Whether this person may replace the document or take it off the list."""
    agreement = document.agreement
    sides = sides_of(agreement, by)
    if not (sides and document.is_listed and may_add(by, agreement)):
        return False
    return not document.is_own or document.kept_by in sides


def may_add(by: Acting, agreement: Agreement) -> bool:
    """Whether this person may put a document on the list of the agreement."""
    open_to_change = not (agreement.is_over or _is_fixed(agreement))
    return open_to_change and DRAFTERS.includes(by) and bool(sides_of(agreement, by))


def _is_fixed(agreement: Agreement) -> bool:
    """A text that went to many: what it is read with is part of it until it is signed."""
    return agreement.text_is_fixed and not agreement.takes_acts


@contextmanager
def _changing(by: Acting, agreement: Agreement) -> Iterator[Agreement]:
    """The transaction, with the agreement locked: nobody numbers its text meanwhile."""
    require_role(by, DRAFTERS)
    with one_job(), set_together():
        current = lock(agreement)
        if not sides_of(current, by):
            raise NotYours("Your organisation is not a party to this agreement.")
        if current.is_over:
            raise Refused("This agreement has ended. Its list of documents no longer changes.")
        if _is_fixed(current):
            check_not_fixed(current)
        yield current


def _lock_document(
    by: Acting, agreement: Agreement, document: AssociatedDocument
) -> AssociatedDocument:
    current = lock(document)
    current.agreement = agreement
    parties = {party.pk: party for party in parties_of(agreement)}
    current.kept_by = parties[current.kept_by_id]
    if not current.is_listed:
        raise Refused("Somebody took this document off the list already.")
    if current.is_own and current.kept_by not in sides_of(agreement, by):
        raise NotYours(f"This is a document of {current.kept_by.name}, which alone changes it.")
    return current


def _expected(agreement: Agreement, term: str) -> ExpectedDocument | None:
    if not term:
        return None
    terms = version_of_terms(agreement).typed_terms
    found = next((each for each in terms.documents if each.key == term), None)
    if found is None:
        raise Refused("The text no longer names this document. Choose what it is.", field="what")
    return found


def _own_side(by: Acting, agreement: Agreement, expected: ExpectedDocument | None = None) -> Party:
    """The side for which they act. Raises NotYours where another brings this document."""
    own = sides_of(agreement, by)
    if expected is None or not expected.slots:
        return own[0]
    terms = version_of_terms(agreement).typed_terms
    bringing = who_brings(expected, terms, own)
    if not bringing:
        raise NotYours("Your organisation does not bring this document by the terms.")
    return bringing[0]


def _follow(
    by: Acting, document: AssociatedDocument, verb: str, version: DocumentVersion, because: str = ""
) -> None:
    """On record; and while the agreement is in force those whom it concerns are told."""
    agreement = document.agreement
    kind = kind_of(document, version_of_terms(agreement).typed_terms)
    happening = record(
        by=by, verb=verb, agreement=agreement, about=document, title=version.title,
        kind=kind, document=document.pk, because=because,
    )  # fmt: skip
    if agreement.takes_acts:
        _tell(happening, document, by)


def _tell(happening: Happening, document: AssociatedDocument, by: Acting) -> None:
    """Of many parties nobody hears what one does with its own document: the list says it."""
    if document.is_own and len(parties_of(document.agreement)) > 2:
        return
    tell_managers(of=happening, kind="document_listed", by=by, others_only=True)
