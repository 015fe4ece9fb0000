"""Somebody who wants one e-mail a day, a calendar, and an invitation that did not arrive."""

from __future__ import annotations

from deadlines.calendars.services import make_feed
from deadlines.models import MailPreference
from deadlines.services.preferring import prefer
from mail.models import Delivery
from mou_portal.demonstration.acts import by, days_ago
from mou_portal.demonstration.people import organisation_called, person_called
from parties.services.inviting import invite

ADDRESS = "xenia.lund@aldermor-ccg.example"


def load() -> None:
    """For Aldermoor CCG, unless somebody has chosen already."""
    if MailPreference.objects.exists():
        return
    with days_ago(20):
        prefer(person=person_called("Isla Fernandes"), one_digest_a_day=True, switched_off=[])
    with days_ago(6), by("Greta Holm") as greta:
        make_feed(by=greta)
    with days_ago(2), by("Lowri Vaughan") as lowri:
        invite(
            by=lowri,
            organisation=organisation_called("Aldermoor CCG"),
            name="Xenia Lund",
            email=ADDRESS,
            roles=["viewer"],
        )
    # What the server of an address that does not exist answers; nothing is sent in a demonstration.
    Delivery.objects.filter(address=ADDRESS).update(
        state=Delivery.State.FAILED, next_try=None, last_error="550 5.1.2 Domain not found"
    )
