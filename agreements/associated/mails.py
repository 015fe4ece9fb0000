"""The e-mail on a document that an agreement in force is read with."""

from __future__ import annotations

from typing import Any, Final

from agreements.core.letters import HappeningLetter
from mail.kinds import Message, kind

# What happened, and what follows, by the verb of what was done.
DID: Final = {
    "document_added": "put a document on the list of those that {mou} is read with",
    "document_changed": "changed a document that {mou} is read with",
    "document_taken_off": "took a document off the list of those that {mou} is read with",
}


@kind("document_listed", "A document that an MoU is read with has changed")
def document_listed(context: dict[str, Any]) -> Message:
    about = HappeningLetter(context)
    did = DID[about.happening.verb].format(mou=about.mou)
    whose = about.happening.organisation or about.others
    return about.message(
        f"associated documents changed on {about.on}",
        f"On {about.on} {whose} {did}.",
        "What the signed text prints stays as it was. The page of the document says what is "
        "different, and why.",
        button="See the document",
        path=f"documents/{about.data['document']}/",
    )
