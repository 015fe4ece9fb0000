"""Saved e-mails on a meeting, of one agreement and of a series for several."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from agreements.models import Happening
from tests.cast import Cast, acting
from tests.conftest import ClientOf, Mailbox
from tests.emails import eml, put
from tests.meetings import joint
from tests.meetings.stage import held, in_force, on, series_of
from tests.reading import words_at

pytestmark = pytest.mark.django_db
DAY = date(2013, 11, 5)


def test_a_meeting_recorded_elsewhere_has_its_minutes_as_they_were_sent(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    agreement = in_force(cast)
    with on(DAY):
        meeting = held(cast.manager, series_of(agreement), DAY)
        saved = put(acting(cast.secretary), "meeting", meeting, eml(subject="The minutes"))
        page = words_at(client_of(cast.other_viewer), f"/meetings/{meeting.key}/")
        assert "The minutes" in page
        assert client_of(cast.stranger).get(f"/emails/{saved.public_id}/").status_code == 404
        [told] = [m for m in mailbox.to(cast.other_manager.email) if "put on record" in m.subject]
    assert "the wider meeting of 5 November 2013" in str(told.body)
    history = words_at(client_of(cast.viewer), f"/agreements/{agreement.reference}/history/")
    assert "put an e-mail on record, about the wider meeting of 5 November 2013" in history


def test_of_a_series_for_several_each_agreement_has_it_and_each_letter_names_its_own(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    mous = joint.mous(cast, 3)
    series = joint.group_of(cast, mous)
    meeting = joint.met(cast, series)
    with on(meeting.day + timedelta(days=1)):
        saved = put(acting(cast.other_manager), "meeting", meeting)
        lead = joint.lead_of(mous[0])
        assert client_of(lead).get(f"/emails/{saved.public_id}/").status_code == 200
        [told] = [m for m in mailbox.to(lead.email) if "put on record" in m.subject]
    assert mous[0].reference in told.subject
    assert mous[1].reference not in told.subject + str(told.body)
    assert Happening.objects.filter(verb="email_put").count() == 3
