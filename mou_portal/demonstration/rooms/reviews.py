"""A review that is overdue, reviews that were held, contacts confirmed and one who is away."""

from __future__ import annotations

from datetime import date, timedelta

from agreements.by_hand.services import say_by_hand
from agreements.contacts.asking import Asked
from agreements.contacts.services.confirming import confirm_all, confirm_by_link
from agreements.contacts.services.naming import name_contact, name_contacts
from agreements.models import Agreement, RegisteredCopy, Review
from agreements.register.services import register_signed, say_of_copy
from agreements.reviews.services import Outcome, record_review, say_of_review
from house import clock
from mou_portal.demonstration.acts import AMARA, bilateral, by, days_ago
from mou_portal.demonstration.paper import signed_paper
from mou_portal.demonstration.people import AREA_TEAM, organisation_called, person_called
from parties.services.absences import say_away

OUT_OF_HOURS, NURSING_HOMES = "Out-of-hours services", "Care in nursing homes"
AGREED = {
    OUT_OF_HOURS: (
        "Patients find the same care in the evening and at weekends as by day.",
        "We share what we learn from complaints and incidents, without names.",
        "We meet twice in each year, and look at this MoU again after a year.",
    ),
    NURSING_HOMES: (
        "Each nursing home has one practice that looks after its residents.",
        "We keep one list of homes and practices, and bring it up to date each spring.",
        "We meet twice in each year, and look at this MoU again after a year.",
    ),
}


def load() -> None:
    """Besides the agreements that are there, unless a review is recorded already."""
    if Review.objects.exists() or not RegisteredCopy.objects.exists():
        return
    contacts_of_aldermoor(Agreement.objects.get(reference="MOU-0001"))
    overdue()
    held_twice()


def contacts_of_aldermoor(agreement: Agreement) -> None:
    """The Area Team's were confirmed on the page; the CCG's by their links, and soon again."""
    team, ccg = agreement.parties.get(slot="area_team"), organisation_called("Aldermoor CCG")
    with days_ago(164):
        for name in ("Greta Holm", "Jonah Adeyemi"):
            confirm_by_link(asked=Asked(person_called(name), ccg))
    with days_ago(90), by(AMARA) as amara:
        name_contact(
            by=amara, party=team, role="quality_lead", person=person_called("Esme Hartley"),
            deputy=person_called("Carys Lindqvist"),
        )  # fmt: skip
        confirm_all(by=amara, party=team)
    with days_ago(1), by("Farid Rahimi") as farid:
        say_away(
            by=farid, person=person_called("Esme Hartley"), starts_on=clock.today(),
            ends_on=clock.today() + timedelta(days=12),
        )  # fmt: skip


def overdue() -> None:
    """With Elmsworth CCG: its review was due five weeks ago, and nobody has recorded one."""
    signed_on = clock.today() - timedelta(days=400)
    agreement = registered(
        OUT_OF_HOURS, "Elmsworth CCG", "Soren Bakke", signed_on=signed_on, ago=25
    )
    with days_ago(20), by(AMARA) as amara:
        say_of_copy(by=amara, copy=agreement.registered_copy, agrees=True)


def held_twice() -> None:
    """With Denewick CCG: one review confirmed, the next one recorded and not yet confirmed, with
    which what was reviewed by hand before it lapsed."""
    signed_on = clock.today() - timedelta(days=760)
    agreement = registered(
        NURSING_HOMES, "Denewick CCG", "Quentin Moss", signed_on=signed_on, ago=24
    )
    first = Outcome(
        held_on=signed_on + timedelta(days=370), outcome=Review.Outcome.CONTINUE,
        next_on=signed_on + timedelta(days=730),
        note="Referrals work well. The list of homes is brought up to date each spring.",
    )  # fmt: skip
    with days_ago(23), by("Quentin Moss") as quentin:
        review = record_review(by=quentin, agreement=agreement, number=1, said=first)
    with days_ago(20), by(AMARA) as amara:
        say_of_copy(by=amara, copy=agreement.registered_copy, agrees=True)
        say_of_review(by=amara, review=review, agrees=True)
    with days_ago(18), by("Quentin Moss") as quentin:
        say_by_hand(
            by=quentin, agreement=agreement, clauses=["improvement-plans"],
            reviewed_on=clock.today(), found="No practice of ours needed a plan this year.",
        )  # fmt: skip
    second = Outcome(
        held_on=clock.today() - timedelta(days=8), outcome=Review.Outcome.VARY,
        next_on=clock.today() + timedelta(days=357),
        note="The two new homes in the east are to be added.",
    )  # fmt: skip
    with days_ago(6), by(AMARA) as amara:
        record_review(by=amara, agreement=agreement, number=2, said=second)


def registered(title: str, ccg: str, manager: str, *, signed_on: date, ago: int) -> Agreement:
    """A signed MoU from before the portal, with every contact named."""
    team = {"mou_manager": AMARA, "responsible_officer": "Dmitri Novak",
            "quality_lead": "Esme Hartley", "primary_liaison": "Carys Lindqvist"}  # fmt: skip
    theirs = dict.fromkeys(("mou_manager", "primary_liaison", "lead_clinician"), manager)
    with days_ago(ago), by(manager) as who:
        agreement = register_signed(
            by=who,
            template_version=bilateral(),
            title=title,
            organisations={
                "area_team": organisation_called(AREA_TEAM),
                "ccg": organisation_called(ccg),
            },
            file=signed_paper(title, AREA_TEAM, ccg, signed_on=signed_on, agreed=AGREED[title]),
            signed_on=signed_on,
            review_on=signed_on + timedelta(days=365),
            contacts={"ccg": _named(theirs)},
        )
    with days_ago(ago), by(AMARA) as amara:
        name_contacts(by=amara, agreement=agreement, contacts={"area_team": _named(team)})
    return agreement


def _named(roles: dict[str, str]) -> dict[str, dict[str, int]]:
    return {role: {"person": person_called(name).pk} for role, name in roles.items()}
