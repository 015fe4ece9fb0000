"""Words of somebody else that come with the portal, with their source and date (D19)."""

from __future__ import annotations

import pytest
from django.test import Client

from agreements.core.parties import parties_of
from agreements.library import annexes
from agreements.models import Agreement, ClauseText, TemplateClause, TemplateVersion
from tests import lives
from tests.cast import Cast
from tests.conftest import ClientOf
from tests.pdf import printed
from tests.stages import clause, drafted
from tests.typed import fields_of

pytestmark = pytest.mark.django_db
LATER = "The seven principles of public life, as revised in 2013"


def quote(client: Client, page: str, annex: str) -> None:
    """Opens the page for a new clause with the annex in its boxes, and saves them as they are."""
    address = f"{page}?annex={annex}"
    answer = client.post(address, fields_of(client.get(address).content.decode()))
    assert answer.status_code == 302, answer.content.decode()


def text_address(agreement: Agreement) -> str:
    return f"/agreements/{agreement.reference}/text/"


def test_a_draft_quotes_an_annex_below_the_clause_that_one_chose(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement, client = drafted(cast), client_of(cast.manager)
    page = client.get(f"{text_address(agreement)}add/?below=meet").content.decode()
    assert f'href="?annex=seven-principles-2013&amp;below=meet">{LATER}</a>' in page
    quote(client, f"{text_address(agreement)}add/", "seven-principles-2013")
    made = ClauseText.objects.get(version__agreement=agreement, heading=LATER)
    assert (made.kind, made.body) == (
        "principle",
        annexes()["seven-principles-2013"].in_text["body"],
    )
    assert "annex=" not in client.get(f"{text_address(agreement)}clauses/meet/").content.decode()


def test_a_template_quotes_one_too(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.manager)
    client.post("/templates/library/area-team-and-ccg/")
    version = TemplateVersion.objects.get()
    draft = client.post(f"/templates/{version.template_id}/draft/").headers["Location"]
    quote(client, f"{draft}add/", "seven-principles-1995")
    made = TemplateClause.objects.get(heading__startswith="The seven principles")
    assert "First Report (Cm 2850-I), May 1995" in made.body


def test_an_annex_that_there_is_not_leaves_the_boxes_empty(cast: Cast, client_of: ClientOf) -> None:
    page = client_of(cast.manager).get(f"{text_address(drafted(cast))}add/?annex=no-such")
    assert not fields_of(page.content.decode())["heading"]


@pytest.mark.duty("D19")
def test_the_seven_principles_stand_in_the_text_with_the_date_of_their_wording(
    client_of: ClientOf,
) -> None:
    agreement = lives.drafted("ccg-and-federations")
    client = client_of(lives.of(parties_of(agreement)[0]))
    dated = "Committee on Standards in Public Life, First Report (Cm 2850-I), May 1995"
    assert dated in client.get(text_address(agreement)).content.decode()
    version = lives.frozen(agreement)
    page = f"/agreements/{agreement.reference}/versions/{version.seq}/"
    in_print = printed(client.get(f"{page}print.pdf").content)
    for name in ("Selflessness", "Integrity", "Objectivity", "Accountability", "Openness",
                 "Honesty", "Leadership"):  # fmt: skip
        assert name in in_print
    assert dated in in_print
    assert (
        clause(agreement, "seven-principles-1995").body
        == (annexes()["seven-principles-1995"].in_text["body"])
    )
