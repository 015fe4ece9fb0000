"""What the request asks the database that gives the last signature, with everything it brings."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.models import Agreement, SignatureRequest
from deadlines.models import Concerned
from mail.models import Delivery
from meetings.models import Series
from tests.agreements.contacted import ROLES
from tests.cast import PASSWORD, Cast, person_of
from tests.conftest import ClientOf
from tests.setting_up import library_template
from tests.stages import approve, ask, drafted, give, sent
from tests.typed import fields_of

pytestmark = pytest.mark.django_db

# What S8 allows, beside the password's check with its count of wrong ones.
MOST = 110 + 23
BLANKS = {"area": "the moors", "lmc": "the Moors LMC"}


def _contacts(cast: Cast, agreement: Agreement) -> None:
    managers = {"area_team": cast.manager, "ccg": cast.other_manager}
    for party in agreement.sides:
        for role in ROLES[party.slot]:
            party.contacts.create(role=role, person=person_of(managers[party.slot]))


def _last_request(cast: Cast, agreement: Agreement) -> SignatureRequest:
    """Approved by both and signed by the Area Team; Eastmoor CCG's signatory is asked."""
    version = sent(cast, agreement)
    approve(cast.manager, version)
    approve(cast.other_manager, version)
    give(cast.signatory, ask(cast.manager, version, cast.signatory))
    return ask(cast.other_manager, version, cast.other_signatory)


@pytest.mark.parametrize(
    ("named", "due"),
    [
        (True, {"review": 1, "contacts_confirmed": 2, "meetings_owed": 1}),
        (False, {"review": 1, "role_vacant": 7, "meetings_owed": 1}),
    ],
    ids=["contacts named", "roles vacant"],
)
def test_the_last_signature(
    cast: Cast, client_of: ClientOf, named: bool, due: dict[str, int]
) -> None:
    agreement = drafted(cast, BLANKS, library_template(cast))
    if named:
        _contacts(cast, agreement)
    url = f"/agreements/{agreement.reference}/sign/{_last_request(cast, agreement).pk}/"
    client = client_of(cast.other_signatory)
    typed = fields_of(client.get(url).content.decode())
    typed |= {"typed_name": "Orla Officer", "agree": "on", "password": PASSWORD}
    told = Delivery.objects.count()
    with CaptureQueriesContext(connection) as asked:
        client.post(url, typed)
    assert len(asked) <= MOST
    # It did all that it has to do.
    agreement.refresh_from_db()
    assert agreement.state == "in_force"
    kinds = Concerned.objects.filter(
        reference=agreement.reference, deadline__state="open"
    ).values_list("deadline__kind", flat=True)
    assert Counter(kinds) == due
    assert Series.objects.filter(serves__agreement=agreement).count() == 2
    assert Delivery.objects.count() == told + 6
    assert {row.next_due_on is None for row in agreement.access.all()} == {False}
