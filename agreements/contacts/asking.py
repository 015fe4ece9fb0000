"""Who is asked whether they still are a key contact, once for all agreements, and by which link.

The link in the e-mail is signed, not stored, and good for one purpose; opening it changes nothing.
It names who was asked and for which organisation; what they are asked is read when the page opens.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.conf import settings
from django.core import signing
from django.urls import reverse

from agreements.contacts.due import SPEAKS_FOR
from agreements.contacts.queries import (
    ContactStanding,
    Holder,
    holders_of,
    read_agreements,
    turns_of,
)
from agreements.core.due import CONTACTS_CONFIRMED, key_of
from agreements.core.parties import parties_of
from agreements.core.telling import role_label
from agreements.models import Party
from deadlines.kinds import Recipient, of_person, of_team
from deadlines.models import Deadline
from house import clock
from nhsuk.words import and_list, capital, in_short
from parties.models import Organisation, Person, Team

SALT = "agreements.contacts"
GOOD_FOR = timedelta(days=60)


@dataclass(frozen=True)
class Asked:
    """Who is asked, a person or a team, and for whom they are a contact."""

    holder: Person | Team
    organisation: Organisation


def confirm_url(asked: Asked) -> str:
    """The whole address of the page, for an e-mail."""
    kind = "team" if isinstance(asked.holder, Team) else "person"
    token = signing.dumps([kind, asked.holder.pk, asked.organisation.pk], salt=SALT)
    return f"{settings.SITE_URL}{reverse('agreements:contacts_by_mail', args=[token])}"


def asked_by_link(token: str) -> Asked | None:
    """Who opens the page; None for a link that is not ours or is too old."""
    try:
        kind, holder, organisation = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return None
    found = (Team if kind == "team" else Person).objects.filter(pk=holder).first()
    of = Organisation.objects.named().filter(pk=organisation).first()
    return Asked(found, of) if found and of else None


# A list that is longer is on the page.
MOST = 12


def asked_with(party: Party) -> Iterator[Recipient]:
    """The contacts of the party whose turn it is, but for who is asked with a nearer date.

    Three queries, however many agreements they are contacts for.
    """
    holders = holders_of(party)
    turns = turns_of(holders, party.organisation)
    dates = _dates_that_speak({turn.party_id for each in turns.values() for turn in each})
    for holder in holders:
        asked = {turn.party_id for turn in turns[holder]}
        if asked and _leads(party, asked, dates) and (found := _recipient(holder, party)):
            yield found


def holder_of(party: Party, recipient: Recipient) -> Holder | None:
    """Who of the party's contacts a reminder was for; None for somebody who is none any more."""
    # What an e-mail is composed from names the person; a team shows in the reason alone.
    wanted = (recipient.person_id, recipient.why)
    for holder in holders_of(party):
        found = _recipient(holder, party)
        if found and (found.person_id, found.why) == wanted:
            return holder
    return None


def about_them(asked: Sequence[ContactStanding]) -> tuple[str, ...]:
    """One line for each agreement: the roles, for whom, with whom."""
    ordered = sorted(asked, key=lambda each: each.contact.party.agreement.reference)
    groups = [list(each) for _, each in groupby(ordered, key=lambda each: each.contact.party)]
    shown = groups[:MOST]
    read_agreements(each[0] for each in shown)
    lines = [_line(each) for each in shown]
    more = len(groups) - MOST
    return (*lines, f"And {more} more.") if more > 0 else tuple(lines)


def _line(asked: Sequence[ContactStanding]) -> str:
    """About the roles for one party."""
    agreement = asked[0].contact.party.agreement
    parties = {party.pk: party for party in parties_of(agreement)}
    own = parties.pop(asked[0].contact.party_id)
    roles = and_list(role_label(own, each.contact.role) for each in asked)
    others = in_short([party.name for party in parties.values()])
    line = f"{roles} of {own.name} for the MoU with {others} ({agreement.reference})."
    return capital(line)


def _dates_that_speak(parties: Collection[int]) -> dict[int, date]:
    """Party id -> when its contacts are to be confirmed; without what is long past."""
    since = clock.today() - SPEAKS_FOR
    keys = [key_of(Party(pk=pk)) for pk in parties]
    due = Deadline.objects.filter(kind=CONTACTS_CONFIRMED, subject_key__in=keys, due_on__gte=since)
    rows = due.still_open().only("subject_key", "due_on")
    return {int(each.subject): each.due_on for each in rows if each.due_on}


def _leads(party: Party, asked: Collection[int], dates: dict[int, date]) -> bool:
    """Whether this party's date is the one that asks: the earliest that is not long past.

    Otherwise somebody who does not answer would hear of each agreement in turn.
    """
    first = min(((dates[pk], pk) for pk in asked if pk in dates), default=None)
    return first is None or first[1] == party.pk


def _recipient(holder: Holder, party: Party) -> Recipient | None:
    if isinstance(holder, Team):
        return of_team(holder)
    why = f"you are named as a key contact of {party.organisation}."
    return of_person(holder, party.organisation, why)
