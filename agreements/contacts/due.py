"""Sets what is due about key contacts: vacant roles, and that they are confirmed (A27)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta
from operator import itemgetter

from agreements.contacts.queries import ContactStanding, standings_of, working_of
from agreements.core.due import CONTACTS_CONFIRMED, ROLE_VACANT, key_of
from agreements.core.parties import parties_of, vacancies, version_of_terms
from agreements.core.texts import clause_bound_to
from agreements.models import Agreement, Party, Version
from deadlines.models import Deadline
from deadlines.services.setting import (
    For,
    cancel_deadline,
    meet_deadline,
    set_deadline,
    set_together,
)
from house.once import each_once
from parties.models import Role

# A vacancy is chased for eight weeks; after that it stays on the pages.
VACANCY_CHASED = ["since:+3", "since:+14", "since:+28", "since:+56"]
CHASED_FOR = timedelta(days=56)
# The contacts themselves are asked; while some do not answer, their MoU manager is told. It ends.
ASK_CONTACTS = ("days:-14", "days:0", "days:+60", "days:+120")
# So long a party's date speaks for all that somebody is asked; then the next one does.
SPEAKS_FOR = timedelta(days=150)
TELL_MANAGER = ("days:+14", "days:+90")


def set_contacts_due(agreement: Agreement) -> None:
    """Vacancies and confirmations of every party, as they are now; nothing before it is in force.

    Call it after contacts have changed, with the agreement as it is under its lock.
    """
    if not agreement.has_duties:
        return
    clause = clause_bound_to(agreement, "key_contacts")
    key, parties = clause.key if clause else "", parties_of(agreement)
    standings = standings_of(parties)
    with set_together():
        _set_vacancies(agreement, key)
        for party in parties:
            own = [each for each in standings if each.contact.party_id == party.pk]
            _set_confirmation(party, own, key)


def _set_vacancies(agreement: Agreement, clause_key: str) -> None:
    keys = [key_of(party) for party in parties_of(agreement)]
    vacant = {(key_of(each.party), each.role.key): each.party for each in vacancies(agreement)}
    chased = Deadline.objects.filter(kind=ROLE_VACANT, subject_key__in=keys).still_open()
    for key, role in set(chased.values_list("subject_key", "occurrence")) - vacant.keys():
        meet_deadline(kind=ROLE_VACANT, subject_key=key, occurrence=role)
    for (key, role), party in sorted(vacant.items(), key=itemgetter(0)):
        set_deadline(
            kind=ROLE_VACANT,
            subject_key=key,
            occurrence=role,
            schedule=VACANCY_CHASED,
            holders=[For(party.organisation, role=Role.MANAGER)],
            references=[agreement.reference],
            clause_key=clause_key,
        )


def _set_confirmation(party: Party, found: Sequence[ContactStanding], clause_key: str) -> None:
    """The party's contacts are to be confirmed when the one confirmed longest ago is."""
    if not found:
        cancel_deadline(kind=CONTACTS_CONFIRMED, subject_key=key_of(party))
        return
    months = version_of_terms(party.agreement).typed_terms.months_between_confirmations
    set_deadline(
        kind=CONTACTS_CONFIRMED,
        subject_key=key_of(party),
        due_on=min(each.due_on for each in found),
        schedule=[*ASK_CONTACTS, *TELL_MANAGER],
        holders=[For(party.organisation, role=Role.MANAGER)],
        references=[party.agreement.reference],
        clause_key=clause_key,
        working=working_of(found, months),
    )


def party_of(deadline: Deadline) -> Party:
    """Whose contacts a deadline is about."""
    return parties_about([deadline.subject])[deadline.subject]


@each_once(Party, Agreement, Version)
def parties_about(subjects: Collection[str]) -> dict[str, Party]:
    """By subject, with their agreements and the versions in force (one query)."""
    rows = Party.objects.select_related("agreement__in_force_version").filter(pk__in=subjects)
    return {str(party.pk): party for party in rows}
