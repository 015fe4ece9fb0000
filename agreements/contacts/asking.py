"""Who is asked whether they still are a key contact, once for all agreements, and by which link.

The link names who was asked and for which organisation; what they are asked is read when the page
opens.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.core import signing

from agreements.contacts.due import SPEAKS_FOR
from agreements.contacts.queries import ContactStanding, read_agreements
from agreements.contacts.turns import Holder, asked_together, holders_of, turns_of
from agreements.core.due import CONTACTS_CONFIRMED, key_of
from agreements.core.parties import parties_of
from agreements.core.recipients import role_label
from agreements.models import Party, read_holders, read_parties
from deadlines.kinds import Recipient, of_person, of_team
from deadlines.models import Deadline
from house import clock
from house.once import each_once
from mail.links.purposes import Purpose, declare
from mail.links.sending import Sent, links_of, url_of
from mail.models import SentLink
from nhsuk.words import and_list, capital, in_short
from parties.models import Organisation, Person, Team
from parties.reader import there

GOOD_FOR = timedelta(days=60)
CONFIRM = declare(
    Purpose(
        "contact_confirms",
        "Asked whether they still are a key contact",
        "say whether you still are a key contact",
        GOOD_FOR,
    )
)
# Of links in e-mails from before links were rows.
SALT = "agreements.contacts"


@dataclass(frozen=True)
class Asked:
    """Who is asked, a person or a team, and for whom they are a contact."""

    holder: Person | Team
    organisation: Organisation


def confirm_url(asked: Asked, address: str) -> str:
    """The whole address of the page, for an e-mail to this address."""
    sent = _sent(asked, address)
    return url_of(links_of([sent])[sent])


def url_for(holder: Holder, party: Party) -> str:
    """The same at the address at which the contact is told now."""
    found = _recipient(holder, party)
    return confirm_url(Asked(holder, party.organisation), found.address if found else "")


def _sent(asked: Asked, address: str) -> Sent:
    kind = "team" if isinstance(asked.holder, Team) else "person"
    of = asked.organisation.pk
    return Sent(CONFIRM.key, f"{kind}:{asked.holder.pk}:{of}", address.lower(), of)


def asked_of_link(link: SentLink) -> Asked | None:
    """Who opens the page; None where they or the organisation are no longer there."""
    kind, holder, organisation = link.subject.split(":")
    return _asked(kind, int(holder), int(organisation))


def asked_by_former_link(token: str) -> Asked | None:
    """The same for a link of a former release; None for one that is not ours or is too old."""
    try:
        kind, holder, organisation = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return None
    return _asked(kind, holder, organisation)


def _asked(kind: str, holder: int, organisation: int) -> Asked | None:
    found = (Team if kind == "team" else Person).objects.filter(pk=holder).first()
    of = Organisation.objects.named().filter(pk=organisation).first()
    return Asked(found, of) if found and of else None


# A list that is longer is on the page.
MOST = 12


def read_asked(parties: Iterable[Party]) -> None:
    """Keeps at hand whose turn it is among the contacts of these parties (four queries, for any
    number, however many agreements they are contacts for)."""
    asked = list(parties)
    read_holders(asked)
    held = holders_of(party.pk for party in asked)
    pairs = [(who, party.organisation.pk) for party in asked for who in held[party.pk]]
    _read_there(pairs)
    turns = turns_of(pairs)
    _dates_that_speak({turn.party_id for each in turns.values() for turn in each})


def asked_with(party: Party) -> Iterator[Recipient]:
    """The contacts of the party whose turn it is, but for who is asked with a nearer date."""
    held = [(holder, party.organisation.pk) for holder in holders_of([party.pk])[party.pk]]
    for key, turns in turns_of(held).items():
        asked = {turn.party_id for turn in turns}
        if asked and _leads(party, asked) and (found := _recipient(key[0], party)):
            yield found


def holder_of(party: Party, recipient: Recipient) -> Holder | None:
    """Who of the party's contacts a reminder was for; None for somebody who is none any more."""
    # What an e-mail is composed from names the person; a team shows in the reason alone.
    wanted = (recipient.person_id, recipient.why)
    for holder in holders_of([party.pk])[party.pk]:
        found = _recipient(holder, party)
        if found and (found.person_id, found.why) == wanted:
            return holder
    return None


def about_them(asked: Sequence[ContactStanding]) -> tuple[str, ...]:
    """One line for each agreement: the roles, for whom, with whom."""
    groups = _by_party(asked)
    shown = groups[:MOST]
    read_agreements(each[0] for each in shown)
    lines = [_line(each) for each in shown]
    more = len(groups) - MOST
    return (*lines, f"And {more} more.") if more > 0 else tuple(lines)


def read_about_them(parties: Iterable[Party]) -> None:
    """Keeps at hand what the contacts of these parties are asked, what names it, and their links
    (nine queries, for any number)."""
    asked = list(parties)
    read_holders(asked)
    held = holders_of(party.pk for party in asked)
    pairs = [(who, party.organisation.pk) for party in asked for who in held[party.pk]]
    _read_there(pairs)
    found = asked_together(pairs)
    every = [each for of_one in found.values() for each in of_one]
    read_parties(each.contact.party.agreement for each in every)
    # All of them: their terms say who is written to.
    read_agreements(every)
    _read_links(party for party in asked if held[party.pk])


def _read_links(parties: Iterable[Party]) -> None:
    """Keeps at hand the links of their contacts whose turn it is (three queries)."""
    asked = [(who, party) for party in parties for who in holders_of([party.pk])[party.pk]]
    turns = asked_together((who, party.organisation.pk) for who, party in asked)
    links_of(
        _sent(Asked(who, party.organisation), found.address)
        for who, party in asked
        if turns[who, party.organisation.pk] and (found := _recipient(who, party))
    )


def _read_there(pairs: Iterable[tuple[Holder, int]]) -> None:
    """Keeps at hand who of these can still be told (one query)."""
    there((who.pk, of) for who, of in pairs if isinstance(who, Person))


def _by_party(asked: Iterable[ContactStanding]) -> list[list[ContactStanding]]:
    """In order of reference."""
    ordered = sorted(asked, key=lambda each: each.contact.party.agreement.reference)
    return [list(each) for _, each in groupby(ordered, key=lambda each: each.contact.party)]


def _line(asked: Sequence[ContactStanding]) -> str:
    """About the roles for one party."""
    agreement = asked[0].contact.party.agreement
    parties = {party.pk: party for party in parties_of(agreement)}
    own = parties.pop(asked[0].contact.party_id)
    roles = and_list(role_label(own, each.contact.role) for each in asked)
    others = in_short([party.name for party in parties.values()])
    line = f"{roles} of {own.name} for the MoU with {others} ({agreement.reference})."
    return capital(line)


@each_once(Deadline)
def _dates_that_speak(parties: Collection[int]) -> dict[int, date | None]:
    """Party id -> when its contacts are to be confirmed; None for what is long past."""
    since = clock.today() - SPEAKS_FOR
    keys = [key_of(Party(pk=pk)) for pk in parties]
    due = Deadline.objects.filter(kind=CONTACTS_CONFIRMED, subject_key__in=keys, due_on__gte=since)
    rows = due.still_open().only("subject_key", "due_on")
    return dict.fromkeys(parties) | {int(each.subject): each.due_on for each in rows}


def _leads(party: Party, asked: Collection[int]) -> bool:
    """Whether this party's date is the one that asks: the earliest that is not long past.

    Otherwise somebody who does not answer would hear of each agreement in turn.
    """
    dates = _dates_that_speak(asked)
    first = min(((on, pk) for pk, on in dates.items() if on), default=None)
    return first is None or first[1] == party.pk


def _recipient(holder: Holder, party: Party) -> Recipient | None:
    if isinstance(holder, Team):
        return of_team(holder)
    why = f"you are named as a key contact of {party.organisation}."
    return of_person(holder, party.organisation, why)
