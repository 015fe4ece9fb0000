"""Duties of the four documents, shown on agreements made from their templates."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from agreements.core.parties import parties_of
from agreements.models import Agreement
from agreements.terms import Terms
from deadlines.models import Deadline
from house import clock
from parties.models import Body, Membership, Seat
from tests import lives
from tests.cast import person_of
from tests.conftest import ClientOf
from tests.pdf import printed
from tests.reading import words_at
from tests.typed import fields_of

pytestmark = pytest.mark.django_db


def at(agreement: Agreement, page: str = "") -> str:
    return f"/agreements/{agreement.reference}/{page}"


@pytest.mark.duty("D04")
def test_the_first_review_of_the_federations_is_in_december_and_not_on_a_day(
    client_of: ClientOf,
) -> None:
    agreement = lives.drafted("ccg-and-federations")
    for membership in Membership.objects.all():
        membership.starts_on = date(2012, 1, 1)
        membership.save()
    with clock.at(datetime(2012, 7, 2, 9, tzinfo=UTC)):
        lives.signed(lives.frozen(agreement))
        client = client_of(lives.of(parties_of(agreement)[3]))
        assert "The first review is in December 2012." in words_at(
            client, at(agreement, "versions/1/")
        )
        review = Deadline.objects.get(kind="review")
        assert review.due_on == date(2012, 12, 31)
        told = {each.send_at.date() for each in review.reminders.all()}
        assert {date(2012, 11, 1), date(2012, 11, 30)} <= told, told


@pytest.mark.duty("E02")
def test_the_practice_fills_in_its_own_lead_with_address_telephone_and_e_mail(
    client_of: ClientOf,
) -> None:
    agreement = lives.drafted("practice-resilience")
    ccg, practice = parties_of(agreement)
    theirs, ours = client_of(lives.of(practice)), client_of(lives.of(ccg))
    page = at(agreement, "contacts/practice/mou_manager/")
    assert ours.get(page).status_code == 403
    typed = fields_of(theirs.get(page).content.decode())
    typed |= {"holder": str(person_of(lives.of(practice)).pk), "phone": "01632 960 001"}
    assert theirs.post(page, typed | {"postal_address": "1 Mill Lane\nMoorby"}).status_code == 302
    for role in ("strategic_lead", "mou_manager"):
        page = at(agreement, f"contacts/ccg/{role}/")
        typed = fields_of(ours.get(page).content.decode())
        typed |= {"holder": str(person_of(lives.of(ccg)).pk), "phone": "01632 960 002"}
        assert ours.post(page, typed | {"postal_address": "2 High Street"}).status_code == 302
    lives.frozen(agreement)
    said = words_at(ours, at(agreement, "people/"))
    in_print = printed(theirs.get(at(agreement, "versions/1/print.pdf")).content)
    for each in ("Practice lead", "Strategic lead", "Operational lead", "1 Mill Lane", "Moorby",
                 "2 High Street", "01632 960 001", "01632 960 002"):  # fmt: skip
        assert each in said
        assert each in in_print
    assert lives.of(practice).email in said


@pytest.mark.duty("E19")
def test_a_strategic_lead_who_is_not_of_the_operational_group_is_a_warning(
    client_of: ClientOf,
) -> None:
    agreement = lives.drafted("practice-resilience")
    ccg = parties_of(agreement)[0]
    lead, client = person_of(lives.of(ccg)), client_of(lives.of(ccg))
    page = at(agreement, "contacts/ccg/strategic_lead/")
    typed = fields_of(client.get(page).content.decode())
    assert client.post(page, typed | {"holder": str(lead.pk)}).status_code == 302
    said = "has no seat on the Primary care operational group here."
    assert said in words_at(client, at(agreement, "people/"))
    group = Body.objects.create(name="Primary Care Operational Group", kind=Body.Kind.GROUP)
    group.served.create(organisation=ccg.organisation)
    Seat.objects.create(body=group, person=lead, kind=Seat.Kind.EXECUTIVE)
    assert said not in words_at(client, at(agreement, "people/"))


def test_leads_that_each_side_calls_otherwise_are_changed_apart(client_of: ClientOf) -> None:
    agreement = lives.drafted("practice-resilience")
    client = client_of(lives.of(parties_of(agreement)[0]))
    before = {role.label: role for role in terms_of(agreement).contact_roles}
    assert "Change the role Practice lead" in words_at(client, at(agreement, "text/terms/"))
    page = at(agreement, "text/terms/role-mou_manager-practice/")
    typed = fields_of(client.get(page).content.decode())
    assert typed["what"] == before["Practice lead"].what
    assert client.post(page, typed | {"what": "Speaks for the practice."}).status_code == 302
    page = at(agreement, "text/terms/side-ccg/")
    typed = fields_of(client.get(page).content.decode())
    assert client.post(page, typed | {"signatories": "Chair"}).status_code == 302
    after = {role.label: role for role in terms_of(agreement).contact_roles}
    assert after["Practice lead"].what == "Speaks for the practice."
    assert after["Operational lead"] == before["Operational lead"]
    assert after["Strategic lead"] == before["Strategic lead"]


def terms_of(agreement: Agreement) -> Terms:
    return agreement.versions.get().typed_terms
