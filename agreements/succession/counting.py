"""What of agreements themselves a successor takes over, and what stays, for the preview."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from agreements.core.asking_for import MAY_CHANGE
from agreements.models import Agreement, Change, KeyContact, PartySpell, Signature, SignatureRequest
from deadlines.models import Deadline, Holder
from house.answers import PassingOn
from parties.models import Organisation


def to_pass_on(old: Organisation, agreements: Collection[int]) -> list[PassingOn]:
    """Counted alone: who is shown it may not see the agreements yet (seven queries)."""
    found = Agreement.objects.filter(pk__in=agreements)
    spells = PartySpell.objects.filter(organisation=old, party__agreement__in=agreements)
    sides = spells.filter(ends_on=None).order_by().values("party")
    contacts = KeyContact.objects.current().filter(party__in=sides)
    asked = SignatureRequest.objects.filter(party__in=sides, state__in=MAY_CHANGE)
    signed = Signature.objects.filter(request__party__in=sides)
    running = Change.objects.filter(agreement__in=agreements, state__in=Change.ALIVE)
    due = Deadline.objects.still_open().filter(
        pk__in=Holder.objects.filter(organisation=old, is_open=True).values("deadline"),
        concerned__reference__in=found.values("reference"),
    )
    states = Counter(found.values_list("state", flat=True))
    return [
        PassingOn("MoU in force", "MoUs in force", sum(states[s] for s in Agreement.TAKING_ACTS)),
        PassingOn("draft MoU", "draft MoUs", states[Agreement.State.BEING_PREPARED]),
        PassingOn(
            "MoU that has ended", "MoUs that have ended", sum(states[s] for s in Agreement.OVER)
        ),
        PassingOn("key contact", "key contacts", contacts.count()),
        PassingOn("date that is due", "dates that are due", due.distinct().count()),
        PassingOn("change or notice under way", "changes and notices under way", running.count()),
        PassingOn("signature that is asked for", "signatures that are asked for", asked.count(),
                  "the successor asks its own signatory"),
        PassingOn("signature", "signatures", signed.count(),
                  "what was signed stays as it was signed"),
    ]  # fmt: skip
