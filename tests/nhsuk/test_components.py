from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, get_args

import pytest
from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory

from nhsuk import components as c
from tests.nhsuk.markup import Markup

ROOT = Path(__file__).resolve().parents[2]


def shown(file: str, call: str, **context: Any) -> Markup:
    """The markup of one macro of `templates/components/`."""
    macro = call.partition("(")[0]
    with_it = " with context" if "request" in context else ""
    source = f'{{% from "components/{file}.jinja" import {macro}{with_it} %}}{{{{ {call} }}}}'
    return Markup(engines.all()[0].from_string(source).render({"c": c} | context))


@pytest.mark.parametrize("colour", get_args(c.Colour))
def test_every_tag_colour_is_one_of_the_design_system(colour: c.Colour) -> None:
    tag = shown("tag", "tag(t)", t=c.Tag("In force", colour)).one("strong", class_="nhsuk-tag")
    assert tag.text == "In force"
    styles = Path(str(finders.find("portal.css"))).read_text()
    assert f".{tag['class'].split()[-1]}{{" in styles


def test_a_table_names_its_columns_in_every_cell_for_narrow_screens() -> None:
    columns = [c.Column("Title", sort_href="?sort=title", sorted="ascending"), c.Column("Clauses")]
    source = (
        '{% from "components/table.jinja" import cell, head, table_of, under %}'
        '{% call(row) table_of("1 agreement", columns, ["Formulary"]) %}'
        '{% call head("Title") %}<a href="/1/">{{ row }}</a>{{ under("With all") }}{% endcall %}'
        '{% call cell("Clauses") %}9{% endcall %}{% endcall %}'
    )
    page = Markup(engines.all()[0].from_string(source).render({"columns": columns}))
    assert page.one("caption").text == "1 agreement"
    assert page.one("a", href="?sort=title").inside[-1] == "th"
    assert page.one("th", scope="row").text.split()[:2] == ["Title", "Formulary"]
    assert page.one("a", href="/1/").text == "Formulary"
    assert "Clauses" in page.one("td").text


def test_a_timeline_tells_days_from_moments() -> None:
    entries = [
        c.TimelineEntry(datetime(2013, 9, 3, 8, tzinfo=UTC), "Signed", "Ann Lee"),
        c.TimelineEntry(date(2013, 8, 1), "Met"),
    ]
    page = shown("lists", "timeline(entries)", entries=entries)
    moment, day = page.all("time")
    assert (moment.text, moment["datetime"]) == (
        "9:00 am BST on 3 September 2013",
        "2013-09-03T09:00:00+01:00",
    )
    assert day.text == "1 August 2013"


def test_a_rail_marks_the_present_step_and_says_who_acts() -> None:
    nobody = c.OnStep("Eastmoor CCG", note="Nobody is named yet.")
    steps = [
        c.RailStep("Approval", "past", people=(c.OnStep("Westmoor CCG", "Ann Lee", "Chair"),)),
        c.RailStep("Signatures", "here", c.Tag("Now"), people=(nobody,), anchor="signatures"),
        c.RailStep("In force"),
    ]
    page = shown("rail", "rail(steps)", steps=steps)
    here = " ".join(page.one("li", aria_current="step").text.split())
    assert here == "Signatures Now Eastmoor CCG: Nobody is named yet."
    assert page.with_id("signatures").tag == "h3"
    assert "Westmoor CCG: Ann Lee, Chair" in " ".join(page.one("ol").text.split())


def test_pagination_shows_the_pages_around() -> None:
    request = RequestFactory().get("/?state=draft&q=<script>&page=4")
    pages = Paginator(range(200), 10)
    page = shown("pagination", "pagination(pages)", pages=pages.page(4), request=request)
    assert page.one("a", rel="next")["href"] == "?state=draft&q=%3Cscript%3E&page=5"
    assert page.one("a", aria_current="page").text == "4"
    one = Paginator(range(10), 10).page(1)
    assert not shown("pagination", "pagination(pages)", pages=one, request=request).elements


def test_changes_are_said_in_words_too() -> None:
    words = [c.Words("same", "Meet "), c.Words("deleted", "twice"), c.Words("inserted", "monthly")]
    page = shown("document", "changes(words)", words=words)
    assert page.one("ins").text.strip() == "[inserted: monthly]"
    assert page.one("del").text.strip() == "[deleted: twice]"


def test_links_of_equal_text_are_told_apart() -> None:
    change = c.Link("Change", "/r/", "date of review")
    assert shown("links", "link(change)", change=change).one("a").text == "Change date of review"


def test_a_task_that_cannot_start_is_no_link() -> None:
    done = c.Task("Parties", c.Tag("Done", "green"), "/p/", "Two of them")
    tasks = [done, c.Task("Check", "Later")]
    page = shown("lists", "task_list(tasks)", tasks=tasks)
    (link,) = page.all("a")
    assert set(link["aria-describedby"].split()) <= set(page.ids)


def test_a_button_that_acts_needs_the_page_s_token() -> None:
    with pytest.raises(LookupError, match="with context"):
        shown("buttons", "buttons(actions)", actions=[c.Button("Sign", post_to="/sign/")])
