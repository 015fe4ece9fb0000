"""Days of a signed MoU that contradict each other are findings; of sound days nothing is found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.library import library
from agreements.register.days_said import days_in
from agreements.register.facts import Facts
from agreements.register.order import odd_days
from agreements.terms import Period, ReviewTerm, Terms, first_review_on
from house.clock import months_after
from nhsuk.dates import day
from tests.agreements.past import DOCUMENTS, registered_from_paper
from tests.agreements.reviewed import on
from tests.conftest import ClientOf

DAYS = st.dates(date(2010, 1, 1), date(2020, 1, 1))
YEARS_LATER = date(2026, 11, 25)
REVIEW_PASSED = "has passed. Nobody here is late: hold the review now, or record it if it was held."
SIGNED = "3 September 2013"
LOOK = "Look which day is right, and correct the registration if one is not."
LEFT_OVER = (
    "3 September 2014, is not 12 months after 28 February 2014, as the text says: that is 28"
)
PLAN = "Self-assessment; 30 September 2017\nAction plan; 31 October 2017"
# By document: its days, what its paper says besides, and how each finding begins.
SLIPS: dict[str, tuple[dict[str, date], dict[str, str], tuple[str, ...]]] = {
    # Signed a month before its approval was sought, and given.
    "000": (
        {"approval_sought_on": date(2013, 10, 3), "review_on": date(2014, 9, 3)},
        {"who_approved": "Ash CCG; Governing Body; 3 October 2013"},
        (
            f"It was signed on {SIGNED}, before approval was sought on 3 October 2013. {LOOK}",
            "“Ash CCG” approved it on 3 October 2013, after it was signed on 3 September 2013.",
            f"The date of review, 3 September 2014, {REVIEW_PASSED}",
        ),
    ),
    # Its day of decision and its notice go with its end; that has passed.
    "001": (
        {"signed_on": date(2015, 3, 27), "end_on": date(2016, 3, 31)},
        {},
        ("Its end, 31 March 2016, has passed",),
    ),
    # The days of sign-off and review that its blank template had.
    "002": (
        {"signed_on": date(2014, 2, 28), "review_on": date(2014, 9, 3)},
        {"who_approved": "Ash CCG; v0.6; 5.2.2014\nBirch CCG; v0.6; 20 Mar 2014"},
        (
            "“Birch CCG” approved it on 20 March 2014, after it was signed on 28 February 2014.",
            f"The date of review, {LEFT_OVER} February 2015. Look whether the day was left",
            f"The date of review, 3 September 2014, {REVIEW_PASSED}",
        ),
    ),
    "003": (
        {"signed_on": date(2012, 7, 1)},
        {"who_approved": "Ash CCG; Governing Body; July 2012"},
        (
            f"The time of the first review, in December 2012, {REVIEW_PASSED}",
            "Its end, 31 March 2013, has passed",
        ),
    ),
    # A row of one month that is timed in another; a plan that is due when the MoU is over.
    "004": (
        {},
        {"other_days": f"{PLAN}\nJan 2018: workshop; February 2017\nReport; 31 March 2018"},
        (
            "Its end, 1 March 2018, has passed",
            f"“Jan 2018: workshop; February 2017” names February 2017 after a later day. {LOOK}",
            "“Report; 31 March 2018” is after its end, 1 March 2018.",
        ),
    ),
}
# Neither the days nor their order, but who there is.
OF_PEOPLE = ("Each party names its own on the page People.", "having signed for", "closed on")


@pytest.mark.django_db
@pytest.mark.parametrize("document", SLIPS)
def test_the_slips_of_the_five_documents_are_findings_when_they_are_registered(
    client_of: ClientOf, document: str
) -> None:
    days, said, expected = SLIPS[document]
    past = replace(DOCUMENTS[document], closed_on=None)
    past = replace(past, days={**past.days, **days}, said=said, sharing=min(past.sharing, 2))
    with on(YEARS_LATER):
        agreement, _ = registered_from_paper(client_of, past)
    findings: list[str] = agreement.registered_copy.findings
    found = [each for each in findings if not any(what in each for what in OF_PEOPLE)]
    assert len(found) == len(expected), found
    for finding, begins in zip(found, expected, strict=True):
        assert finding.startswith(begins), finding


@pytest.mark.parametrize("document", DOCUMENTS)
def test_of_their_sound_days_nothing_is_found_while_none_has_passed(document: str) -> None:
    past = DOCUMENTS[document]
    terms = library()[past.key].terms
    signed = {"001": date(2015, 3, 27), "003": date(2012, 6, 30)}.get(document)
    first = signed or past.days["signed_on"]
    counted = first_review_on(terms.review, first) if terms.review else None
    period = terms.period
    facts = Facts(
        "An MoU", first, counted, period.starts_on, period.ends_on, first - timedelta(days=20),
        ends_when=period.ends_when, who_approved=f"Ash; on {day(first - timedelta(days=9))}",
        other_days=PLAN if document == "004" else "",
    )  # fmt: skip
    with on(first + timedelta(days=1)):
        found = [each.split(". ")[0] for each in odd_days(facts, terms)]
    # That an event may end it is said of every such MoU.
    event = "It ends on 1 March 2018 or when the improvement plan is delivered, whichever is sooner"
    assert found == ([event] if document == "004" else [])


# --- Any two days


def _said(facts: Facts, **terms: Any) -> str:
    with on(date(2009, 1, 1)):  # nothing has passed
        return " ".join(odd_days(facts, Terms(**terms)))


@given(DAYS, st.integers(0, 300), st.integers(12, 60), st.integers(1, 6))
def test_days_in_order_are_never_odd(signed: date, wait: int, months: int, notice: int) -> None:
    effect = signed + timedelta(days=wait)
    end = months_after(effect, months)
    review = months_after(effect, 6)
    period = Period(
        starts_on=effect, ends_on=end, extension_by=months_after(end, -notice), notice_months=notice
    )
    facts = Facts(
        "An MoU", signed, review, effect, end, signed,
        who_signed=f"Ash CCG; {day(signed)}", who_approved=f"Ash CCG; {day(signed)}",
        other_days=f"Plan; {day(signed)}\nReport; {day(effect)} to {day(end)}",
    )  # fmt: skip
    assert _said(facts, minimum_months=12, period=period, review=ReviewTerm(after_months=6)) == ""


@given(DAYS, st.integers(1, 300))
def test_each_two_days_the_wrong_way_round_are_a_finding(signed: date, days: int) -> None:
    later, sooner = signed + timedelta(days=days), signed - timedelta(days=days)
    facts = Facts("An MoU", signed)
    for odd, says in (
        (replace(facts, approval_sought_on=later), "before approval was sought"),
        (replace(facts, who_approved=f"A; {day(later)}"), "after it was signed"),
        (replace(facts, who_approved=f"A; {day(sooner)}", approval_sought_on=signed),
         "before approval was sought"),
        (replace(facts, who_signed=f"A; {day(later)}"), "after the date of sign-off"),
        (replace(facts, review_on=sooner), "is before the date of sign-off"),
        (replace(facts, review_on=signed, effective_on=later), "is before it takes effect"),
        (replace(facts, review_on=later, end_on=signed), "is after its end"),
        (replace(facts, end_on=sooner), "before the date of sign-off"),
        (replace(facts, end_on=signed, effective_on=later), "before it takes effect"),
        (replace(facts, effective_on=sooner), "before it was signed"),
        (replace(facts, other_days=f"Plan; {day(sooner)}"), "is before the MoU began"),
        (replace(facts, other_days=f"Plan; {day(later)}", end_on=signed), "is after its end"),
        (replace(facts, other_days=f"{day(later)}: plan; {day(signed)}"), "after a later day"),
    ):  # fmt: skip
        assert says in _said(odd), odd


@given(DAYS, st.integers(1, 12), st.integers(1, 300))
def test_the_day_of_an_extension_goes_with_sign_off_end_and_notice(
    signed: date, months: int, days: int
) -> None:
    end, some = months_after(signed, 24), timedelta(days=days)
    latest = months_after(end, -months)
    for by, says in (
        (signed - some, "before it was signed"),
        (end + some, "then nothing is left to extend"),
        (min(latest + some, end), "That is too late for notice"),
        (latest, ""),
    ):
        facts = Facts("An MoU", signed, end_on=end)
        found = _said(facts, period=Period(extension_by=by, ends_on=end, notice_months=months))
        assert says in found
        assert bool(found) == bool(says)


@given(DAYS, st.integers(1, 12))
def test_an_end_leaves_the_time_that_the_text_asks_for(signed: date, months: int) -> None:
    end = months_after(signed, months) - timedelta(days=1)
    asked = Facts("An MoU", signed, end_on=end)
    assert "is in force at least until" in _said(asked, minimum_months=months + 1)
    assert "before it was signed" in _said(asked, period=Period(notice_months=months))
    assert _said(asked, minimum_months=months) == ""


def test_a_decision_whose_day_has_passed_is_asked_for_until_the_end() -> None:
    end, by = date(2016, 3, 31), date(2015, 9, 1)
    facts = Facts("An MoU", date(2015, 4, 1), end_on=end)
    terms = Terms(period=Period(ends_on=end, extension_by=by))
    for at, asks in ((by, False), (by + timedelta(days=1), True), (end, True)):
        with on(at):
            said = " ".join(odd_days(facts, terms))
        assert ("That day has passed: say on the page “Changes and end”" in said) == asks


@given(DAYS)
def test_a_day_is_read_however_the_paper_writes_it(said: date) -> None:
    for written in (day(said), said.isoformat(), f"{said:%d/%m/%Y}", f"{said.day}.{said:%m.%y}",
                    f"{said.day}th {said:%b} {said.year}"):  # fmt: skip
        [found] = days_in(f"Ash CCG; the board, {written}; item 9.2")
        assert (found.first, found.last) == (said, said), written
    [month] = days_in(f"in {said:%B} {said.year}")
    assert month.first.day == 1
    assert month.first <= said <= month.last


@given(st.text(), st.from_regex(r"\d{1,2}[ /.](May|\d{1,2})[ /.]\d{2,4}"))
def test_any_text_is_read_without_a_fault(text: str, almost: str) -> None:
    for said in days_in(f"{text} {almost}\n{text}"):
        assert said.first <= said.last


def test_what_is_no_day_is_not_read_as_one() -> None:
    for line in ("item 9.2", "31 June 2015", "30/2/2015", "May be", "version 0.6", "March on"):
        assert days_in(line) == [], line


def test_of_many_lines_the_first_are_quoted_and_the_others_counted() -> None:
    lines = "\n".join(f"Ash {n}; 1 May 2020" for n in range(1, 8))
    found = _said(Facts("An MoU", date(2019, 5, 1), who_approved=lines))
    assert "“Ash 3” approved it" in found
    assert "“Ash 4”" not in found
    assert "4 more lines of this kind: look at their days too." in found
