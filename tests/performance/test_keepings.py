"""Are requests answered as the text says? Counted with and without what the standard leaves out."""

from __future__ import annotations

from datetime import date

from house.answers import Keeping
from performance.keepings import keepings
from performance.rules.figures import Figures
from performance.services.consulting import decide, give_view
from performance.services.saying import agree_extent, say
from performance.services.steps import acknowledge, answer, enter_in_error, exclude, update
from tests.cast import Cast, acting
from tests.conftest import ClientOf
from tests.performance.stage import agreement_of, asked, consulted, on
from tests.performance.test_answering import MONDAY
from tests.reading import words_at

LATER = date(2026, 7, 1)


def kept(cast: Cast, key: str) -> Keeping:
    agreement = agreement_of(cast)
    return keepings([agreement], acting(cast.viewer))[agreement.pk][key]


def test_nothing_was_asked_so_far(cast: Cast) -> None:
    with on(LATER):
        assert kept(cast, "queries") == Keeping("nothing_yet", "No query so far.")


def test_a_quarter_of_six_requests_as_it_was_worked_out_by_hand(cast: Cast) -> None:
    """Two answered in time, one late, one left out after a late acknowledgement, one left out in
    time, one still running: 2 of 3 in time; with what is left out, 2 of 5."""
    by = acting(cast.manager)
    with on(MONDAY):
        six = [asked(cast) for _ in range(6)]
        answer(by=by, request=six[0])
        acknowledge(by=by, request=six[1])
        exclude(by=by, request=six[4], exclusion="what needs investigation", because="So.")
    with on(date(2026, 6, 9)):
        acknowledge(by=by, request=six[2])
        answer(by=by, request=six[1])
        exclude(by=by, request=six[3], exclusion="what needs investigation", because="So.")
        acknowledge(by=by, request=six[5], on=MONDAY)
        answer(by=by, request=six[2])
    with on(date(2026, 6, 10)):
        found = kept(cast, "queries")
        assert found.state == "missed"
        assert found.sentence == (
            "2 of 3 in time, 1 late. Besides: 1 not due yet. "
            "2 are left out by the standard; with them, 2 of 5 in time."
        )
    with on(LATER):
        assert kept(cast, "queries").sentence.startswith("2 of 4 in time, 2 late.")


def test_it_turns_when_its_evidence_goes(cast: Cast, client_of: ClientOf) -> None:
    with on(MONDAY):
        request = asked(cast)
        assert kept(cast, "queries").state == "due"
        answer(by=acting(cast.manager), request=request)
        found = kept(cast, "queries")
        assert (found.state, found.sentence) == ("kept", "1 of 1 in time.")
        assert kept(cast, "standards").state == "kept"
        assert kept(cast, "information_requests").state == "nothing_yet"
        listed = words_at(client_of(cast.viewer), found.evidence[0].url)
        assert "1 answered request" in listed
        step = request.steps.get(kind="answered")
        say(by=acting(cast.other_manager), request=request, step=step, agrees=False, because="No.")
        assert kept(cast, "queries").state == "due"
        enter_in_error(by=acting(cast.other_manager), request=request, because="Twice.")
        assert kept(cast, "queries").state == "nothing_yet"


def test_a_request_for_information_counts_by_its_acknowledgement(cast: Cast) -> None:
    by = acting(cast.manager)
    with on(MONDAY):
        request = asked(cast, "information")
        acknowledge(by=by, request=request, until=date(2026, 6, 12))
        assert kept(cast, "information_requests").sentence == "1 of 1 in time."
    with on(date(2026, 6, 15)):
        found = kept(cast, "information_requests")
        assert found.state == "kept"
        assert "1 answer came after the day promised." in found.sentence
        update(by=by, request=request, until=date(2026, 6, 30), text="Soon.")
        assert (
            "1 answer came after the day promised." in kept(cast, "information_requests").sentence
        )


def test_what_nobody_answered_is_missed(cast: Cast) -> None:
    with on(MONDAY):
        asked(cast, "information")
    with on(date(2026, 6, 8)):
        assert kept(cast, "information_requests").state == "due"
    with on(date(2026, 6, 9)):
        assert kept(cast, "information_requests").sentence == "0 of 1 in time, 1 late."


def test_what_was_answered_late_may_be_left_out_with_its_reason(cast: Cast) -> None:
    by = acting(cast.manager)
    with on(MONDAY):
        late = asked(cast)
    with on(LATER):
        answer(by=by, request=late)
        assert kept(cast, "queries").state == "missed"
        exclude(by=by, request=late, exclusion="what needs investigation", because="It did.")
        found = kept(cast, "queries")
    assert (found.state, found.sentence) == (
        "nothing_yet", "1 is left out by the standard; with them, 0 of 1 in time.",
    )  # fmt: skip


def test_a_visit_is_kept_once_it_was_helped_to_an_extent_on_record(cast: Cast) -> None:
    by = acting(cast.manager)
    with on(MONDAY):
        visit = asked(cast, "practice_visit")
        assert kept(cast, "practice_visits").state == "due"
        answer(by=by, request=visit)
        assert kept(cast, "practice_visits").state == "due"
        agree_extent(by=by, request=visit, text="One nurse, one day.")
        found = kept(cast, "practice_visits")
    assert (found.state, found.sentence) == (
        "kept", "In the last year 1 visit: 1 answered with its extent agreed.",
    )  # fmt: skip


def test_a_consultation_is_kept_when_the_view_came_first(cast: Cast) -> None:
    by, view_by = acting(cast.manager), date(2026, 6, 12)
    with on(MONDAY):
        good, bad = consulted(cast, view_by), consulted(cast, view_by)
        assert kept(cast, "foi_consultation").state == "due"
        give_view(by=acting(cast.other_manager), request=good, text="Fine.")
        decide(by=by, request=good, decision="disclose")
        assert kept(cast, "foi_consultation").state == "kept"
        decide(by=by, request=bad, decision="disclose", because="It is public.")
        found = kept(cast, "foi_consultation")
    assert found.state == "missed"
    assert "1 decided before the view came" in found.sentence


def test_what_is_older_than_a_year_is_counted_no_more(cast: Cast) -> None:
    with on(MONDAY):
        answer(by=acting(cast.manager), request=asked(cast))
    with on(date(2027, 6, 1)):
        assert kept(cast, "queries").state == "kept"
    with on(date(2027, 6, 3)):
        assert kept(cast, "queries").state == "nothing_yet"


def test_figures_have_each_request_in_one_place() -> None:
    counts = Figures(in_time=3, late=1, running=2, undated=1, disputed=1, excluded=2,
                     excluded_in_time=1)  # fmt: skip
    assert (counts.every, counts.counted, counts.counted_with_excluded) == (10, 4, 6)
    assert counts.sentence == (
        "3 of 4 in time, 1 late. Besides: 2 not due yet, 1 without a day by which to answer and "
        "1 said to be not right, and not counted. 2 are left out by the standard; with them, "
        "4 of 6 in time."
    )
    assert Figures().sentence == ""
