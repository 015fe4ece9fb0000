"""The duties of requests, each from the page on, with the clause of the text that asks for it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from agreements.library import library
from agreements.models import Agreement
from agreements.register.services import register_signed
from agreements.templates.services.keeping import take_from_library
from documents.storage import store
from house import clock
from nhsuk.forms import date_boxes
from parties.models import User
from performance.models import Request
from performance.presenters.words import page_of
from tests.cast import Cast, acting
from tests.conftest import ClientOf
from tests.pdf import a_pdf
from tests.performance.stage import BEGAN, on
from tests.performance.test_answering import sends
from tests.reading import words, words_at

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 6, 1)
TEMPLATES = {
    "area-team-and-ccg": {"area_team": "area_team", "ccg": "ccg"},
    "regional-team-and-committees": {"regional_team": "area_team", "committee-1": "ccg"},
}


def registered(cast: Cast, key: str) -> Agreement:
    """On 2 March 2026, with the same duties as the library's text."""
    with clock.at(BEGAN):
        template = take_from_library(by=acting(cast.manager), source=library()[key])
        return register_signed(
            by=acting(cast.manager), template_version=template.versions.get(), title="Together",
            organisations={slot: getattr(cast, of) for slot, of in TEMPLATES[key].items()},
            file=store(a_pdf(), name="mou.pdf", content_type="application/pdf"),
            signed_on=date(2026, 3, 2), review_on=date(2027, 3, 2),
        )  # fmt: skip


class Desk:
    """Who sends forms and reads pages about one agreement."""

    def __init__(self, cast: Cast, client_of: ClientOf, key: str) -> None:
        self.cast, self.client_of = cast, client_of
        self.agreement = registered(cast, key)
        self.sides = {party.slot: str(party.pk) for party in self.agreement.sides}

    def asks(self, by: User, kind: str, slot: str, **more: Any) -> Request:
        path = f"/requests/new/{self.agreement.reference}/"
        said = {"kind": kind, "subject": "How many", "asked_of": self.sides[slot]} | more
        page = sends(self.client_of(by), path, **said)
        assert "is recorded." in page
        return Request.objects.order_by("-pk")[0]

    def does(self, by: User, request: Request, what: str, **said: Any) -> str:
        return sends(self.client_of(by), f"{page_of(request)}{what}/", **said)

    def kept(self) -> str:
        return words(self.client_of(self.cast.viewer), self.agreement, "kept/")


@pytest.mark.duty("A06")
def test_whom_information_came_from_is_consulted_before_it_is_disclosed(
    cast: Cast, client_of: ClientOf
) -> None:
    desk = Desk(cast, client_of, "area-team-and-ccg")
    consult = f"/requests/consult/{desk.agreement.reference}/"
    said = {
        "reference": "FOI-2026-7", "subject": "Minutes of the panel", "source": desk.sides["ccg"],
        "time": "9:00 am", **date_boxes("day", MONDAY), **date_boxes("view_by", date(2026, 6, 12)),
    }  # fmt: skip
    with on(date(2026, 6, 2)):
        form = words_at(client_of(cast.manager), consult)
        assert "Do not say who asked" in form
        page = sends(client_of(cast.manager), consult, **said)
        again = sends(client_of(cast.manager), consult, **said)
        assert "Consultation 2 is recorded." in again
    for part in (
        "Reference FOI-2026-7", "The information came from Eastmoor CCG",
        "Received 9:00 am BST on 1 June 2026", "Who asked Not recorded here",
        "Decision By 30 June 2026", "20 working days end on Tuesday 30 June 2026",
        "Left out: 15 June 2026.", "The view was asked for by Friday 12 June 2026.",
        "The view was asked for: it is wanted by 12 June 2026", "2 June 2026",
    ):  # fmt: skip
        assert part in " ".join(page.replace(" What ", " ").split()) or part in page, part
    first, second = Request.objects.order_by("pk")
    with on(date(2026, 6, 9)):
        desk.does(cast.other_manager, first, "view", text="Leave out the names.")
        page = desk.does(cast.manager, first, "decide", decision="in_part")
        assert "Leave out the names." in page
        assert "Decided: disclose a part of it" in page
        assert "Consultations on freedom-of-information requests Kept" in desk.kept()
        page = desk.does(cast.manager, second, "decide", decision="disclose")
        assert "Say why you decide now." in page
        page = desk.does(
            cast.manager, second, "decide", decision="disclose", because="Public already."
        )
        assert "It was decided before the view came: this is on the record." in page
        assert "1 decided before the view came" in desk.kept()


@pytest.mark.duty("A20")
def test_support_for_a_practice_visit_is_asked_for_and_its_extent_agreed(
    cast: Cast, client_of: ClientOf
) -> None:
    desk = Desk(cast, client_of, "area-team-and-ccg")
    with on(MONDAY):
        assert "Nobody has asked for support so far." in desk.kept()
        visit = desk.asks(cast.other_manager, "practice_visit", "area_team")
        assert "1 visit: 1 open" in desk.kept()
        page = desk.does(cast.manager, visit, "extent", text="A nurse for one day.")
        assert "Extent agreed A nurse for one day." in page
        step = visit.steps.get(kind="extent")
        page = desk.does(cast.other_manager, visit, f"steps/{step.pk}", answer="yes")
        assert "You confirmed this." in page
        desk.does(cast.manager, visit, "answer", text="The nurse came.")
        kept = desk.kept()
    assert "1 visit: 1 answered with its extent agreed." in kept
    assert "Practice visits" in kept


@pytest.mark.duty("B10")
def test_a_request_for_information_is_acknowledged_in_five_days_with_the_day_promised(
    cast: Cast, client_of: ClientOf
) -> None:
    desk = Desk(cast, client_of, "regional-team-and-committees")
    with on(date(2026, 6, 6)):
        asked = desk.asks(cast.other_manager, "information", "regional_team")
        page = words_at(client_of(cast.viewer), page_of(asked))
        assert "5 working days end on Friday 12 June 2026." in page
    with on(date(2026, 6, 12)):
        page = desk.does(cast.manager, asked, "acknowledge")
        assert "Enter the day on which the answer will be there" in page
        page = desk.does(
            cast.manager, asked, "acknowledge", **date_boxes("until", date(2026, 6, 30))
        )
        assert "Acknowledged: the answer is promised for 30 June 2026" in page
        assert "1 of 1 in time." in desk.kept()


@pytest.mark.duty("B11")
def test_a_query_is_acknowledged_in_five_days_and_answered_or_updated_in_twenty(
    cast: Cast, client_of: ClientOf
) -> None:
    desk = Desk(cast, client_of, "regional-team-and-committees")
    with on(MONDAY):
        query = desk.asks(cast.other_manager, "query", "regional_team")
        page = words_at(client_of(cast.viewer), page_of(query))
        assert "5 working days end on Monday 8 June 2026." in page
        assert "20 working days end on Monday 29 June 2026." in page
    with on(date(2026, 6, 8)):
        desk.does(cast.manager, query, "acknowledge")
    with on(date(2026, 6, 29)):
        page = desk.does(cast.manager, query, "news", text="Half of it.")
        assert "Enter the day of the answer, or of the next news" in page
        page = desk.does(
            cast.manager, query, "news", text="Half.", **date_boxes("until", date(2026, 7, 20))
        )
        assert "News of it: the next news comes by 20 July 2026" in page
        assert "1 of 1 in time." in desk.kept()
    late = desk
    with on(date(2026, 7, 1)):
        other = late.asks(cast.other_manager, "query", "regional_team")
    with on(date(2026, 7, 30)):
        desk.does(cast.manager, other, "answer", text="Late.")
        assert "1 of 2 in time, 1 late." in desk.kept()


@pytest.mark.duty("B13")
def test_each_standard_has_its_own_exclusions_and_figures_with_and_without(
    cast: Cast, client_of: ClientOf
) -> None:
    desk = Desk(cast, client_of, "regional-team-and-committees")
    [_, data, queries, _] = desk.agreement.in_force_version.typed_terms.standards  # type: ignore[union-attr]
    with on(MONDAY):
        query = desk.asks(cast.other_manager, "query", "regional_team")
        asked = desk.asks(cast.other_manager, "information", "regional_team")
        done = desk.asks(cast.other_manager, "information", "regional_team")
        page = words_at(client_of(cast.manager), f"{page_of(query)}leave-out/")
        assert all(each in page for each in queries.exclusions)
        assert not any(each in page for each in data.exclusions)
        chosen = data.exclusions[1]
        page = desk.does(cast.manager, asked, "leave-out", exclusion=chosen)
        assert "Enter why this falls under it" in page
        desk.does(cast.manager, done, "acknowledge", **date_boxes("until", date(2026, 6, 9)))
        page = desk.does(cast.manager, asked, "leave-out", exclusion=chosen, because="Raw data.")
        assert f"“{chosen}”. Raw data." in page
        sentence = "1 of 1 in time. 1 is left out by the standard; with them, 1 of 2 in time."
        assert sentence in desk.kept()
