"""The table of practices and patients that a text prints of those who share a side (D01)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from agreements.core.parties import parties_of
from agreements.drafting.figures_of_parties import tables_of
from agreements.models import Agreement, ClauseText
from house import clock
from house.refusals import Refused
from parties.models import Figure
from tests import lives
from tests.conftest import ClientOf
from tests.pdf import printed
from tests.stages import approve, ask, give

pytestmark = pytest.mark.django_db
LAST_ROW = "| Together | 45 | 40,500 | 45,000 | 85,500 | 100% |"


def table_in(agreement: Agreement) -> str:
    return tables_of(parties_of(agreement))["figures:federation"]


def test_it_has_a_row_for_each_and_adds_up() -> None:
    rows = table_in(lives.drafted("ccg-and-federations")).splitlines()
    assert rows[0] == "|  | Practices | Males | Females | Population | Share |"
    assert len(rows) == 2 + 9 + 1 + 2
    assert rows[2] == "| Alder 1 federation | 1 | 900 | 1,000 | 1,900 | 2% |"
    assert rows[-3:] == [LAST_ROW, "", "Figures as of 1 April 2012."]
    shares = [int(row.split("|")[-2].strip(" %")) for row in rows[2:11]]
    assert sum(shares) == 100


def test_a_draft_follows_a_newer_figure_and_what_is_numbered_does_not() -> None:
    agreement = lives.drafted("ccg-and-federations")
    version = lives.frozen(agreement)
    federation = parties_of(agreement)[1].organisation
    Figure.objects.create(
        organisation=federation, kind="practices", number=4, as_of=date(2014, 4, 1)
    )
    Figure.objects.create(
        organisation=federation, kind="practices", number=9,
        as_of=clock.today() + timedelta(days=1),
    )  # fmt: skip
    assert "| Together | 48 |" in table_in(agreement)
    assert "between 1 April 2012 and 1 April 2014" in table_in(agreement)
    text = ClauseText.objects.get(version=version, clause__key="practices-and-populations")
    assert LAST_ROW in text.body


def test_without_the_figures_of_one_there_is_no_table_and_nothing_is_numbered(
    client_of: ClientOf,
) -> None:
    agreement = lives.drafted("ccg-and-federations")
    Figure.objects.filter(organisation=parties_of(agreement)[4].organisation).delete()
    assert tables_of(parties_of(agreement)) == {}
    with pytest.raises(Refused, match="does not know the practices and patients of each of them"):
        lives.frozen(agreement)
    client = client_of(lives.of(parties_of(agreement)[0]))
    page = client.get(f"/agreements/{agreement.reference}/text/").content.decode()
    assert "[not filled in: practices and patients]" in page


def test_parties_of_single_sides_ask_for_no_figures(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    sides = parties_of(lives.drafted("practice-resilience"))
    with django_assert_num_queries(0):
        assert tables_of(sides) == {}


@pytest.mark.duty("D01")
def test_one_ccg_and_nine_federations_sign_one_mou_that_prints_their_sizes(
    client_of: ClientOf,
) -> None:
    version = lives.frozen(lives.drafted("ccg-and-federations"))
    parties = parties_of(version.agreement)
    assert [party.slot for party in parties] == ["ccg"] + ["federation"] * 9
    assert {figure.as_of for figure in Figure.objects.all()} == {lives.AS_OF}
    client = client_of(lives.of(parties[9]))
    address = f"/agreements/{version.agreement.reference}/versions/1/"
    in_print = printed(client.get(f"{address}print.pdf").content)
    page = client.get(address).content.decode()
    for said in ("40,500", "45,000", "85,500", "100%", "Figures as of 1 April 2012"):
        assert said in page
        assert said in in_print
    signatures = in_print[in_print.rindex("Signatures") :]
    assert [party.name for party in parties if party.name not in signatures] == []
    assert lives.signed(version).state == "signed"


@pytest.mark.duty("D03")
def test_a_role_that_is_left_open_is_listed_and_named_and_signed_knowingly(
    client_of: ClientOf,
) -> None:
    agreement = lives.drafted("ccg-and-federations")
    ccg = parties_of(agreement)[0]
    client, at = client_of(lives.of(ccg)), f"/agreements/{agreement.reference}"
    listed = "3.8 Role 8: quality of primary care is left for a later version."
    for page in ("text/", "text/freeze/"):
        assert listed in client.get(f"{at}/{page}").content.decode()
    version = lives.frozen(agreement)
    approve(lives.of(ccg), version)
    request = ask(lives.of(ccg), version, lives.of(ccg))
    page = client.get(f"{at}/sign/{request.pk}/").content.decode()
    assert f"{listed} You sign the text without it." in page
    give(lives.of(ccg), request)
    assert version.signature_requests.get().state == "signed"
