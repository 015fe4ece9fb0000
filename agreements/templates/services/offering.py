"""Letting somebody of another organisation edit a template: an offer, which they accept.

It goes to the address that was typed, whether or not anybody logs in with it, and the link in it
carries all of it, signed: no answer tells whether that address is somebody's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.db import transaction

from agreements.models import EDIT_TEMPLATE, Template
from agreements.templates.services.people import keepers_of, let_in, require_own
from audit.services import record
from house import clock
from house.grants import grant
from house.lifecycle import lock
from house.refusals import Refused
from mail.services import queue_mail
from parties.acting import Acting
from parties.models import User

SALT = "agreements.templates.offer"
GOOD_FOR = timedelta(days=14)


@dataclass(frozen=True)
class Offer:
    """To whom which template is offered, and who does."""

    template: Template
    address: str
    by: User

    @property
    def token(self) -> str:
        return signing.dumps([self.template.pk, self.address, self.by.pk], salt=SALT)


def offer_edit(*, by: Acting, template: Template, email: str) -> None:
    """Asks whoever logs in with this address to edit the template; once a day, however often."""
    require_own(by, template)
    with transaction.atomic():
        record(by, "template_offered", template)
        queue_mail(
            kind="template_offered",
            address=email,
            organisation_id=template.organisation_id,
            context={"template": template.pk, "address": email, "by": by.who.pk},
            dedupe=f"template_offered:{template.pk}:{email}:{clock.today()}",
        )


def offer_of(template: int, address: str, by: int) -> Offer | None:
    """The offer, as long as who made it still keeps the template."""
    found = Template.objects.filter(pk=template).select_related("organisation").first()
    keeper = keepers_of(found).filter(pk=by).first() if found else None
    return Offer(found, address, keeper) if found and keeper else None


def offered_by(token: str, user: User) -> Offer | None:
    """The offer of a link, for whom it is alone; None for any other link and for anybody else."""
    try:
        template, address, by = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return None
    return offer_of(template, address, by) if address == user.email else None


def accept_offer(*, by: Acting, offer: Offer) -> None:
    """From now on they may edit it, in whatever role."""
    with transaction.atomic():
        template = lock(offer.template)
        if let_in(template).filter(pk=by.who.pk).exists():
            raise Refused("You may edit this template already.")
        grant(user=by.who, permission=EDIT_TEMPLATE, to=template)
        record(by, "template_grant", template, user=by.who.pk, offered_by=offer.by.pk)
