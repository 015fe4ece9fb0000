"""Heads-ups of the Area Team: told in time under three agreements, sent first, one to come; a
decision of a CCG; feedback to a practice."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from itertools import islice

from agreements.models import Agreement
from communications.heads_ups.services.answering import acknowledge, acknowledge_by_link, link_for
from communications.heads_ups.services.feedback import give_feedback
from communications.heads_ups.services.giving import Content, give, record_sent_first
from communications.heads_ups.services.outcomes import mark_sent
from communications.models import HeadsUp, Told
from house import clock
from mail.models import Delivery
from mou_portal.demonstration.acts import AMARA, by, days_ago
from mou_portal.demonstration.neighbours import PRACTICE
from mou_portal.demonstration.people import AREA_TEAM, LMC, organisation_called

CARYS, GRETA, ISLA = "Carys Lindqvist", "Greta Holm", "Isla Fernandes"
ALL_PRACTICES = "All practices in the dales"
COMMITTEE = (LMC, "office@dales-lmc.example")


def load() -> None:
    """Makes them by the people who would, unless there are some already."""
    if HeadsUp.objects.exists():
        return
    _told_in_time()
    _sent_first()
    _to_come()
    _decision()
    _feedback()


def _told_in_time() -> None:
    with days_ago(34), by(CARYS) as carys:
        heads_up = give(
            by=carys, agreements=_three(), committee=COMMITTEE, planned_for=_in(2),
            content=Content(
                "practices", "New forms for the flu programme",
                "Practices send the **new forms** from October. The old ones are not paid.",
                ALL_PRACTICES, "By e-mail",
            ),
        )  # fmt: skip
        _e_mails_went(heads_up)
    with days_ago(33):
        told = {each.name: each for each in heads_up.told.select_related("heads_up")}
        acknowledge_by_link(link_for(told[LMC]))
        _acknowledge(heads_up, told)
    with days_ago(32), by(AMARA) as amara:
        mark_sent(by=amara, heads_up=heads_up, sent_at=clock.now())


def _acknowledge(heads_up: HeadsUp, told: dict[str, Told]) -> None:
    for name in (ISLA, GRETA):
        if name in told:
            with by(name) as reader:
                acknowledge(by=reader, heads_up=heads_up)


def _sent_first() -> None:
    with days_ago(15), by(CARYS) as carys:
        heads_up = record_sent_first(
            by=carys, agreements=_three(), sent_at=clock.now() - timedelta(minutes=50),
            because="A safety alert: practices had to stop using one batch at once.",
            content=Content(
                "practices", "Stop using one batch of a vaccine",
                "Set the batch aside. A driver collects it.", ALL_PRACTICES, "By e-mail",
            ),
        )  # fmt: skip
        _e_mails_went(heads_up)


def _to_come() -> None:
    with days_ago(1), by(CARYS) as carys:
        heads_up = give(
            by=carys, agreements=_three(), planned_for=_in(4),
            content=Content(
                "practices", "How practices are paid from April",
                "The letter explains the **three steps**, and whom to ask.",
                ALL_PRACTICES, "By letter",
            ),
        )  # fmt: skip
        _e_mails_went(heads_up)


def _decision() -> None:
    with days_ago(2), by(ISLA) as isla:
        aldermoor = organisation_called("Aldermoor CCG")
        own = Agreement.objects.filter(
            state=Agreement.State.IN_FORCE, parties__spells__organisation=aldermoor
        )
        heads_up = give(
            by=isla, agreements=list(own.order_by("reference")[:1]), planned_for=_in(9),
            content=Content(
                "wider_impact", "Evening clinics move to one place",
                "The governing body decides on one place for evening clinics. Practices near it "
                "will see more patients.", "Practices and the Area Team",
            ),
        )  # fmt: skip
        _e_mails_went(heads_up)


def _feedback() -> None:
    """To a practice that is no party, at its address; it said that it has read it."""
    with days_ago(6), by(CARYS) as carys:
        feedback = give_feedback(
            by=carys, agreement=_three()[0], practice=organisation_called(PRACTICE),
            address="manager@practice.example", title="Your plan for the telephones",
            text="The second line is a good step. Tell us in a month **how long** callers wait.",
        )  # fmt: skip
        _e_mails_went(feedback)
    with days_ago(5):
        acknowledge_by_link(link_for(feedback.told.select_related("heads_up").get()))


def _three() -> list[Agreement]:
    """The first three in force to which the Area Team is a party."""
    area_team = organisation_called(AREA_TEAM)
    rows = Agreement.objects.filter(
        state=Agreement.State.IN_FORCE, parties__spells__organisation=area_team
    )
    return list(islice(rows.order_by("reference"), 3))


def _e_mails_went(heads_up: HeadsUp) -> None:
    """Nothing is sent in a demonstration; these went two minutes later."""
    keys = [each.dedupe for each in heads_up.told.all()]
    went = {"state": Delivery.State.SENT, "next_try": None}
    at = clock.now() + timedelta(minutes=2)
    Delivery.objects.filter(dedupe__in=keys).update(sent_at=at, **went)


def _in(days: int, hour: time = time(9)) -> datetime:
    """A time in London so many days after the day that the clock shows."""
    return clock.london_instant(clock.today() + timedelta(days=days), hour)
