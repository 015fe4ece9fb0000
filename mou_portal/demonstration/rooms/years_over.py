"""Two MoUs of ten years ago whose time is over: one was disposed of, of one that is proposed."""

from __future__ import annotations

from datetime import date

from agreements.changes.services.answering import answer_change
from agreements.changes.services.opening import record_end
from agreements.disposal.services.proposing import propose_disposal
from agreements.models import Agreement
from agreements.register.services import register_signed, say_of_copy
from jobs.sweep import work_due
from mou_portal.demonstration.acts import AMARA, area_team_and, bilateral, by, days_ago
from mou_portal.demonstration.paper import signed_paper
from mou_portal.demonstration.people import AREA_TEAM, organisation_called

GRETA, ALDERMOOR = "Greta Holm", "Aldermoor CCG"
GONE, PROPOSED = "Winter pressures, 2013 to 2014", "Out-of-hours cover, 2014 to 2015"
SIGNED = {GONE: date(2013, 10, 1), PROPOSED: date(2014, 4, 1)}
END = {GONE: date(2014, 3, 31), PROPOSED: date(2015, 3, 31)}
AGREED = ("Both sides cover the time together.", "It ends by itself on its last day.")


def load() -> None:
    """Unless they are there already."""
    if Agreement.objects.filter(title__in=SIGNED).exists():
        return
    gone, proposed = (_ended(title) for title in SIGNED)
    with days_ago(20), by(AMARA) as amara:
        change = propose_disposal(
            by=amara, agreement=gone, because="The winter is long over, and nobody asked for it."
        )
    with days_ago(18), by(GRETA) as greta:
        answer_change(by=greta, change=change, agrees=True)
    with days_ago(10):
        work_due()
    with days_ago(3), by(AMARA) as amara:
        propose_disposal(
            by=amara, agreement=proposed, because="Another MoU took its place in 2015."
        )


def _ended(title: str) -> Agreement:
    paper = signed_paper(title, AREA_TEAM, ALDERMOOR, signed_on=SIGNED[title], agreed=AGREED)
    with days_ago(40), by(GRETA) as greta:
        made = register_signed(
            by=greta, template_version=bilateral(), title=title,
            organisations=area_team_and(organisation_called(ALDERMOOR)), file=paper,
            signed_on=SIGNED[title], review_on=None, end_on=END[title],
        )  # fmt: skip
        end = record_end(by=greta, agreement=made, because="It ended on its day.")
    with days_ago(39), by(AMARA) as amara:
        say_of_copy(by=amara, copy=made.registered_copy, agrees=True)
        answer_change(by=amara, change=end, agrees=True)
    return Agreement.objects.get(pk=made.pk)
