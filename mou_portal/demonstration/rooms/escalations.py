"""Disagreements with Aldermoor CCG: one settled by the MoU managers, one further up."""

from __future__ import annotations

from agreements.contacts.services.newcomers import Newcomer
from agreements.models import Agreement
from escalations.models import Disagreement, Step
from escalations.services.naming import name_person
from escalations.services.noting import add_note, ask_advice, record_advice, say_wanted
from escalations.services.opening import open_disagreement
from escalations.services.settling import accept, propose, take_up
from house import clock
from mou_portal.demonstration.acts import AMARA, by, days_ago
from mou_portal.demonstration.people import LMC, person_called
from parties.models import Person

GRETA, CARYS, ISLA = "Greta Holm", "Carys Lindqvist", "Isla Fernandes"
WORKING, MANAGERS, RESPONSIBLE = "working_level", "mou_managers", "those_responsible"


def load() -> None:
    """Makes both, unless there are some already."""
    agreement = Agreement.objects.filter(
        parties__spells__organisation__names__name="Aldermoor CCG",
        state=Agreement.State.IN_FORCE,
    ).first()
    if agreement and not agreement.disagreements.exists():
        settled(agreement)
        under_way(agreement)


def settled(agreement: Agreement) -> None:
    """About who writes to practices first: settled by the two MoU managers."""
    with days_ago(120):
        disagreement = _opened(
            agreement, CARYS, "Who writes first to practices about opening hours",
            "We send our letter when it is ready. The CCG hears of it on the same day.",
        )  # fmt: skip
    with days_ago(118):
        _named(GRETA, disagreement, WORKING, person_called(ISLA))
    with days_ago(117), by(ISLA) as isla:
        say_wanted(
            by=isla, disagreement=disagreement,
            text="We want to hear of a letter three working days before practices do.",
        )  # fmt: skip
    with days_ago(110):
        _taken_up(ISLA, disagreement, MANAGERS, "Neither of us can decide this for all letters.")
    with days_ago(104):
        _proposed(AMARA, disagreement, "The CCG hears of each letter one working day before.")
    with days_ago(101):
        proposal = _proposed(
            GRETA, disagreement,
            "The CCG hears of each letter two working days before it goes. Urgent letters go at "
            "once, and the CCG hears of them by telephone.",
        )  # fmt: skip
    with days_ago(99), by(AMARA) as amara:
        accept(by=amara, proposal=proposal)


def under_way(agreement: Agreement) -> None:
    """About the cost of locum cover: with those responsible, one of whom has no account."""
    with days_ago(41):
        disagreement = _opened(
            agreement, GRETA, "Cost of cover for training afternoons",
            "The Area Team pays for the out-of-hours cover on training afternoons, as last year.",
        )  # fmt: skip
    with days_ago(40):
        _named(AMARA, disagreement, WORKING, person_called(CARYS))
    with days_ago(38), by(CARYS) as carys:
        say_wanted(
            by=carys, disagreement=disagreement,
            text="The cost is shared equally. The budget of last year has ended.",
        )  # fmt: skip
    with days_ago(33):
        _taken_up(GRETA, disagreement, MANAGERS, "It is about money that we do not hold.")
    _asked_for_advice(disagreement)
    with days_ago(12):
        _taken_up(AMARA, disagreement, RESPONSIBLE, "The budget is decided above both of us.")
    _those_responsible(disagreement)


def _those_responsible(disagreement: Disagreement) -> None:
    director = Newcomer("Wilma Tarn", "wilma.tarn@aldermoor-ccg.example", "Director of Finance")
    with days_ago(11):
        _named(AMARA, disagreement, RESPONSIBLE, person_called("Dmitri Novak"))
        _named(GRETA, disagreement, RESPONSIBLE, director)
    with days_ago(9), by(AMARA) as amara:
        add_note(
            by=amara, disagreement=disagreement, own=True,
            text="We could go up to two thirds if cover is shared with the neighbouring area.",
        )  # fmt: skip
    with days_ago(4):
        _proposed(
            "Dmitri Novak", disagreement,
            "The Area Team pays half of the cover until March. From April each party pays for the "
            "afternoons that it asks for.",
        )  # fmt: skip


def _opened(agreement: Agreement, name: str, subject: str, wanted: str) -> Disagreement:
    with by(name) as who:
        return open_disagreement(by=who, agreement=agreement, subject=subject, wanted=wanted)


def _named(manager: str, disagreement: Disagreement, level: str, person: Person | Newcomer) -> None:
    with by(manager) as who:
        name_person(by=who, disagreement=disagreement, level=level, person=person)


def _taken_up(name: str, disagreement: Disagreement, target: str, because: str) -> None:
    disagreement.refresh_from_db()
    with by(name) as who:
        take_up(
            by=who, disagreement=disagreement, at_level=disagreement.level, target=target,
            because=because,
        )  # fmt: skip


def _proposed(name: str, disagreement: Disagreement, text: str) -> Step:
    disagreement.refresh_from_db()
    with by(name) as who:
        return propose(by=who, disagreement=disagreement, at_level=disagreement.level, text=text)


def _asked_for_advice(disagreement: Disagreement) -> None:
    disagreement.refresh_from_db()
    with days_ago(29), by(AMARA) as amara:
        asked = ask_advice(
            by=amara, disagreement=disagreement, at_level=MANAGERS, adviser=LMC,
            on=clock.today(), text="How do other areas share this cost?",
        )  # fmt: skip
    with days_ago(20), by(GRETA) as greta:
        record_advice(
            by=greta, asked=asked, on=clock.today(),
            text="Most areas share it equally between commissioners.",
        )  # fmt: skip
