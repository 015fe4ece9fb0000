"""What a page asks of the database, and agreements of many parties to ask it with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agreements.models import Agreement
from agreements.register.services import register_signed
from agreements.terms import MANAGER_ROLE
from documents.storage import store
from house import clock
from parties.acting import Acting
from parties.models import Organisation, Post, Role, Team, TeamMember
from tests.cast import Cast, acting, organisation, person_of, user
from tests.reading import words_at
from tests.stages import template

# What a page may ask.
BUDGET = 20


def queries_at(client: Client, path: str) -> int:
    """How many queries the page asks when it is opened a second time."""
    words_at(client, path)
    with CaptureQueriesContext(connection) as queries:
        words_at(client, path)
    return sum("SAVEPOINT" not in each["sql"] for each in queries)


def signed_by(by: Acting, sides: Mapping[str, Organisation]) -> Agreement:
    """Signed outside the portal by these, as one of them registers it, from the last one's text."""
    *_, last = sides.values()
    return register_signed(
        by=by, template_version=template(last, tuple(sides)), title="Many",
        organisations=sides,
        file=store(f"%PDF-1.7 {last}".encode(), name="mou.pdf", content_type="application/pdf"),
        signed_on=clock.today(), review_on=clock.today() + timedelta(days=365),
    )  # fmt: skip


def with_many(cast: Cast, others: int) -> Agreement:
    """The same of the Area Team and so many others: "CCG 1 of 9". Of each others know a contact,
    "Contact 1 of 9", and a press office."""
    sides = {f"ccg_{number}": organisation(f"CCG {number} of {others}") for number in range(others)}
    agreement = signed_by(acting(cast.manager), {"area_team": cast.area_team} | sides)
    for number, party in enumerate(agreement.parties.exclude(slot="area_team")):
        contact = user(f"Contact {number} of {others}", party.organisation, Role.MANAGER)
        person, here = person_of(contact), party.organisation
        Post.objects.create(person=person, organisation=here, title="Director")
        party.contacts.create(role=MANAGER_ROLE, person=person)
        press = Team.objects.create(
            organisation=here, purpose="press", name="Press", address=f"p{here.pk}@moors.example"
        )
        TeamMember.objects.create(team=press, person=person)
    return agreement
