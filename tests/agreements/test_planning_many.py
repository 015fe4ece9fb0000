"""Plans of agreements with other dates, with several bodies and with many parties."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.models import Agreement
from agreements.planning.services import plan_agreement
from agreements.register.services import register_signed
from agreements.terms import ApprovalRoute, Period, as_stored
from deadlines.models import Deadline
from documents.storage import store
from parties.models import BodyOrganisation
from tests import federations
from tests.agreements.planned import body_of, meets, sweep
from tests.agreements.reviewed import on
from tests.cast import Cast, acting
from tests.conftest import ClientOf
from tests.on_terms import in_force_on
from tests.pdf import a_pdf
from tests.reading import words_at

pytestmark = pytest.mark.django_db
SIGNED = date(2013, 9, 3)
MEETINGS = (date(2014, 7, 2), date(2014, 8, 6), date(2014, 9, 10), date(2014, 10, 8))


@pytest.mark.duty("X11")
def test_from_an_end_and_from_a_decision_on_an_extension_too(cast: Cast) -> None:
    with on(SIGNED):
        period = Period(ends_on=date(2014, 9, 30), extension_by=date(2014, 7, 31))
        other = in_force_on(cast, period=period, minimum_months=0, review=None)
    with on(date(2014, 5, 1)):
        meets(cast, body_of(cast.ccg), *MEETINGS)
    sweep(date(2014, 5, 2))
    about = Deadline.objects.about(other.reference).filter(kind="paper_due")
    [extension, end] = about.order_by("due_on")
    assert (extension.due_on, end.due_on) == (date(2014, 6, 4), date(2014, 8, 12))
    assert "before 31 July 2014 is on 2 July 2014." in extension.working
    assert "before 30 September 2014 is on 10 September 2014." in end.working


def of_many(cast: Cast, number: int) -> Agreement:
    """The CCG's body approves for it, and one board of all of them for the federations."""
    terms, template = federations.terms(), federations.template(cast.ccg)
    routes = (
        ApprovalRoute(slot="ccg", route="body", name="Governing Body"),
        ApprovalRoute(slot="federation", route="body", name="Federations' Board"),
    )
    template.terms = as_stored(terms.model_copy(update={"approval_routes": routes}))
    template.save()
    with on(SIGNED):
        agreement = register_signed(
            by=acting(cast.other_manager), template_version=template, title="Of many",
            organisations=federations.sides(cast, number), signed_on=SIGNED,
            review_on=date(2014, 9, 3),
            file=store(a_pdf(), name="mou.pdf", content_type="application/pdf"),
        )  # fmt: skip
    board = body_of(cast.ccg, name="Federations' Board")
    for party in agreement.sides:
        if party.number:
            BodyOrganisation.objects.create(body=board, organisation=party.organisation)
    with on(date(2014, 5, 1)):
        meets(cast, body_of(cast.ccg), *MEETINGS)
        meets(cast, board, *MEETINGS)
    return agreement


@pytest.mark.duty("X11")
@pytest.mark.parametrize("number", [9, 47])
def test_of_many_parties_each_has_its_paper_and_one_body_serves_several(
    cast: Cast, client_of: ClientOf, number: int
) -> None:
    agreement = of_many(cast, number)
    sweep(date(2014, 5, 2))
    found = Deadline.objects.filter(kind="paper_due", due_on=date(2014, 7, 9), state="open")
    assert found.count() == number + 1
    with on(date(2014, 5, 2)):
        client = client_of(cast.other_manager)
        path = f"/agreements/{agreement.reference}/plan/"
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            page = words_at(client, path)
    assert (
        "The Federations' Board decides for several parties: one paper may serve them all." in page
    )
    assert "Ash Federation" in page
    assert len(asked) <= 20
    with on(date(2014, 5, 2)), CaptureQueriesContext(connection) as planned:
        plan_agreement(agreement.reference)
    assert len(planned) <= 25
