"""The home page's lines that come from deadlines: whose they are, when they are due, how many."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deadlines.services.setting import For, meet_deadline
from house.answers import AgreementRow, Todo
from mou_portal.home_lines import TodoGroup
from nhsuk.components import Tag
from parties.models import Role, Team, TeamMember, User
from parties.who import RECORDERS
from tests.cast import Cast, give, person_of
from tests.conftest import ClientOf
from tests.portal.answers import Answers, chore
from tests.reading import words_at
from tests.stages import sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("answers")]
TUESDAY = "2014-09-02 10:00+01:00"
SOON = date(2014, 9, 4)


@pytest.fixture(autouse=True)
def _on_a_tuesday() -> object:
    with time_machine.travel(TUESDAY, tick=False):
        yield


def page(client_of: ClientOf, user: User, query: str = "") -> str:
    return words_at(client_of(user), f"/{query}")


def test_what_i_hold_is_mine_and_what_a_colleague_holds_waits_for_them(
    cast: Cast, client_of: ClientOf
) -> None:
    chore("the report", SOON, For(cast.area_team, person=person_of(cast.colleague)))
    mine, theirs = page(client_of, cast.colleague), page(client_of, cast.manager)
    assert "This week (1) Do the report Due in 2 working days, on 4 September 2014. MoU" in mine
    assert "Waiting for others (1) Do the report" in theirs
    assert "Waits for Colin Colleague, Northern Moors Area Team" in theirs
    assert "Do the report" not in page(client_of, cast.other_manager)
    assert "Do the report" not in page(client_of, cast.stranger)


def test_a_role_is_everybodys_who_holds_it(cast: Cast, client_of: ClientOf) -> None:
    chore("the review", SOON, For(cast.area_team, role=Role.MANAGER), For(cast.ccg, watches=True))
    assert "This week (1) Do the review" in page(client_of, cast.manager)
    assert "Waits for Maud Manager, Northern Moors" in page(client_of, cast.viewer)
    watching = page(client_of, cast.other_manager)
    assert "Nothing needs you today. The next date is 4 September 2014, in 2 working" in watching
    assert "Waits for Maud Manager, Northern Moors Area Team" in watching


def test_what_several_roles_hold_is_counted_once(cast: Cast, client_of: ClientOf) -> None:
    give(cast.manager, cast.area_team, Role.EDITOR)
    for number in range(30):
        chore(f"part {number}", None, *(For(cast.area_team, role=r) for r in RECORDERS.roles))
    assert "Today (30)" in page(client_of, cast.manager, "?all=1")
    assert "Waiting for others (30)" in page(client_of, cast.viewer, "?all=1")


def test_what_has_no_date_says_that_there_is_more(cast: Cast, client_of: ClientOf) -> None:
    for number in range(51):
        chore(f"part {number}", None, For(cast.area_team, role=Role.MANAGER))
    chore("the report", SOON, For(cast.area_team, role=Role.MANAGER))
    shown = page(client_of, cast.manager)
    assert "Today (at least 50)" in shown
    assert "This week (1)" in shown


def test_what_is_for_all_of_an_organisation_is_its_managers(
    cast: Cast, client_of: ClientOf
) -> None:
    chore("the rest", SOON, For(cast.area_team))
    assert "This week (1) Do the rest" in page(client_of, cast.manager)
    assert "Waiting for others (1) Do the rest" in page(client_of, cast.colleague)


def test_a_teams_is_its_members_while_they_are_in_it(cast: Cast, client_of: ClientOf) -> None:
    press = Team.objects.create(
        organisation=cast.area_team, purpose="press", name="Press office", address="p@moors.example"
    )
    chore("the release", SOON, For(cast.area_team, team=press))
    place = TeamMember.objects.create(team=press, person=person_of(cast.viewer))
    assert "This week (1) Do the release" in page(client_of, cast.viewer)
    assert "Waits for Press office, Northern Moors Area Team" in page(client_of, cast.manager)
    place.ends_on = date(2014, 9, 1)
    place.save()
    assert "Waiting for others (1) Do the release" in page(client_of, cast.viewer)


def test_who_acts_is_named_side_by_side(cast: Cast, client_of: ClientOf) -> None:
    colleague = For(cast.area_team, person=person_of(cast.colleague))
    managers = [For(side, role=Role.MANAGER) for side in (cast.area_team, cast.ccg)]
    for part in ("manager", "other_manager"):
        getattr(cast, part)
    chore("the visit", SOON, colleague, *managers)
    shown = page(client_of, cast.viewer)
    ours = "Colin Colleague or Maud Manager, Northern Moors Area Team"
    assert f"Waits for {ours} or Olga Other, Eastmoor CCG" in shown


def test_what_a_room_leaves_out_is_neither_shown_nor_counted(
    cast: Cast, client_of: ClientOf
) -> None:
    chore("the secret thing", SOON, For(cast.area_team, role=Role.MANAGER))
    assert "This week" not in page(client_of, cast.manager)


def test_what_is_done_is_gone(cast: Cast, client_of: ClientOf) -> None:
    chore("the report", SOON, For(cast.area_team))
    meet_deadline(kind="chore", subject_key="the report")
    assert "Do the report" not in page(client_of, cast.manager)


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (
            date(2014, 8, 30),
            "Today (1, 1 late) Do it Late 3 days late: it was due on 30 August 2014.",
        ),
        (date(2014, 9, 2), "Today (1) Do it Due today."),
        (None, "Today (1) Do it MoU with Eastmoor CCG"),
        (
            datetime(2014, 9, 2, 7, tzinfo=UTC),
            "Today (1, 1 late) Do it Late 2 hours late: it was due today by 8:00 am BST.",
        ),
        (datetime(2014, 9, 2, 13, tzinfo=UTC), "Today (1) Do it Due today by 2:00 pm BST."),
        (date(2014, 9, 3), "This week (1) Do it Due tomorrow, on 3 September 2014."),
        (date(2014, 9, 7), "This week (1) Do it Due in 3 working days, on 7 September 2014."),
        (date(2014, 9, 8), "Next 60 days (1) Do it Due in 4 working days, on 8 September 2014."),
        (date(2014, 11, 1), "Next 60 days (1) Do it Due in 43 working days, on 1 November 2014."),
        (date(2015, 6, 2), "Nothing needs you today. The next date is 2 June 2015, in 9 months."),
    ],
)
def test_when_it_is_due_is_said_in_words(
    cast: Cast, client_of: ClientOf, due: date | datetime | None, said: str
) -> None:
    chore("it", due, For(cast.area_team, role=Role.MANAGER))
    assert said in page(client_of, cast.manager)


def test_what_is_due_at_an_hour_comes_before_what_is_due_that_day(
    cast: Cast, client_of: ClientOf
) -> None:
    role = For(cast.area_team, role=Role.MANAGER)
    chore("what has no date", None, role)
    chore("the report", date(2014, 9, 2), role)
    chore("the release", datetime(2014, 9, 2, 14, tzinfo=UTC), role)
    shown = page(client_of, cast.manager)
    places = [shown.index(f"Do {each}") for each in ("the release", "the report", "what has")]
    assert places == sorted(places)


def test_one_button_is_green_for_the_most_urgent_thing(cast: Cast, client_of: ClientOf) -> None:
    role = For(cast.area_team, role=Role.MANAGER)
    chore("the report", SOON, role)
    chore("the answer", date(2014, 9, 1), role)
    main = client_of(cast.manager).get("/").content.decode().split('id="maincontent"')[1]
    buttons = re.findall(r'class="nhsuk-button( nhsuk-button--\w+)?"', main)
    assert [each for each in buttons if not each] == [""]
    assert main.index("Do the answer") < main.index('class="nhsuk-button"')


def test_lines_of_one_kind_are_one_that_is_opened_on_request(
    cast: Cast, client_of: ClientOf
) -> None:
    for number in range(13):
        chore(f"thing {number:02}", SOON, For(cast.area_team, role=Role.MANAGER))
    first, everything = page(client_of, cast.manager), page(client_of, cast.manager, "?all=1")
    assert "This week (13) Do thing 00" in first
    assert "Do chores (12) The first: due in 2 working days" in first
    # The first stands by itself, of the others ten.
    assert (first.count("Do thing"), everything.count("Do thing")) == (11, 13)
    assert "Show all 13" in first
    assert "Show all" not in everything


def test_more_than_six_lines_under_a_heading_are_shown_on_request() -> None:
    """A person with much to do still has a page of four screens."""
    nine = [Todo(f"Do thing {each}", "", "/", "Open") for each in range(9)]
    assert len(TodoGroup("Today", nine).lines) == 6
    assert TodoGroup("Today", nine).show_all == "Show all 9"
    assert TodoGroup("Today", nine[:6]).show_all == ""
    assert TodoGroup("Today", nine, everything=True).lines == nine


def test_of_very_many_the_nearest_are_read_and_the_heading_says_so(
    cast: Cast, client_of: ClientOf
) -> None:
    for number in range(55):
        due = SOON + timedelta(days=number // 20)
        chore(f"thing {number:02}", due, For(cast.area_team, role=Role.MANAGER))
    shown = page(client_of, cast.manager)
    assert "This week (at least 50)" in shown
    assert "Show the nearest 50" in shown
    assert page(client_of, cast.manager, "?all=1").count("Do thing") == 50
    assert "Waiting for others (at least 50)" in page(client_of, cast.viewer)


def test_more_deadlines_ask_no_more_queries(cast: Cast, client_of: ClientOf) -> None:
    counts = []
    for round_ in range(2):
        for number in range(3 + 20 * round_):
            due = SOON + timedelta(days=number)
            chore(f"{round_}.{number}", due, For(cast.area_team, role=Role.MANAGER))
            chore(f"{round_}.{number}b", due, For(cast.area_team, watches=True), For(cast.ccg))
        page(client_of, cast.manager)
        with CaptureQueriesContext(connection) as queries:
            shown = page(client_of, cast.manager, "?all=1")
        assert shown.count(f"Do {round_}.") >= 3 + 17 * round_
        counts.append(sum("SAVEPOINT" not in each["sql"] for each in queries))
    assert counts[0] == counts[1]


def test_the_year_ahead_has_a_line_for_each_agreement(
    cast: Cast, client_of: ClientOf, answers: Answers
) -> None:
    tag = Tag("In force", "green")
    answers.rows = [
        AgreementRow("MOU-0001", "With Eastmoor CCG", "/agreements/MOU-0001/", tag, ""),
        AgreementRow("MOU-0002", "With Westmoor CCG", "/agreements/MOU-0002/", tag, ""),
    ]
    for key, on, references in (
        ("late", date(2014, 8, 1), ["MOU-0001"]),
        ("a", date(2014, 12, 24), ["MOU-0002"]),
        ("b", date(2015, 6, 1), ["MOU-0001", "MOU-0002"]),
        ("too far", date(2016, 6, 1), ["MOU-0001"]),
        ("nobody's", date(2015, 6, 1), ["MOU-0009"]),
    ):
        chore(key, on, For(cast.area_team, role=Role.MANAGER), references=references)
    shown = page(client_of, cast.manager).split("The year ahead")[1]
    assert "The same 3 dates as a table" in shown
    for row in (
        "1. 1 Aug 2014 Late 32 days ago What Chore Agreement With Eastmoor CCG",
        "2. 24 Dec 2014 In 3 months What Chore Agreement With Westmoor CCG",
        "3. 1 Jun 2015 In 8 months What Chore Agreement Several agreements",
    ):
        assert row in shown


def test_each_person_has_one_page_of_what_needs_them_today_this_week_and_next(
    cast: Cast, client_of: ClientOf
) -> None:
    """Steps of a version under way and dates, by person, role and team, on one page."""
    version = sent(cast)
    colleague = For(cast.area_team, person=person_of(cast.colleague))
    chore("the late report", date(2014, 8, 29), For(cast.area_team, role=Role.MANAGER))
    chore("the list of contacts", SOON, For(cast.area_team, role=Role.MANAGER))
    chore("the yearly meeting", date(2014, 10, 1), For(cast.area_team, role=Role.MANAGER))
    chore("the answer", SOON, colleague)
    decision = f"Record what the Director decided about {version.name} of the MoU with Eastmoor CCG"
    manager = page(client_of, cast.manager)
    for one, other in pairwise(
        ["Today (2, 1 late)", "Do the late report", decision, "This week (1)",
         "Do the list of contacts", "Next 60 days (1)", "Do the yearly meeting",
         "Waiting for others", "Do the answer", "Waits for Colin Colleague",
         "Working together, with Eastmoor CCG"]
    ):  # fmt: skip
        assert manager.index(one) < manager.index(other), (one, other)
    theirs = page(client_of, cast.colleague)
    assert "This week (1) Do the answer" in theirs
    assert theirs.index("Waiting for others") < theirs.index("Do the late report")
    # Each line has its button.
    markup = client_of(cast.manager).get("/").content.decode()
    decide = f"/agreements/{version.agreement.reference}/versions/1/decision/"
    assert f'href="{decide}"' in markup
