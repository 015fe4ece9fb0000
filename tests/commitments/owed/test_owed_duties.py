"""What the library's texts ask for, clause by clause: whose, by when, led by whom, and shown."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from agreements.library import library
from agreements.models import Agreement
from agreements.templates.services.keeping import take_from_library
from commitments.models import Commitment, Occurrence
from house import clock
from house.clock import months_after
from parties.models import Organisation
from tests.agreements.registered import confirm, registered
from tests.cast import Cast, acting, organisation, person_of
from tests.conftest import ClientOf
from tests.once import made_once, once
from tests.typed import fields_of

pytestmark = pytest.mark.django_db
AREA_TEAM, CCG = "area_team", "ccg"


@once
def area_team_mou(cast: Cast) -> Agreement:
    """The area team's MoU of the library, in force between both."""
    return confirm(cast.other_manager, registered(cast)).agreement


made, cast = made_once(area_team_mou)


def sent(client: Client, path: str, **boxes: object) -> str:
    """The page after the form was filled in and sent."""
    fields = fields_of(client.get(path).content.decode()) | boxes
    return client.post(path, fields, follow=True).content.decode()


def kept_line(client: Client, agreement: Agreement, clause: str) -> str:
    """What the page says of whether one clause is kept."""
    page = client.get(f"/agreements/{agreement.reference}/kept/").content.decode()
    return page.split(f'id="kept-commitment:{clause}"')[1].split("</li>")[0]


def owed(agreement: Agreement, clause: str, slot: str) -> Commitment:
    return Commitment.objects.get(agreement=agreement, clause_key=clause, owed_by__slot=slot)


def dated(client: Client, one: Commitment, on: date, lead: str) -> str:
    """A day and an owner for it, by the page."""
    boxes = {f"due_on-{name}": str(getattr(on, name)) for name in ("day", "month", "year")}
    path = f"/commitments/owed/{one.key}/change/"
    return sent(client, path, cadence="once", lead=lead, **boxes)


def undone(client: Client) -> None:
    """What was recorded last is marked as entered in error."""
    said = Occurrence.objects.that_count().latest("pk")
    sent(client, f"/commitments/owed/said/{said.pk}/error/", because="It was another list.")


def turns(cast: Cast, client_of: ClientOf, clause: str, slot: str) -> None:
    """Asked about on one form, kept with what shows it, and no more once that is taken back."""
    agreement = area_team_mou(cast)
    own, other = (cast.manager, cast.other_viewer)
    if slot == CCG:
        own, other = (cast.other_manager, cast.viewer)
    one = owed(agreement, clause, slot)
    line = kept_line(client_of(other), agreement, clause)
    assert "Asked about at the next wider meeting or review." in line
    path = f"/commitments/owed/standing/{agreement.reference}/"
    sent(client_of(own), path, **{f"outcome_{one.pk}": "done", f"shown_{one.pk}": "See item 4."})
    line = kept_line(client_of(other), agreement, clause)
    assert f"#occurrence-{Occurrence.objects.latest('pk').pk}" in line
    assert "Done, said on" in line
    page = client_of(other).get(f"/commitments/owed/{one.key}/").content.decode()
    assert one.who_owes in page
    undone(client_of(own))
    assert "Done, said on" not in kept_line(client_of(other), agreement, clause)


@pytest.mark.duty("A16")
def test_what_is_collected_has_an_owner_a_day_and_what_shows_it(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement, client = area_team_mou(cast), client_of(cast.manager)
    one, on = owed(agreement, "routine-collections", AREA_TEAM), clock.today() + timedelta(days=9)
    page = dated(client, one, on, f"person-{person_of(cast.colleague).pk}")
    assert "Colin Colleague" in page
    assert "It is due by" in kept_line(client, agreement, "routine-collections")
    one.refresh_from_db()
    path = f"/commitments/owed/{one.key}/record/{one.counts_from}/1/"
    sent(client_of(cast.colleague), path, link="https://area-team.example/collected")
    line = kept_line(client_of(cast.other_viewer), agreement, "routine-collections")
    assert "Kept" in line
    assert "#occurrence-" in line
    undone(client)
    assert "Kept" not in kept_line(client, agreement, "routine-collections")
    with clock.at(clock.london_instant(on + timedelta(days=1), time(12))):
        assert "Missed" in kept_line(client_of(cast.manager), agreement, "routine-collections")


@pytest.mark.duty("A21")
def test_liaison_is_owed_by_both_with_clause_days_owner_evidence_and_state(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement, client = area_team_mou(cast), client_of(cast.other_manager)
    both = Commitment.objects.filter(agreement=agreement, clause_key="enhanced-services")
    assert {each.owed_by and each.owed_by.slot for each in both} == {AREA_TEAM, CCG}
    one = owed(agreement, "enhanced-services", CCG)
    lead = f"person-{person_of(cast.other_colleague).pk}"
    page = sent(client, f"/commitments/owed/{one.key}/change/", cadence="quarterly", lead=lead)
    for words in ("Eastmoor CCG", "Enhanced services and local schemes", "Quarterly",
                  "Oscar Othersby"):  # fmt: skip
        assert words in page, words
    one.refresh_from_db()
    with clock.at(clock.london_instant(months_after(clock.today(), 4), time(12))):
        client = client_of(cast.other_manager)
        page = client.get(f"/commitments/owed/{one.key}/").content.decode()
        path = next(part for part in page.split('"') if f"{one.key}/record/" in part)
        sent(client, path, shown_by="Both schemes were looked at together.")
        page = client_of(cast.viewer).get(f"/commitments/owed/{one.key}/").content.decode()
    assert "Done in time" in page


@pytest.mark.duty("A29")
def test_the_offer_to_learning_time_is_a_commitment(cast: Cast, client_of: ClientOf) -> None:
    turns(cast, client_of, "protected-learning-time", AREA_TEAM)


@pytest.mark.duty("A30")
def test_strategy_and_intentions_are_commitments_on_both_sides(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement = area_team_mou(cast)
    strategy = Commitment.objects.filter(agreement=agreement, clause_key="primary-care-strategy")
    assert {each.owed_by and each.owed_by.slot for each in strategy} == {AREA_TEAM, CCG}
    turns(cast, client_of, "commissioning-intentions", CCG)


@pytest.mark.duty("A31")
def test_the_workforce_plan_is_attached_to_the_commitment(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = area_team_mou(cast), client_of(cast.manager)
    one, theirs = (owed(agreement, "workforce-plan", slot) for slot in (AREA_TEAM, CCG))
    book, output = Workbook(), BytesIO()
    book.save(output)
    for asked, of in ((client, one), (client_of(cast.other_manager), theirs)):
        plan = SimpleUploadedFile("Workforce plan.xlsx", output.getvalue())
        sent(asked, f"/commitments/owed/{of.key}/report/", file=plan,
             shown_by="The plan, with what each side does.")  # fmt: skip
    line = kept_line(client_of(cast.viewer), agreement, "workforce-plan")
    assert "Kept" in line
    said = Occurrence.objects.get(commitment=one)
    page = client_of(cast.other_viewer).get(f"/commitments/owed/said/{said.pk}/").content.decode()
    assert "Workforce plan.xlsx" in page
    undone(client_of(cast.other_manager))
    assert "Eastmoor CCG: Asked about" in kept_line(client, agreement, "workforce-plan")
    sent(client, f"/commitments/owed/said/{said.pk}/error/", because="It was a draft.")
    assert "Kept" not in kept_line(client, agreement, "workforce-plan")


@pytest.mark.duty("A33")
def test_input_through_the_networks_is_a_commitment(cast: Cast, client_of: ClientOf) -> None:
    turns(cast, client_of, "local-professional-networks", CCG)


@pytest.mark.duty("A34")
def test_news_of_services_is_a_commitment(cast: Cast, client_of: ClientOf) -> None:
    turns(cast, client_of, "service-developments", CCG)


# --- The regional team's MoU with committees


def regional_mou(cast: Cast) -> Agreement:
    source = take_from_library(
        by=acting(cast.manager), source=library()["regional-team-and-committees"]
    )
    kind = Organisation.Kind.PLANNING_GROUP
    committees = {f"committee-{n}": organisation(f"Committee {n}", kind) for n in (1, 2)}
    return registered(
        cast, words="An MoU with committees.", source=source.versions.get(),
        sides={"regional_team": cast.area_team, **committees},
    ).agreement  # fmt: skip


def term(agreement: Agreement, key: str) -> list[Commitment]:
    return list(Commitment.objects.filter(agreement=agreement, term_key=key).order_by("number"))


@pytest.mark.duty("B09")
def test_payment_schedules_are_owed_by_the_timetable_met_or_missed_each_time(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement, client, today = regional_mou(cast), client_of(cast.manager), clock.today()
    [monthly], [quarterly] = (
        term(agreement, f"{often}_payment_schedules") for often in ("monthly", "quarterly")
    )
    assert "The timetable that says its days is not here yet." in kept_line(
        client, agreement, "payments"
    )
    first = months_after(date(today.year, today.month, 1), 1)
    days = [months_after(first, number) for number in range(3)]
    lines = "\n".join(f"{day}, {months_after(day, 1) - timedelta(1)}, {day}" for day in days)
    assert "with 3 new lines" in sent(
        client, f"/commitments/owed/{monthly.key}/timetable/", text=lines
    )
    sent(client, f"/commitments/owed/{quarterly.key}/timetable/", text=lines.splitlines()[0])
    sent(client, f"/commitments/owed/{monthly.key}/record/{days[0]}/1/", shown_by="Sent to all.")
    with clock.at(clock.london_instant(days[1] + timedelta(days=2), time(12))):
        client = client_of(cast.manager)
        page = client.get(f"/commitments/owed/{monthly.key}/").content.decode()
        assert page.count("Done in time") == 1
        assert page.count("Missed") == 1
        assert "delays that services or information of others cause" in page
        path = f"/commitments/owed/{monthly.key}/record/{days[1]}/1/"
        page = sent(client, path, outcome="excluded", exclusion=monthly.exclusions[0])
        assert "Left out" in page
        assert (
            "Late or missed" in client.get(f"/commitments/owed/{quarterly.key}/").content.decode()
        )


@pytest.mark.duty("B12")
def test_reports_are_owed_to_each_committee_as_often_as_its_terms_of_reference_say(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement, client = regional_mou(cast), client_of(cast.manager)
    reports = term(agreement, "committee_reports")
    assert [each.owed_to and each.owed_to.name for each in reports] == [
        "Committee 1", "Committee 2",
    ]  # fmt: skip
    one = reports[0]
    page = sent(client, f"/commitments/owed/{one.key}/change/", cadence="quarterly",
                details="Terms of reference, paragraph 7.", by_financial_year="on")  # fmt: skip
    assert "Quarterly" in page
    assert "for Committee 1" in page
    assert Commitment.objects.get(pk=reports[1].pk).is_standing
    quarter = months_after(date(clock.today().year, 4, 1), 12)
    with clock.at(clock.london_instant(quarter + timedelta(days=5), time(12))):
        client = client_of(cast.manager)
        page = client.get(f"/commitments/owed/{one.key}/").content.decode()
        assert f"{one.key}/record/{quarter.isoformat()}/1/" in page
        sent(client, f"/commitments/owed/{one.key}/record/{quarter}/1/", shown_by="Paper 6.")
        page = client.get(f"/commitments/owed/{one.key}/").content.decode()
    assert "Done in time" in page


@pytest.mark.duty("B22")
def test_a_fair_share_of_staff_is_shown_each_year_as_a_table(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement, client = regional_mou(cast), client_of(cast.manager)
    [shares] = term(agreement, "shares_of_staff")
    assert shares.columns == ["Area", "Role", "Band", "Whole-time equivalents"]
    april = date(clock.today().year + 1, 4, 1)
    book, output = Workbook(), BytesIO()
    for row in (shares.columns, ("North", "Manager", "8b", 1.5), ("South", "Manager", "8b", 2)):
        book.worksheets[0].append(row)
    book.save(output)
    at = datetime.combine(april + timedelta(days=40), time(12), clock.LONDON)
    with clock.at(at):
        client = client_of(cast.manager)
        path = f"/commitments/owed/{shares.key}/record/{april}/1/"
        sent(client, path, figures_file=SimpleUploadedFile("s.xlsx", output.getvalue()))
        said = Occurrence.objects.get()
        page = client.get(f"/commitments/owed/said/{said.pk}/").content.decode()
        line = kept_line(client, agreement, "fair-share-of-staff")
    assert "Kept" in line
    for words in ("North", "South", "8b", "1.5", "Whole-time equivalents"):
        assert words in page, words
    answer = client_of(cast.viewer).get(f"/commitments/owed/said/{said.pk}/table/")
    cells = list(load_workbook(BytesIO(answer.content)).worksheets[0].values)
    assert cells[1:] == [("North", "Manager", "8b", 1.5), ("South", "Manager", "8b", 2)]
