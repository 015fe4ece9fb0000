"""The e-mail to a reader of a concern. It says neither what it is about nor that it is a concern:
a mailbox may be read by others."""

from __future__ import annotations

from typing import Any, Final

from agreements.core.by_link import contact_without_account, with_link
from agreements.core.letters import AgreementLetter
from agreements.core.parties import parties_of
from agreements.models import Party
from escalations.concerns.by_link import READS
from escalations.concerns.presenters.words import page_of
from escalations.models import ConcernReader, ConcernShare, PracticeConcern
from mail.kinds import Message, NotNeeded, kind

ONLY: Final = "Only people who are named for it read it. Do not forward this e-mail."
# What happened: what the subject says, what the first sentence does.
_SAID: Final = {
    "named": (
        "read a confidential record that names you as a reader",
        "You may read a confidential record under {mou} from now on.",
    ),
    "shared": (
        "read a confidential record that was shared with you",
        "A confidential record under {mou} was shared with {own}. Name who else there reads it.",
    ),
    "news": (
        "something new in a confidential record",
        "Something new stands in a confidential record under {mou} that you read.",
    ),
}
_ENDED: Final = (
    "a confidential record is shared with you no longer",
    "A confidential record under {mou} that you could read is shared with {own} no longer.",
)


@kind("concern_told", "Confidential record")
def concern_told(context: dict[str, Any]) -> Message:
    """Raises NotNeeded for whoever does not read it any more, or reads it again."""
    rows = PracticeConcern.objects.select_related("agreement__in_force_version")
    concern = rows.get(pk=context["concern"])
    party = next(p for p in parties_of(concern.agreement) if p.pk == context["party"])
    what, ended = context["what"], context["what"] == "ended"
    if _reads(concern, party, context) == ended:
        raise NotNeeded
    why = f"you {'read' if not ended else 'could read'} this record for {party.name}."
    letter = AgreementLetter(concern.agreement, party, why=why)
    short, long = _ENDED if ended else _SAID[what]
    words = long.format(mou=letter.mou, own=party.name)
    if ended:
        return letter.message(
            short, words, "You need do nothing. What you kept of it is yours to destroy.", button=""
        )
    message = letter.message(short, words, ONLY, button="Open the record", to=page_of(concern))
    if person := context.get("person"):
        return with_link(message, READS, concern.pk, party, person, "Read the record")
    return message


def _reads(concern: PracticeConcern, party: Party, context: dict[str, Any]) -> bool:
    """Whether they read it now: as a named reader, or by a link that was sent to them."""
    if user := context.get("user"):
        rows = ConcernReader.objects.still_open().filter(concern=concern, party=party, user=user)
        return bool(rows.filter(user__is_active=True).exists())
    shares = ConcernShare.objects.filter(concern=concern, party=party, ended_at=None)
    return contact_without_account(party, context["person"]) is not None and shares.exists()
