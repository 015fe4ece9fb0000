"""What somebody says of an associated document: whether it fits the list, and how it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from agreements.core.associated import listed
from agreements.models import Agreement, AssociatedDocument, DocumentVersion, Party
from agreements.terms import ExpectedDocument
from documents.models import StoredFile
from documents.office import OfficeFile
from documents.storage import keep
from documents.uploads import BroughtPdf
from house import clock
from house.refusals import Refused
from parties.acting import Acting

MOST: Final = 200


@dataclass(frozen=True)
class Brought:
    """A file as somebody brought it, under its name."""

    file: BroughtPdf | OfficeFile
    name: str


@dataclass(frozen=True)
class Said:
    """What is said of a document: where it is, and which one it is.

    Neither a file nor an address: it stays where it was.
    """

    title: str
    brought: Brought | None = None
    link: str = ""
    label: str = ""
    dated_on: date | None = None
    review_on: date | None = None
    # Of one that is not there yet: by when it is to follow.
    follows_by: date | None = None


def check_new(
    agreement: Agreement, party: Party, said: Said, expected: ExpectedDocument | None
) -> None:
    """Raises Refused where the list is full, or has this document already."""
    there = listed(agreement)
    if len(there) >= MOST:
        raise Refused(f"The list has {MOST} documents. Take one off first.")
    for each in there:
        document = each.document
        own = document.kept_by == party or not document.is_own
        if expected and document.term == expected.key and own:
            raise Refused(f"“{each.title}” is on the list already as this document. Replace that.")
        if own and each.title.casefold() == said.title.casefold():
            raise Refused(
                f"“{each.title}” is on the list already. Replace that, or enter another title.",
                field="title",
            )


def check_differs(former: DocumentVersion, said: Said) -> None:
    """Raises Refused where nothing is to be changed."""
    facts = ("title", "label", "dated_on", "review_on", "follows_by")
    same = all(getattr(former, name) == getattr(said, name) for name in facts)
    if same and not said.brought and said.link in ("", former.link):
        raise Refused("Nothing is different. Choose another file, or change what is said of it.")


def write(
    document: AssociatedDocument, said: Said, by: Acting, *, seq: int,
    former: DocumentVersion | None = None, because: str = "",
) -> DocumentVersion:  # fmt: skip
    """The version of the document that says so, from now on."""
    file, link = _where(said, former)
    return DocumentVersion.objects.create(
        document=document,
        seq=seq,
        title=said.title,
        file=file,
        link=link,
        label=said.label,
        dated_on=said.dated_on,
        review_on=said.review_on,
        follows_by=None if file or link else said.follows_by,
        because=because,
        added_by=by.who,
        added_for=by.on_behalf_of,
        added_at=clock.now(),
    )


def _where(said: Said, former: DocumentVersion | None) -> tuple[StoredFile | None, str]:
    """The file or the address: what was brought, else where the document was before."""
    if said.brought:
        return keep(said.brought.file, name=said.brought.name), ""
    if said.link:
        return None, said.link
    if said.follows_by and (former is None or former.follows_by):
        return None, ""
    if former is None or former.follows_by:
        raise Refused("Choose a file, or enter the address of the document.", field="file")
    return former.file, former.link
