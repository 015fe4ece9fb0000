"""Somebody of a CCG who leaves in two days: what she held is with who follows."""

from __future__ import annotations

from datetime import timedelta

from house import clock
from mou_portal.demonstration.acts import by, days_ago
from parties.models import Departure, Organisation, Person, Team
from parties.services.groups import add_member
from parties.services.leaving import Successors, leave
from parties.services.people import add_person

LOWRI = "Lowri Vaughan"
NAME = "Imogen Tarn"


def load() -> None:
    """Of Aldermoor CCG, unless she has left already."""
    press = Team.objects.filter(purpose=Team.Purpose.PRESS, organisation__ods_code="90A").first()
    if press is None or Departure.objects.exists():
        return
    _comes(press)
    with days_ago(6), by(LOWRI) as lowri:
        follows = Person.objects.get(name="Greta Holm")
        leave(
            by=lowri, organisation=_of(press), person=Person.objects.get(name=NAME),
            last_day=clock.today() + timedelta(days=2), successors=Successors(rest=follows),
        )  # fmt: skip


def _comes(press: Team) -> None:
    with days_ago(200), by(LOWRI) as lowri:
        somebody = add_person(
            by=lowri, organisation=_of(press), name=NAME,
            email="imogen.tarn@aldermoor-ccg.example", title="Contracts officer",
        )  # fmt: skip
        add_member(by=lowri, team=press, person=somebody)


def _of(press: Team) -> Organisation:
    return Organisation.objects.named().get(pk=press.organisation_id)
