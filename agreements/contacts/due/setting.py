"""Sets what is due about key contacts: vacant roles, and that they are confirmed (A27)."""

from __future__ import annotations

from datetime import timedelta

from agreements.contacts.queries import standings_of
from agreements.contacts.rules import working_of
from agreements.core.clauses import clause_bound_to
from agreements.core.due import CONTACTS_CONFIRMED, ROLE_VACANT, key_of
from agreements.core.parties import parties_of
from agreements.core.vacancies import vacancies, version_of_terms
from agreements.models import Agreement, Party
from deadlines.models import Deadline
from deadlines.services.setting import For, cancel_deadline, meet_deadline, set_deadline
from house.lifecycle import lock
from parties.models import Role

# A vacancy is chased for eight weeks; after that it stays on the pages.
VACANCY_CHASED = ["since:+3", "since:+14", "since:+28", "since:+56"]
# The contacts themselves are asked; while some do not answer, their MoU manager is told. It ends.
ASK_CONTACTS = ("days:-14", "days:0", "days:+60", "days:+120")
# So long a party's date speaks for all that somebody is asked; then the next one does.
SPEAKS_FOR = timedelta(days=150)
TELL_MANAGER = ("days:+14", "days:+90")


def set_contacts_due(agreement: Agreement) -> None:
    """Vacancies and confirmations of every party, as they are now; nothing before it is in force.

    Call it after contacts have changed.
    """
    # As it is under the lock: the caller may have read it before the last signature.
    agreement = lock(agreement)
    if not agreement.has_duties:
        return
    clause = clause_bound_to(agreement, "key_contacts")
    key = clause.key if clause else ""
    missing = {(v.party.pk, v.role.key) for v in vacancies(agreement)}
    for party in parties_of(agreement):
        _set_vacancies(party, {role for pk, role in missing if pk == party.pk}, key)
        set_confirmation_due(party, key)


def _set_vacancies(party: Party, vacant: set[str], clause_key: str) -> None:
    chased = Deadline.objects.filter(kind=ROLE_VACANT, subject_key=key_of(party)).still_open()
    for role in set(chased.values_list("occurrence", flat=True)) - vacant:
        meet_deadline(kind=ROLE_VACANT, subject_key=key_of(party), occurrence=role)
    for role in sorted(vacant):
        set_deadline(
            kind=ROLE_VACANT,
            subject_key=key_of(party),
            occurrence=role,
            schedule=VACANCY_CHASED,
            holders=[For(party.organisation, role=Role.MANAGER)],
            references=[party.agreement.reference],
            clause_key=clause_key,
        )


def set_confirmation_due(party: Party, clause_key: str) -> None:
    """The party's contacts are to be confirmed when the one confirmed longest ago is."""
    found = standings_of([party])
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
