"""Somebody who is asked to sign leaves: who follows is asked anew, else the request is withdrawn.

A request cannot move by itself: it asks one person, who hears of it.
"""

from __future__ import annotations

from agreements.core.asking_for import MAY_CHANGE
from agreements.models import PartySpell, SignatureRequest, Version
from agreements.models.signature_requests import SignatureRequestQuerySet
from agreements.signing.by_link import SIGN
from agreements.signing.services.asking import put_instead
from agreements.signing.services.ending import put_withdrawn
from agreements.signing.services.notices import ask
from agreements.signing.services.signing import lock_out_for_signature, lock_request
from agreements.signing.wanted import Wanted
from agreements.versions.steps import keep_steps
from house import clock
from mail.models import SentLink
from parties.acting import Acting
from parties.models import Organisation, Person
from parties.services.people import Leaving


def request_key(request: SignatureRequest) -> str:
    """What it is called among all that somebody hands over."""
    return f"signature-{request.pk}"


def asked_of(person: Person, organisation: Organisation) -> SignatureRequestQuerySet:
    """The signatures asked of the person for the organisation, which nobody has given yet."""
    sides = PartySpell.objects.filter(organisation=organisation).values("party")
    rows: SignatureRequestQuerySet = SignatureRequest.objects.filter(
        person=person, party__in=sides, state__in=MAY_CHANGE,
        version__state=Version.State.OUT_FOR_SIGNATURE,
    )  # fmt: skip
    return rows.order_by("version__agreement__reference", "pk")


def lock_requests(leaving: Leaving) -> None:
    """Versions first, then what is asked under them, then the links by which it is."""
    asked = asked_of(leaving.person, leaving.organisation)
    rows = list(asked.select_related("version__agreement"))
    for request in rows:
        lock_out_for_signature(request)
    for request in rows:
        lock_request(request)
    links = SentLink.objects.filter(purpose=SIGN.key, subject__in=[str(each.pk) for each in rows])
    list(links.order_by("pk").select_for_update())


def leave_requests(leaving: Leaving) -> None:
    """Sees to each of them, in the transaction in which they leave; their agreements are locked."""
    rows = asked_of(leaving.person, leaving.organisation)
    for request in rows.select_related("version__agreement", "party", "person", "address"):
        version = lock_out_for_signature(request)
        current = lock_request(request)
        if follows := leaving.follows(request_key(request)):
            _ask_who_follows(leaving.by, current, follows)
        else:
            because = f"{leaving.person.name} leaves {leaving.organisation.name}."
            put_withdrawn(leaving.by, version, current, because)
        keep_steps(version)


def _ask_who_follows(by: Acting, current: SignatureRequest, follows: Person) -> None:
    """With the same day, if it has not passed, and the same message; in nobody's place."""
    before = current.person.name
    if current.state == SignatureRequest.State.WAITS:
        current.person, current.address = follows, None
        current.in_place_of = current.authority = ""
        current.save(update_fields=["person", "address", "in_place_of", "authority"])
    else:
        still = current.sign_by and current.sign_by >= clock.today()
        wanted = Wanted(sign_by=current.sign_by if still else None, message=current.message)
        put_instead(by, current, wanted, person=follows, address=None)
    ask(by, current, instead_of=before)
