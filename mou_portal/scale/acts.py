"""What the people of the patterns do with one agreement, from its first draft to its signature."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Final

from django.db.models import F

from agreements.contacts.services.naming import name_contacts
from agreements.drafting.services.making import answer, begin, create
from agreements.models import Agreement, SignatureRequest, Version
from agreements.signing.services.asking import open_for_signature
from agreements.signing.services.sealing import seal_due
from agreements.signing.services.signing import sign
from agreements.versions.services.approving import record_approval
from agreements.versions.services.versions import freeze, send_for_approval
from deadlines.models import Reminder
from deadlines.sweep import sweep_reminders
from house import clock
from house.actor import acting_as
from mail.models import Delivery
from mou_portal.demonstration.acts import days_ago
from mou_portal.scale.world import Side, template_of
from parties.acting import Acting
from parties.models import Role

TITLES = (
    "Improving quality in general practice",
    "Care in nursing homes",
    "Out-of-hours services",
    "Sharing of premises",
    "Support for practice nurses",
)
Sides = Sequence[Side]

HALF_AN_HOUR: Final = timedelta(minutes=30)


@contextmanager
def by(side: Side, role: Role = Role.MANAGER) -> Iterator[Acting]:
    """That side's person acts in the block; history names them."""
    who = side.acting(role)
    with acting_as(who.user):
        yield who


def drafted(sides: Sides, title: str) -> Agreement:
    """A draft of the first side, the area team, with every key contact named."""
    source = template_of(sides[0], len(sides))
    slots = {slot.key: side for slot, side in zip(source.typed_slots, sides, strict=True)}
    contacts = {
        key: {
            role.key: {"person": side.person(Role.MANAGER).pk}
            for role in source.typed_terms.contact_roles_of(key)
        }
        for key, side in slots.items()
    }
    first, *others = contacts
    with by(sides[0]) as manager:
        set_up = begin(by=manager, template_version=source)
        answer(
            set_up=set_up,
            title=title,
            parties={key: side.organisation.pk for key, side in slots.items()},
            contacts={first: contacts[first]},
            blanks={"area": "the dales", "lmc": "the local medical committee"},
        )
        agreement = create(by=manager, set_up=set_up)
    for key in others:
        with by(slots[key]) as manager:
            name_contacts(by=manager, agreement=agreement, contacts={key: contacts[key]})
    return agreement


def frozen(sides: Sides, agreement: Agreement) -> Version:
    draft = agreement.versions.get(state="draft")
    with by(sides[0]) as manager:
        return freeze(by=manager, version=draft, summary="From the template.")


def sent(sides: Sides, version: Version) -> None:
    with by(sides[0]) as manager:
        send_for_approval(by=manager, version=version)


def approved(sides: Sides, version: Version) -> None:
    for side in sides:
        with by(side) as manager:
            record_approval(
                by=manager,
                version=version,
                decision="approved",
                decided_on=clock.today(),
                minute_reference="GB 7.2",
            )


def asked(sides: Sides, version: Version) -> list[tuple[Side, SignatureRequest]]:
    """Each side's manager asks its signatory."""
    return [(side, _asked(side, version)) for side in sides]


def _asked(side: Side, version: Version) -> SignatureRequest:
    version = Version.objects.get(pk=version.pk)
    party = next(p for p in version.agreement.sides if p.organisation == side.organisation)
    slot = version.typed_terms.signatories_of(party.slot)[0].key
    with by(side) as manager:
        return open_for_signature(
            by=manager, version=version, slot=slot, person=side.person(Role.SIGNATORY)
        )


def signed(side: Side, request: SignatureRequest) -> None:
    sha256 = Version.objects.get(pk=request.version_id).sha256
    with by(side, Role.SIGNATORY) as who:
        sign(by=who, request=request, sha256=sha256, typed_name=str(who.who))


def in_force(sides: Sides, title: str, *, ago: int) -> Agreement:
    """Signed by all so many days ago, and sealed."""
    with days_ago(ago + 40):
        agreement = drafted(sides, title)
    with days_ago(ago + 30):
        version = frozen(sides, agreement)
        sent(sides, version)
    with days_ago(ago + 10):
        approved(sides, version)
    with days_ago(ago):
        for side, request in asked(sides, version):
            signed(side, request)
        seal_due()
    agreement.refresh_from_db()
    return agreement


def time_passes(*, until: int = 0) -> None:
    """What falls due is reminded of on its day, up to so many days ago; e-mails arrive at once.

    They are marked and not composed, which is most of the work and leaves nothing behind.
    """
    with days_ago(until):
        end = clock.now()
    while at := _next_reminder(end):
        # The one e-mail of a morning is a person's, and people are not copied with agreements.
        with clock.at(at + HALF_AN_HOUR):
            sweep_reminders()
    with days_ago(until):
        sweep_reminders()
    waiting = Delivery.objects.filter(state=Delivery.State.WAITING)
    waiting.update(state=Delivery.State.SENT, sent_at=F("created_at"), next_try=None, attempts=1)


def _next_reminder(end: datetime) -> datetime | None:
    due = Reminder.objects.filter(state=Reminder.State.PENDING, next_try__lt=end)
    first = due.order_by("next_try").first()
    return first.next_try if first else None
