"""Announcements of both sides: released in time and with short notice, shared, planned."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from agreements.models import Agreement
from communications.models import Announcement, Draft
from communications.queries.readers import Reader
from communications.services.outcomes import final_from, move_release, release, withdraw
from communications.services.planning import plan
from communications.services.reading import acknowledge, answer, comment, log_read
from communications.services.sharing import add_draft, share
from communications.services.teams import ask_team
from house import clock
from mou_portal.demonstration.acts import AMARA, by, days_ago
from mou_portal.demonstration.people import AREA_TEAM, organisation_called, person_called
from parties.models import Team

ALDERMOOR, ELMSWORTH = "Aldermoor CCG", "Elmsworth CCG"
CARYS, GRETA, ISLA = "Carys Lindqvist", "Greta Holm", "Isla Fernandes"


def load() -> None:
    """Makes them by the people who would, unless there are some already."""
    if Announcement.objects.exists():
        return
    _released_in_time()
    _released_with_short_notice()
    _withdrawn()
    _shared()
    _planned_for_two()
    _of_the_ccg()


def _released_in_time() -> None:
    with days_ago(64):
        report = _plan("publication", "General practice in the dales: a year on", _in(4))
        draft = _draft(report, "# A year on\n\nFifteen practices now open on **Saturdays**.")
        _share(draft, _person(ALDERMOOR, GRETA))
        _read(draft, GRETA)
        with by(GRETA) as greta:
            acknowledge(by=greta, draft=draft)
    with days_ago(60):
        _release(draft)


def _released_with_short_notice() -> None:
    with days_ago(25):
        at = clock.now() + timedelta(hours=10)
        flood = _plan("press_release", "Surgeries open after the flood", at)
        draft = _draft(flood, "All surgeries in **Aldermoor** are open again.")
        because = "The surgeries could say only this morning that they open."
        _share(draft, _person(ALDERMOOR, GRETA), because=because)
        _read(draft, GRETA)
    with days_ago(24):
        _release(draft)


def _withdrawn() -> None:
    with days_ago(16):
        visit = _plan("press_release", "A minister visits the dales", _in(6))
        _share(_draft(visit, "The minister will visit two surgeries."), _press(ALDERMOOR))
    with days_ago(12), by(CARYS) as carys:
        because = "The visit was called off."
        withdraw(by=carys, announcement=visit, because=because)


def _shared() -> None:
    """Draft 1 was read and commented on; draft 2 is not shared yet, and the release was moved."""
    with days_ago(3):
        clinic = _plan("press_release", "A new clinic for the northern dales", _in(5))
        first = _draft(clinic, "The clinic opens **in spring** with four nurses.")
        _share(first, _person(ALDERMOOR, GRETA), _press(ALDERMOOR))
    with days_ago(2):
        _read(first, GRETA)
        with by(GRETA) as greta:
            comment(by=greta, draft=first, text="Please name the surgeries that it replaces.")
        _ask_press_office(clinic)
    with days_ago(1), by(CARYS) as carys:
        text = "We will, in the second draft."
        answer(by=carys, draft=first, text=text, side=organisation_called(ALDERMOOR))
        because = "The builders hand over the keys a day later."
        move_release(by=carys, announcement=clinic, planned_for=_in(4), because=because)
        _draft(clinic, "The clinic opens **in spring**, in place of the surgeries in Hay and Dun.")


def _ask_press_office(announcement: Announcement) -> None:
    """Its answer is awaited before the release."""
    team = Team.objects.get(organisation=organisation_called(ALDERMOOR), purpose="press")
    with by(CARYS) as carys:
        ask_team(by=carys, announcement=announcement, team=team)


def _planned_for_two() -> None:
    with days_ago(4):
        _plan(
            "publication",
            "Winter plan for general practice",
            _in(13),
            touches=(ALDERMOOR, ELMSWORTH),
        )


def _of_the_ccg() -> None:
    with days_ago(1), by(ISLA) as isla:
        board = plan(
            by=isla, kind="press_release", title="Aldermoor's plan for longer opening",
            planned_for=_in(3, time(14)), agreements=_with(ALDERMOOR),
        )  # fmt: skip
        plan(
            by=isla, kind="publication", title="Aldermoor's annual report",
            planned_for=_in(21), agreements=_with(ALDERMOOR),
        )  # fmt: skip
        text = "Aldermoor's surgeries will open **until eight** on two evenings."
        draft = add_draft(by=isla, announcement=board, text=text)
        share(by=isla, draft=draft, readers=[_person(AREA_TEAM, CARYS)])


# --- What they do -----------------------------------------------------------------------------


def _plan(
    kind: str, title: str, planned_for: datetime, touches: Iterable[str] = (ALDERMOOR,)
) -> Announcement:
    with by(CARYS) as carys:
        return plan(by=carys, kind=kind, title=title, planned_for=planned_for,
                    agreements=_with(*touches))  # fmt: skip


def _draft(announcement: Announcement, text: str) -> Draft:
    with by(CARYS) as carys:
        return add_draft(by=carys, announcement=announcement, text=text)


def _share(draft: Draft, *readers: Reader, because: str = "") -> None:
    with by(CARYS) as carys:
        share(by=carys, draft=draft, readers=readers, because=because)


def _read(draft: Draft, name: str) -> None:
    with by(name) as reader:
        log_read(by=reader, draft=draft, how="viewed")


def _release(draft: Draft) -> None:
    """As it was planned."""
    with by(AMARA) as amara:
        announcement = draft.announcement
        announcement.refresh_from_db()
        at = min(announcement.planned_for, clock.now())
        release(by=amara, announcement=announcement, released_at=at, **final_from(draft))


def _in(days: int, hour: time = time(9)) -> datetime:
    """A time in London so many days after the day that the clock shows."""
    return clock.london_instant(clock.today() + timedelta(days=days), hour)


def _with(*names: str) -> list[Agreement]:
    rows = Agreement.objects.filter(
        state=Agreement.State.IN_FORCE, parties__spells__organisation__names__name__in=names
    )
    return list(rows.order_by("reference"))


def _person(organisation: str, name: str) -> Reader:
    return Reader(organisation_called(organisation), person=person_called(name))


def _press(name: str) -> Reader:
    organisation = organisation_called(name)
    return Reader(organisation, team=Team.objects.get(organisation=organisation, purpose="press"))
