"""Consulting whom information came from, before it is disclosed under the Act."""

from __future__ import annotations

from datetime import date

import pytest

from house.refusals import NotYours, Refused
from nhsuk.forms import date_boxes
from performance.models import Request
from performance.presenters.words import page_of
from performance.services.consulting import (
    ask_what_is_meant,
    clarified,
    decide,
    extend,
    give_view,
)
from performance.services.steps import pause, resume
from tests.cast import Cast, acting
from tests.conftest import ClientOf, Mailbox
from tests.performance.stage import again, agreement_of, consulted, on, side
from tests.performance.test_answering import MONDAY, open_dates, sends
from tests.reading import words_at

VIEW_BY, LIMIT = date(2026, 6, 12), date(2026, 6, 30)
WHAT = "Payments to surgeries"


def test_the_view_comes_first_and_then_the_decision(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    agreement = agreement_of(cast)
    path = f"/requests/consult/{agreement.reference}/"
    with on(MONDAY):
        before = len(mailbox.all)
        page = sends(
            client_of(cast.manager), path, reference="FOI-2026-7", subject=WHAT,
            source=str(side(agreement, "ccg").pk), **date_boxes("view_by", VIEW_BY),
        )  # fmt: skip
        request = Request.objects.get()
        assert "Consultation 1 is recorded." in page
        assert "Who asked Not recorded here: nobody needs to know." in page
        assert open_dates(request) == {"foi_view": VIEW_BY, "foi_decision": LIMIT}
        [mail] = mailbox.all[before:]
        assert mail.to == [cast.other_manager.email]
        assert mail.subject.startswith("Give your view on consultation 1 by 12 June 2026")
        assert WHAT not in mail.body
    at = page_of(request)
    with on(date(2026, 6, 10)):
        page = sends(client_of(cast.other_manager), f"{at}view/", text="Leave out the names.")
        assert "Your view is on the record." in page
    with on(date(2026, 6, 11)):
        page = sends(client_of(cast.manager), f"{at}decide/", decision="in_part")
    assert "Decided: disclose a part of it" in page
    assert "before the view came" not in page
    found = again(request)
    assert (found.consultation.decided_with, found.outcome) == ("came", "in_time")
    assert open_dates(request) == {}


def test_who_asked_is_asked_about_and_never_refused(cast: Cast, client_of: ClientOf) -> None:
    agreement = agreement_of(cast)
    path = f"/requests/consult/{agreement.reference}/"
    said = {
        "reference": "FOI-7", "subject": "Payments, asked by Mr Finch", "details": "f@x.example",
        "source": str(side(agreement, "ccg").pk), **date_boxes("view_by", VIEW_BY),
    }  # fmt: skip
    with on(MONDAY):
        page = sends(client_of(cast.manager), path, **said)
        assert "“Mr Finch” looks like a name." in page
        assert "“f@x.example” looks like an e-mail address." in page
        assert not Request.objects.exists()
        page = sends(client_of(cast.manager), path, **said, as_it_is="on")
    assert "Consultation 1 is recorded." in page


def test_deciding_before_the_view_needs_a_reason_and_is_on_record(
    cast: Cast, client_of: ClientOf
) -> None:
    with on(MONDAY):
        request = consulted(cast, VIEW_BY)
        path = f"{page_of(request)}decide/"
        page = sends(client_of(cast.manager), path, decision="disclose")
        assert "Eastmoor CCG has not given its view. Say why you decide now." in page
        page = sends(
            client_of(cast.manager), path, decision="disclose", because="It is public already."
        )
    assert "It was decided before the view came: this is on the record." in page
    assert again(request).consultation.decided_with == "before"


def test_after_the_day_for_the_view_it_may_be_decided_with_a_reason(cast: Cast) -> None:
    with on(MONDAY):
        request = consulted(cast, VIEW_BY)
    with on(date(2026, 6, 15)):
        stood = decide(
            by=acting(cast.manager), request=request, decision="withhold", because="No view came."
        )
    assert stood == "overdue"


def test_clarification_begins_the_days_anew_and_a_fee_is_left_out(cast: Cast) -> None:
    by = acting(cast.manager)
    with on(MONDAY):
        request = consulted(cast, VIEW_BY)
    with on(date(2026, 6, 3)):
        ask_what_is_meant(by=by, request=request, because="Which years?")
        assert open_dates(request) == {"foi_view": VIEW_BY}
        with pytest.raises(Refused, match="waits for a clarification"):
            resume(by=by, request=request)
    with on(date(2026, 6, 22)):
        clarified(by=by, request=request)
        assert open_dates(request)["foi_decision"] == date(2026, 7, 21)
        pause(by=by, request=request, because="A fee of 20 pounds.")
    with on(date(2026, 6, 26)):
        with pytest.raises(Refused, match="No clarification was asked for"):
            clarified(by=by, request=request)
        resume(by=by, request=request)
    assert open_dates(request)["foi_decision"] == date(2026, 7, 27)


def test_an_extension_told_after_the_twenty_days_counts_as_late(cast: Cast) -> None:
    by = acting(cast.manager)
    with on(MONDAY):
        request, other = consulted(cast, VIEW_BY), consulted(cast, VIEW_BY)
        with pytest.raises(Refused, match="later than 30 June 2026"):
            extend(by=by, request=request, until=LIMIT, because="Section 43.")
    with on(LIMIT):
        extend(by=by, request=request, until=date(2026, 7, 20), because="Section 43.")
        assert open_dates(request)["foi_decision"] == date(2026, 7, 20)
    with on(date(2026, 7, 1)):
        extend(by=by, request=other, until=date(2026, 7, 20), because="Section 43.")
    assert (again(request).outcome, again(other).outcome) == ("running", "late")


def test_the_view_leaves_days_to_decide_and_is_the_sources_own(cast: Cast) -> None:
    with on(MONDAY):
        with pytest.raises(Refused, match="The legal limit is 30 June 2026"):
            consulted(cast, LIMIT)
        request = consulted(cast, VIEW_BY)
        with pytest.raises(NotYours, match="Only Eastmoor CCG gives this view"):
            give_view(by=acting(cast.manager), request=request, text="Ours.")
        with pytest.raises(NotYours, match="Only Northern Moors Area Team"):
            decide(by=acting(cast.other_manager), request=request, decision="disclose")
        give_view(by=acting(cast.other_manager), request=request, text="Fine.")
        with pytest.raises(Refused, match="already"):
            give_view(by=acting(cast.other_manager), request=request, text="Fine.")


def test_both_parties_read_it_and_nobody_else(cast: Cast, client_of: ClientOf) -> None:
    with on(MONDAY):
        request = consulted(cast, VIEW_BY)
        for user in (cast.viewer, cast.other_viewer):
            assert "FOI-7" in words_at(client_of(user), page_of(request))
        assert client_of(cast.stranger).get(page_of(request)).status_code == 404
        other = f"{page_of(request)}acknowledge/"
        assert client_of(cast.manager).get(other).status_code == 404
