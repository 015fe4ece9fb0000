"""Who is asked whether they still are a key contact, once for all the agreements concerned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from agreements.contacts.due.setting import SPEAKS_FOR
from agreements.contacts.queries import asked_of, standings_of
from agreements.contacts.rules import Standing
from agreements.core.mails import names_of
from agreements.core.parties import parties_of
from agreements.core.recipients import role_label
from agreements.models import Party
from deadlines.kinds import Recipient
from deadlines.recipients import of_person, of_team
from house import clock
from nhsuk.words import and_list
from parties.models import Person, Team

Holder = Person | Team
# A list that is longer is on the page.
MOST = 12


def asked_with(party: Party) -> Iterator[Recipient]:
    """The contacts of the party whose turn it is, but for who is asked with a nearer date."""
    for holder in _holders(party):
        asked = asked_of(holder, party.organisation)
        if asked and _leads(party, asked) and (found := _recipient(holder, party)):
            yield found


def holder_of(party: Party, recipient: Recipient) -> Holder | None:
    """Who of the party's contacts a reminder was for; None for somebody who is none any more."""
    # What an e-mail is composed from names the person; a team shows in the reason alone.
    wanted = (recipient.person_id, recipient.why)
    for holder in _holders(party):
        found = _recipient(holder, party)
        if found and (found.person_id, found.why) == wanted:
            return holder
    return None


def about_them(asked: Sequence[Standing]) -> tuple[str, ...]:
    """One line for each agreement: the roles, for whom, with whom."""
    ordered = sorted(asked, key=lambda each: each.contact.party.agreement.reference)
    groups = groupby(ordered, key=lambda each: each.contact.party)
    lines = [_line(party, list(each)) for party, each in groups]
    more = len(lines) - MOST
    return (*lines[:MOST], f"And {more} more.") if more > 0 else tuple(lines)


def _line(party: Party, asked: Sequence[Standing]) -> str:
    agreement = party.agreement
    others = [other for other in parties_of(agreement) if other.pk != party.pk]
    roles = and_list(role_label(party, each.contact.role) for each in asked)
    line = f"{roles} of {party.name} for the MoU with {names_of(others)} ({agreement.reference})."
    return line[:1].upper() + line[1:]


def _holders(party: Party) -> list[Holder]:
    found = {s.contact.person or s.contact.team for s in standings_of([party])}
    holders = [holder for holder in found if holder is not None]
    return sorted(holders, key=lambda holder: (type(holder).__name__, holder.pk))


def _leads(party: Party, asked: Sequence[Standing]) -> bool:
    """Whether this party's date is the one that asks: the earliest that is not long past.

    Otherwise somebody who does not answer would hear of each agreement in turn.
    """
    parties = {each.contact.party.pk: each.contact.party for each in asked}
    dates = sorted((_due_on(each), pk) for pk, each in parties.items())
    speaking = (pk for due_on, pk in dates if clock.today() <= due_on + SPEAKS_FOR)
    return next(speaking, party.pk) == party.pk


def _due_on(party: Party) -> date:
    return min(each.due_on for each in standings_of([party]))


def _recipient(holder: Holder, party: Party) -> Recipient | None:
    if isinstance(holder, Team):
        return of_team(holder)
    why = f"you are named as a key contact of {party.organisation}."
    return of_person(holder, party.organisation, why)
