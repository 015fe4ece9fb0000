"""A review, key contacts and days away as both sides live them, in a browser."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from agreements.contacts.asking import Asked, confirm_url
from agreements.contacts.services.naming import name_contact
from agreements.models import Agreement
from house import clock
from tests.agreements.contacted import lena
from tests.browser import review as story
from tests.browser.conftest import Visits
from tests.cast import Cast, acting, person_of
from tests.meetings.stage import in_force

pytestmark = pytest.mark.browser


@pytest.fixture
def people(parties: Cast) -> Cast:
    """Both parties, with an agreement whose review and contacts are overdue."""
    for name in ("viewer", "stranger"):
        getattr(parties, name)
    source = parties.area_team.templates.get().versions.get()
    in_force(parties, start=clock.today() - timedelta(days=400), source=source)
    agreement = Agreement.objects.get()
    with clock.at(clock.now() - timedelta(days=400)):
        for slot, by, role, person in (
            ("area_team", parties.manager, "mou_manager", person_of(parties.manager)),
            ("ccg", parties.other_manager, "lead_clinician", lena()),
        ):
            party = agreement.parties.get(slot=slot)
            name_contact(by=acting(by), party=party, role=role, person=person)
    return parties


def test_a_review_and_contacts_by_keyboard(
    people: Cast, at_keyboard: Visits, complaints: list[str]
) -> None:
    walk(people, at_keyboard)
    assert complaints == []


def walk(people: Cast, sits_down: Visits) -> None:
    other_manager, manager = sits_down(people.other_manager), sits_down(people.manager)
    today = clock.today()
    story.record_the_review(other_manager, today)
    story.confirm_the_review(manager)
    story.put_the_record_right(other_manager)
    story.confirm_contacts(manager)
    contact = Agreement.objects.get().parties.get(slot="ccg").contacts.get(role="lead_clinician")
    assert contact.person
    url = confirm_url(Asked(contact.person, people.ccg), contact.person.email)
    story.answer_by_link(sits_down(None), urlsplit(url).path)
    viewer = sits_down(people.viewer)
    story.say_when_away(viewer, today, today + timedelta(days=4))
    viewer.open(f"{story.PAGE}people/")
    viewer.sees("Clinical Chair")
    viewer.open(f"{story.PAGE}kept/")
    viewer.sees("Vary it")
    viewer.does_not_see_button("Record the outcome of a review")
    stranger = sits_down(people.stranger)
    stranger.follow("Agreements")
    stranger.does_not_see(story.TITLE)
