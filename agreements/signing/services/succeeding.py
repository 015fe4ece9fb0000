"""A signature that was asked of the people of an organisation whose place another took (X07).

What was signed stays signed: it was given by who held the side that day. What was not is asked of
nobody any more; the successor asks its own signatory, or takes the text back to put its name in.
"""

from __future__ import annotations

from typing import Final

from agreements.core.asking_for import MAY_CHANGE
from agreements.models import SIGNATURE_LIFECYCLE, Agreement, SignatureRequest, Version
from agreements.signing.by_link import SIGN, TAKEN_BACK
from agreements.signing.services.notices import note
from agreements.versions.steps import keep_steps, stop_chasing_signature
from house import clock
from house.lifecycle import lock, move_locked
from mail.links.sending import lock_links, recall
from nhsuk.dates import day
from parties.acting import Acting
from parties.models import Succession

BECAUSE: Final = "{now} took the place of {was} on {on}."
# Waits for signatures, or for approvals before them.
ON_THE_WAY: Final = ("frozen", "out_for_approval", "out_for_signature")


def lock_asked(agreement: Agreement) -> None:
    """The texts on the way, the signatures that are asked for and their links, in one order."""
    versions = agreement.versions.filter(state__in=ON_THE_WAY).order_by("seq")
    locked = list(versions.select_for_update(no_key=True))
    asked = SignatureRequest.objects.filter(version__in=locked, state__in=MAY_CHANGE)
    requests = asked.select_for_update(no_key=True).order_by("pk")
    lock_links(SIGN, [str(request.pk) for request in requests])


def withdraw_for_successor(succession: Succession, agreement: Agreement, by: Acting) -> None:
    """The agreement is locked and has its new parties."""
    for version in agreement.versions.filter(state__in=ON_THE_WAY).order_by("seq"):
        current = lock(version)
        current.agreement = agreement
        for request in _asked(current, succession):
            _withdraw(request, succession, by)
        keep_steps(current)


def _asked(version: Version, succession: Succession) -> list[SignatureRequest]:
    rows = SignatureRequest.objects.filter(
        version=version, state__in=MAY_CHANGE, party__spells__succession=succession
    )
    found = rows.select_related("party", "person").order_by("pk")
    requests = list(found.select_for_update(no_key=True, of=("self",)))
    sides = {party.pk: party for party in version.agreement.sides}
    for request in requests:
        request.version, request.party = version, sides[request.party_id]
    return requests


def _withdraw(request: SignatureRequest, succession: Succession, by: Acting) -> None:
    because = BECAUSE.format(
        now=succession.new.name, was=succession.old.name, on=day(succession.on)
    )
    move_locked(
        request, "withdraw", lifecycle=SIGNATURE_LIFECYCLE,
        ended_at=clock.now(), ended_because=because,
    )  # fmt: skip
    recall(SIGN, [str(request.pk)], TAKEN_BACK)
    stop_chasing_signature(request)
    # Who was asked was asked for the organisation of then.
    note(by, request, "request_withdrawn", because=because, party=succession.old.name)
