"""Key contacts with the day on which each was last confirmed, for many parties at once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Max, Q

from agreements.contacts.rules import Standing, standing
from agreements.models import Agreement, ContactConfirmation, KeyContact, Party, PartySpell
from house import clock
from house.clock import london_day
from house.once import once_a_page
from parties.models import Organisation, Person, Team
from parties.models.dated import holds_on

# Who is asked about one agreement is asked about all that will be asked within this time.
TOGETHER = timedelta(days=45)


@once_a_page
def contacts_of(agreement: Agreement) -> list[KeyContact]:
    """Whoever holds or held a contact role, with when they were last confirmed (one query)."""
    contacts = KeyContact.objects.filter(party__agreement=agreement)
    said_right = ~Q(confirmations__answer=ContactConfirmation.Answer.NO_LONGER)
    confirmed = contacts.annotate(confirmed_at=Max("confirmations__at", filter=said_right))
    return list(confirmed.select_related("person", "team", "deputy").order_by("starts_on", "pk"))


def standings_of(parties: Collection[Party]) -> list[Standing]:
    """The lasting contacts of these parties, where the agreement is in force (two queries)."""
    return _standings(Q(party__in=parties))


def standings_for(holder: Person | Team, organisation: Organisation) -> list[Standing]:
    """What somebody is a contact for on behalf of an organisation, the soonest first."""
    spells = PartySpell.objects.filter(holds_on(clock.today()), organisation=organisation)
    which = Q(person=holder) if isinstance(holder, Person) else Q(team=holder)
    found = _standings(which & Q(party__in=spells.values("party")))
    return sorted(found, key=lambda each: (each.due_on, each.contact.party_id, each.contact.pk))


def asked_of(holder: Person | Team, organisation: Organisation) -> list[Standing]:
    """What somebody is asked to confirm now: all that is due within the next weeks."""
    until = clock.today() + TOGETHER
    return [each for each in standings_for(holder, organisation) if each.due_on <= until]


def _standings(which: Q) -> list[Standing]:
    rows = KeyContact.objects.lasting().filter(
        which, party__agreement__state=Agreement.State.IN_FORCE
    )
    rows = rows.select_related("person__user", "team", "party__agreement__in_force_version")
    said_right = ~Q(confirmations__answer="no_longer")
    rows = rows.annotate(last=Max("confirmations__at", filter=said_right))
    return [_standing(contact) for contact in rows.order_by("party", "role", "pk")]


def _standing(contact: KeyContact) -> Standing:
    agreement = contact.party.agreement
    assert agreement.in_force_version  # noqa: S101 - it is in force
    last = getattr(contact, "last", None)  # annotated above
    confirmed_on: date | None = london_day(last) if last else None
    return standing(
        contact,
        confirmed_on=confirmed_on,
        start_on=agreement.start_on,
        months=agreement.in_force_version.typed_terms.months_between_confirmations,
    )
