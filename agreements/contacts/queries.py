"""Key contacts with the day on which each was last confirmed, and when each is asked again (A27).

How often they are asked is the one term that the queries read; the others stay where they are.
Dates are London calendar days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import (
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    prefetch_related_objects,
)

from agreements.core.counted import counted_in
from agreements.core.parties import current_contacts
from agreements.models import (
    Agreement,
    ContactConfirmation,
    ContactProposal,
    KeyContact,
    Party,
    Version,
    read_parties,
)
from agreements.terms import CONTACTS_CONFIRMED_MONTHS, MONTHS_STORED_AS
from house.clock import london_day, months_after
from house.lists_in_rows import instant, rows_below
from house.once import once_a_page
from nhsuk.dates import day
from nhsuk.words import spelled
from parties.acting import Acting


@dataclass(frozen=True)
class ContactStanding:
    """A key contact with the day it was last said to be right, and when it is asked again.

    Naming somebody says so too; so does the signed copy, which lists the contacts.
    """

    contact: KeyContact
    known_on: date
    due_on: date


def standing(
    contact: KeyContact, *, confirmed_on: date | None, start_on: date | None, months: int
) -> ContactStanding:
    """The contact with its dates."""
    known_on = known_since(contact.starts_on, start_on, confirmed_on)
    return ContactStanding(contact, known_on, months_after(known_on, months))


def known_since(*days: date | None) -> date:
    """The newest of: named, the agreement in force, confirmed."""
    return max(each for each in days if each is not None)


def working_of(standings: Iterable[ContactStanding], months: int) -> str:
    """How the date follows on which a party's contacts are to be confirmed, as a sentence."""
    first = min(each.known_on for each in standings)
    return (
        f"{spelled(months).capitalize()} months after {day(first)}, the earliest day since which "
        "one of the contacts has not been named or confirmed again."
    )


@once_a_page
def contacts_of(agreement: Agreement) -> list[KeyContact]:
    """Whoever holds or held a contact role, with when they were last confirmed (one query)."""
    contacts = KeyContact.objects.filter(party__agreement=agreement)
    said_right = ~Q(confirmations__answer=ContactConfirmation.Answer.NO_LONGER)
    confirmed = contacts.annotate(confirmed_at=Max("confirmations__at", filter=said_right))
    return list(confirmed.select_related("person", "team", "deputy").order_by("starts_on", "pk"))


def proposals_of(
    agreement: Agreement, acting: Acting
) -> dict[tuple[int, str], list[ContactProposal]]:
    """(party, role) -> whom others proposed and nobody answered, for a reader (one query)."""
    found: dict[tuple[int, str], list[ContactProposal]] = defaultdict(list)
    rows = ContactProposal.objects.visible_to(acting).filter(answer="", party__agreement=agreement)
    for each in rows.select_related("party__agreement", "person"):
        found[each.party_id, each.role].append(each)
    return found


def standings_of(parties: Collection[Party] | Collection[int]) -> list[ContactStanding]:
    """The lasting contacts of these parties, where the agreement is in force (one query)."""
    return list(standings_in(dated(Q(party__in=parties))))


def confirmed_counted() -> dict[str, Subquery]:
    """Of one agreement: each lasting contact that was ever said to be right, and when last."""
    said = ContactConfirmation.objects.exclude(answer=ContactConfirmation.Answer.NO_LONGER)
    last = said.filter(contact=OuterRef("pk")).order_by("-at").values("at")[:1]
    known = KeyContact.objects.lasting().annotate(last=Subquery(last)).exclude(last=None)
    return {"contacts_confirmed": rows_below(known, "party__agreement", "pk", "last")}


def standings_under(versions: Sequence[Version]) -> dict[int, list[ContactStanding]]:
    """Party -> its lasting contacts, of these versions in force with their parties at hand (two
    queries; one where the page counted with the agreements)."""
    found: dict[int, list[ContactStanding]] = defaultdict(list)
    counted = counted_in([each.agreement for each in versions], confirmed_counted())
    held = current_contacts(party.pk for each in versions for party in each.agreement.sides)
    for version in versions:
        agreement = version.agreement
        if not agreement.has_duties:
            continue
        confirmed = dict(counted[agreement.pk]["contacts_confirmed"] or ())
        months = version.typed_terms.months_between_confirmations
        for party in agreement.sides:
            for contact in held[party.pk]:
                if contact.ends_on is None:
                    on = day_of(instant(confirmed.get(contact.pk)))
                    start = agreement.start_on
                    dated = standing(contact, confirmed_on=on, start_on=start, months=months)
                    found[party.pk].append(dated)
    return found


def read_agreements(standings: Iterable[ContactStanding]) -> None:
    """Keeps at hand what names their roles and parties (four queries, for any number)."""
    agreements = [each.contact.party.agreement for each in standings]
    read_parties(agreements)
    prefetch_related_objects(agreements, "in_force_version")


def lasting(which: Q) -> QuerySet[Any]:
    """Lasting contacts of agreements in force."""
    in_force = Q(party__agreement__state__in=Agreement.WITH_DUTIES)
    return KeyContact.objects.lasting().filter(which, in_force)


def dated(which: Q) -> QuerySet[Any]:
    """The same with what their next date follows from."""
    said_right = ~Q(confirmations__answer="no_longer")
    return (
        lasting(which)
        .annotate(
            last=Max("confirmations__at", filter=said_right),
            months=F(f"party__agreement__in_force_version__terms__{MONTHS_STORED_AS}"),
        )
        .order_by("party", "role", "pk")
    )


def standings_in(rows: QuerySet[Any]) -> Iterator[ContactStanding]:
    """What these dated contacts stand at, with their agreements at hand (one query)."""
    yield from map(_standing, rows.select_related("person__user", "team", "party__agreement"))


def _standing(contact: KeyContact) -> ContactStanding:
    last, months = (getattr(contact, name) for name in ("last", "months"))  # annotated above
    return standing(
        contact,
        confirmed_on=day_of(last),
        start_on=contact.party.agreement.start_on,
        months=months or CONTACTS_CONFIRMED_MONTHS,
    )


def day_of(last: datetime | None) -> date | None:
    return london_day(last) if last else None
