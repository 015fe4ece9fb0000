"""A report goes from its draft to the last remark: by keyboard, every page judged."""

from __future__ import annotations

import pytest

from jobs.sweep import work_due
from reports.models import Report
from tests.agreements.contacted import with_contacts
from tests.browser.conftest import Visits
from tests.cast import Cast
from tests.in_browser import NARROW

pytestmark = pytest.mark.browser


def test_from_the_draft_to_the_remark_by_keyboard(
    parties: Cast, at_keyboard: Visits, complaints: list[str]
) -> None:
    agreement = with_contacts(parties)
    maud = at_keyboard(parties.manager)
    maud.open(f"/agreements/{agreement.reference}/kept/")
    maud.press("Draft a report")
    maud.press("Draft the report")
    maud.sees("The report is drafted.", "Contact roles held at the end")
    maud.press("Say where to improve")
    maud.write("What gives concern, and what could be better", "Share drafts sooner.")
    maud.press("Save")
    maud.press("Send it for remarks")
    maud.press("Send the report")
    maud.sees("The report is sent.", "Has not said its word yet.")
    report = Report.objects.get()
    olga = at_keyboard(parties.other_manager)
    olga.page.set_viewport_size({"width": NARROW, "height": 700})
    olga.open(f"/reports/{report.key}/")
    olga.press("Add your remark")
    olga.write("Your party's remark", "We agree.")
    olga.press("Add the remark")
    olga.sees("Your word stands in the report.", "We agree.", "Final")
    maud.open("/reports/")
    maud.press("Make an assurance report")
    maud.press("Make the report")
    work_due()
    maud.follow("Look again")
    maud.sees("MoUs held", "This is the first report.")
    assert Report.objects.get().is_final
    assert complaints == []
