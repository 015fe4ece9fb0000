"""Of many agreements: a user group that serves three of one CCG, with what all read and what is one
practice's alone; and an announcement about two of nine federations."""

from __future__ import annotations

from datetime import date, time, timedelta

from agreements.models import Agreement, Template
from agreements.register.services import register_signed
from communications.services.planning import plan
from communications.services.sharing import add_draft
from deadlines.holidays import bank_holidays
from deadlines.rules.working_days import last_working_day_before
from house import clock
from meetings.models import Series
from meetings.services.agenda import add_item
from meetings.services.correcting import answer_record
from meetings.services.notes import add_note
from meetings.services.recording import Account, record_elsewhere
from meetings.services.scheduling import schedule_meeting
from meetings.services.series import make_series
from mou_portal.demonstration.acts import by, days_ago
from mou_portal.demonstration.from_the_library import numbered
from mou_portal.demonstration.neighbours import CHAIRS, FEDERATIONS, PRACTICE, PRACTICE_LEAD
from mou_portal.demonstration.paper import paper_of, signatory_of
from mou_portal.demonstration.people import (
    Somebody,
    add_organisation,
    organisation_called,
    person_called,
)
from parties.models import Area, Organisation

GRETA, CCG = "Greta Holm", "Aldermoor CCG"
GROUP = "User group of practices"
PARTNERS = {"Beacon Rise Surgery": "Sorrel Adair", "Fell Gate Practice": "Tobin Esk"}
AGREED = ("Each practice has a lead.", "All meet each quarter, to review and revise.")


def load() -> None:
    """Unless they are there already."""
    if Series.objects.filter(name=GROUP).exists():
        return
    group([practice(name) for name in (PRACTICE, *PARTNERS)])
    about_two_of_nine()


def practice(name: str) -> Agreement:
    """An MoU of last year with the CCG, registered as signed."""
    if name in PARTNERS:
        area = Area.objects.get(name="Northern Dales")
        number = f"P9200{list(PARTNERS).index(name)}"
        add_organisation(name, Organisation.Kind.PRACTICE, number, area)
    sides = {"ccg": CCG, "practice": name}
    partner = Somebody(PARTNERS.get(name, PRACTICE_LEAD), name, "Partner")
    return registered("practice-resilience", "Practices meet and learn", sides, partner)


def registered(key: str, title: str, sides: dict[str, str], other: Somebody) -> Agreement:
    signed_on = clock.today() - timedelta(days=150)
    version = Template.objects.get(key=key, organisation__names__name=CCG).versions.latest("seq")
    name = f"MoU with {other.organisation}, {title.lower()}.pdf"
    signed = [signatory_of(CCG), other]
    paper = paper_of(signed, title, name=name, signed_on=signed_on, agreed=AGREED)
    with days_ago(60), by(GRETA) as greta:
        return register_signed(
            by=greta,
            template_version=version,
            title=title,
            organisations={side: organisation_called(each) for side, each in sides.items()},
            file=paper,
            signed_on=signed_on,
            review_on=signed_on + timedelta(days=365),
        )


def group(agreements: list[Agreement]) -> None:
    """Quarterly, for three; the last record is right for two and not for one."""
    first, second, _ = agreements
    with days_ago(50), by(GRETA) as greta:
        series = make_series(
            by=greta, agreements=agreements, name=GROUP, cadence="quarterly",
            standing=["Good practice to pass on", "What to revise in the MoU"],
        )  # fmt: skip
    with days_ago(20), by(GRETA) as greta:
        held = record_elsewhere(
            by=greta, series=series, day=clock.today() - timedelta(days=1),
            account=Account(
                notes="Two practices told how they cover for each other in winter.",
                came=[
                    (organisation_called(CCG), person_called(GRETA)),
                    (organisation_called(PRACTICE), person_called(PRACTICE_LEAD)),
                ],
                others=["Practice managers of the other two"],
            ),
        )  # fmt: skip
        add_note(by=greta, meeting=held, text="Its second nurse starts in spring.", about=[first])
        add_note(by=greta, meeting=held, text="Its premises are full.", about=[second])
    with days_ago(18), by(PRACTICE_LEAD) as freya:
        because = "We asked for a date for the nurse's training, and it is not here."
        answer_record(by=freya, meeting=held, agrees=False, because=because)
    with days_ago(5), by(GRETA) as greta:
        coming = schedule_meeting(by=greta, series=series, day=working_day(40), time=time(13))
        add_item(by=greta, meeting=coming, heading="Cover in the spring holidays")
        add_item(by=greta, meeting=coming, heading="The nurse's training", about=[first])


def about_two_of_nine() -> None:
    """Planned by the CCG: it touches the MoU with nine, and is about two of them."""
    sides = {"ccg": CCG} | numbered("federation", FEDERATIONS)
    chair = Somebody(CHAIRS[0], "Curlew Federation", "Chair of the Federation")
    agreement = registered("ccg-and-federations", "Federations: the first year", sides, chair)
    about = [organisation_called(name).pk for name in ("Curlew Federation", "Dunlin Federation")]
    with days_ago(2), by(GRETA) as greta:
        planned = plan(
            by=greta, kind="publication", title="Two federations open on Saturdays",
            planned_for=clock.now() + timedelta(days=14), agreements=[agreement], about=about,
        )  # fmt: skip
        add_draft(by=greta, announcement=planned, text="From March on both open **on Saturdays**.")


def working_day(days: int) -> date:
    """The day that is so many days away, or the last before it on which people work."""
    wanted = clock.today() + timedelta(days=days)
    return last_working_day_before(wanted + timedelta(days=1), bank_holidays())
