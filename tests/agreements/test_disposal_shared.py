"""What an MoU that was disposed of shared with others, and what is counted of it afterwards."""

from __future__ import annotations

from datetime import date

import pytest

from agreements.changes.services.answering import answer_change
from agreements.disposal.services.proposing import propose_disposal
from agreements.models import SavedEmail
from communications.heads_ups.services.giving import record_sent_first
from communications.models import HeadsUp
from documents.storage import place_of
from house import clock
from house.goes import GONE
from jobs.sweep import work_due
from meetings.models import Meeting, Series
from reports.models import Figures, Register
from reports.rules import Quarter
from reports.services.assuring import begin_assurance
from reports.services.drafting import draft_of_several
from tests.agreements.disposed import DAY, DECIDE, WHY, disposed, over, works
from tests.agreements.full import full
from tests.agreements.reviewed import on
from tests.cast import Cast, acting
from tests.communications import telling
from tests.conftest import ClientOf
from tests.emails import put
from tests.meetings.joint import group_of, lead_of, met, mous
from tests.reading import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("can_seal")]


def test_what_several_share_goes_with_the_last(cast: Cast) -> None:
    agreements = mous(cast, 2)
    series = group_of(cast, agreements, name="Leads of the moors")
    met(cast, series, notes="All of them came.")
    by = acting(cast.other_manager)
    heads_up = record_sent_first(
        by=by, content=telling.content(), sent_at=clock.now(), because="Now.", agreements=agreements
    )
    email = put(by, "meeting", Meeting.objects.get())
    for agreement, name in zip(agreements, ("Leads of the moors", GONE), strict=True):
        over(agreement)
        with on(DECIDE):
            change = propose_disposal(by=by, agreement=agreement, because=WHY)
            answer_change(by=acting(lead_of(agreement)), change=change, agrees=True)
        assert works() == 1
        assert Series.objects.get(pk=series.pk).name == name
        gone = name == GONE
        assert (Meeting.objects.get().notes == GONE) == gone
        assert HeadsUp.objects.get(pk=heads_up.pk).title == (GONE if gone else telling.TITLE)
        assert (SavedEmail.objects.get(pk=email.pk).text == GONE) == gone
        assert place_of(email.file.key).exists() != gone


def test_reports_and_home_leave_it_out(cast: Cast, client_of: ClientOf) -> None:
    disposed(cast, full(cast))
    by = acting(cast.manager)
    with on(DAY):
        draft_of_several(by=by, scope="portfolio", quarter=Quarter(date(2015, 7, 1)))
        begin_assurance(by=by)
        work_due()
        # A concern that nobody opened would wait there for ever.
        assert "concern" not in words_of(client_of(cast.other_manager).get("/"))
    assert Figures.objects.get(report__scope="portfolio").content["agreements"] == 0
    assert Register.objects.get().content["rows"] == []
