"""The portal's own sealed copy, brought as if it came from elsewhere: it is here already."""

from __future__ import annotations

from typing import Final

from agreements.models import Agreement
from agreements.signing.checking import NO_CERTIFICATE, Answer, check_file
from documents.uploads import BroughtPdf, bytes_from
from house.refusals import NotNow, Refused
from house.wall import WhoAsks
from web.repairs import PdfForm

# To who may not see the agreement: no more than the public page says of any such file.
SEALED: Final = (
    "This is a copy that this portal sealed. It is here already. Ask one of its parties."
)
CHANGED: Final = (
    "This file carries the seal of this portal, and was changed or damaged after it was sealed. "
    "The copy as it was sealed is here already. Ask one of its parties."
)


class OwnCopy(Refused):
    """The file was sealed here; `agreement` is whose it is, where the person may see it."""

    def __init__(self, sentence: str, agreement: Agreement | None = None) -> None:
        super().__init__(sentence)
        self.agreement = agreement


def check_is_foreign(by: WhoAsks, data: bytes) -> None:
    """Raises OwnCopy for a copy that the portal sealed, by its hash or its seal; NotNow where it
    carries our certificate and could not be looked at."""
    found = check_file(data)
    if found.copy:
        seen = Agreement.objects.visible_to(by).filter(pk=found.copy.agreement.pk).first()
        if found.disposed:
            raise OwnCopy(f"This is a copy that this portal sealed. {found.disposed}", seen)
        raise OwnCopy(_named(seen) if seen else SEALED, seen)
    if found.answer in (Answer.CHANGED, Answer.NOT_KEPT):
        raise OwnCopy(CHANGED)
    if found.answer is Answer.UNCHECKED and found.problem != NO_CERTIFICATE:
        raise NotNow(found.problem)


def _named(agreement: Agreement) -> str:
    return (
        f"This is the final signed copy of {agreement.reference}, “{agreement.title}”, which this "
        "portal sealed. It is here already."
    )


class FromElsewhereForm(PdfForm):
    """Takes one PDF that was made elsewhere: none that the portal sealed itself."""

    # Where the file is here already: the agreement that has it, if the reader may see it.
    known: Agreement | None = None

    def brought(self) -> BroughtPdf:
        """As of any form; raises OwnCopy too."""
        if upload := self.cleaned_data.get(self.pdf_field):
            try:
                check_is_foreign(self.asks, bytes_from(upload))
            except Refused as refusal:
                refusal.field = self.pdf_field
                self.known = refusal.agreement if isinstance(refusal, OwnCopy) else None
                raise
        return super().brought()
