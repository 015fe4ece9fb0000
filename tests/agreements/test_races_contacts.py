"""A contact's answer pressed twice, and while their manager changes it: one legal outcome."""

from __future__ import annotations

from typing import Any

import pytest

from agreements.contacts.asking import Asked
from agreements.contacts.services.confirming import NOTHING, confirm_by_link, leave_by_link
from agreements.contacts.services.naming import name_contact
from agreements.models import ContactConfirmation, KeyContact
from deadlines.models import Deadline
from house.refusals import Refused
from parties.models import Person
from tests.agreements.contacted import ASKED_BY, lena, with_contacts
from tests.agreements.reviewed import on
from tests.at_once import ROUNDS, at_once, refusals
from tests.cast import Cast, acting, person_of

pytestmark = [
    pytest.mark.sqlite,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("nothing_but_agreements"),
]


def answers(cast: Cast, person: Person) -> Any:
    def act() -> Any:
        with on(ASKED_BY):
            return confirm_by_link(asked=Asked(person, cast.ccg))

    return act


def test_one_answer_however_often_it_is_pressed(cast: Cast) -> None:
    clinician = lena()
    for number in range(1, 4):
        with_contacts(cast, number, ccg_lead_clinician=clinician)
    said = at_once([(cast.viewer, answers(cast, clinician)) for _ in range(4)])
    assert refusals(said) == [NOTHING] * 3
    assert ContactConfirmation.objects.count() == 3


def test_no_longer_me_while_the_manager_names_somebody(cast: Cast) -> None:
    for number in range(1, ROUNDS + 1):
        clinician = Person.objects.create(name=f"Lena {number}", email=f"l{number}@ccg.example")
        agreement = with_contacts(cast, number, ccg_lead_clinician=clinician)
        party, follows = agreement.parties.get(slot="ccg"), person_of(cast.other_viewer)

        def leave(clinician: Person = clinician) -> Any:
            with on(ASKED_BY):
                asked = Asked(clinician, cast.ccg)
                contact = KeyContact.objects.get(person=clinician)
                return leave_by_link(asked=asked, contacts=[contact.pk])

        def name(party: Any = party, follows: Person = follows) -> Any:
            with on(ASKED_BY):
                return name_contact(
                    by=acting(cast.other_manager), party=party, role="lead_clinician",
                    person=follows,
                )  # fmt: skip

        said = at_once([(cast.other_viewer, leave), (cast.other_manager, name)])
        assert isinstance(said[1], KeyContact)
        assert not isinstance(said[0], Refused) or said[0].sentence == NOTHING
        with on(ASKED_BY):
            held = KeyContact.objects.filter(party=party, role="lead_clinician").lasting()
            assert [contact.person for contact in held] == [follows]
        vacant = Deadline.objects.filter(kind="role_vacant", subject_key=f"party:{party.pk}")
        assert not vacant.still_open().exists()
