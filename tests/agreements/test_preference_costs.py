"""What the page of reminders asks of the database: as much for several agreements as for one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from commitments.services.recording import record_action
from deadlines.coming import NEXT
from deadlines.kinds import kinds
from deadlines.models import Reminder
from house import clock
from meetings.models import Series
from meetings.services.scheduling import schedule_meeting
from meetings.services.series import make_series
from tests.agreements.contacted import ASKED_BY, with_contacts
from tests.agreements.reviewed import on
from tests.cast import Cast, acting
from tests.communications import desk
from tests.conftest import ClientOf
from tests.costs import BUDGET, queries_at, with_many
from tests.disagreements import at_managers
from tests.reading import words_at

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 3)
# Contacts are asked near their date alone.
DAYS = {"contacts_confirmed": ASKED_BY - timedelta(days=20)}
PATH = "/account/mail/"
# A disagreement waits for the other party.
OF_OTHERS = "escalation_waits"
KINDS = ("review", "contacts_confirmed", "role_vacant", "action", "meeting", "meetings_owed",
         "press_share_by", "announcement_release", OF_OTHERS)  # fmt: skip


def with_everything_due(cast: Cast, number: int) -> None:
    """An agreement of which people are reminded in every way."""
    agreement = with_contacts(cast, number, area_team_quality_lead=None)
    by, series = acting(cast.manager), Series.objects.filter(serves__agreement=agreement)
    with on(TODAY):
        due = clock.today() + timedelta(days=20)
        owner = agreement.parties.get(slot="area_team")
        record_action(by=by, agreement=agreement, what="Send it", owner=owner, due_on=due)
        schedule_meeting(by=by, series=series.get(purpose="wider"), day=due)
        desk.planned(cast, agreement, hours=400, by=cast.manager)
        at_managers(cast, agreement)


def keep(wanted: Iterable[Reminder]) -> None:
    """Nothing else comes next."""
    Reminder.objects.update(state=Reminder.State.NOT_NEEDED)
    ids = [reminder.pk for reminder in wanted]
    Reminder.objects.filter(pk__in=ids).update(state=Reminder.State.PENDING)


def coming(kind: str) -> list[Reminder]:
    return list(Reminder.objects.filter(deadline__kind=kind, send_at__gt=clock.now()))


def costs(client_of: ClientOf, cast: Cast) -> dict[str, int]:
    """Kind -> what the page asks while nothing else comes next."""
    found = {}
    for kind in KINDS:
        client = client_of(cast.other_manager if kind == OF_OTHERS else cast.manager)
        with on(DAYS.get(kind, TODAY)):
            keep(coming(kind))
            found[kind] = queries_at(client, PATH)
            page = words_at(client, PATH)
        assert f"Reminder {kinds()[kind].one} " in page, kind
    return found


def test_more_reminders_of_a_kind_cost_no_more(cast: Cast, client_of: ClientOf) -> None:
    with_everything_due(cast, 1)
    one = costs(client_of, cast)
    for number in range(2, NEXT + 1):
        with_everything_due(cast, number)
    several = costs(client_of, cast)
    assert one == several
    assert max(several.values()) <= BUDGET


@pytest.mark.parametrize(
    "mixed",
    [
        ("review", "meeting"),
        ("contacts_confirmed", "role_vacant"),
        ("action", "meetings_owed"),
        ("press_share_by", OF_OTHERS),
    ],
)
def test_different_kinds_of_several_agreements_stay_within_the_budget(
    cast: Cast, client_of: ClientOf, mixed: tuple[str, ...]
) -> None:
    assert len(mixed) == NEXT
    for number in range(1, NEXT + 1):
        with_everything_due(cast, number)
    with on(TODAY):
        of_each = [coming(kind) for kind in mixed]
        keep(found[len(found) * place // NEXT] for place, found in enumerate(of_each))
        assert queries_at(client_of(cast.manager), PATH) <= BUDGET


def test_ten_parties_cost_no_more_than_two(cast: Cast, client_of: ClientOf) -> None:
    client, by, counts = client_of(cast.manager), acting(cast.manager), []
    for others in (1, 9):
        agreement = with_many(cast, others)
        make_series(by=by, agreements=[agreement], name="All of us", cadence="monthly")
        record_action(
            by=by, agreement=agreement, what="Send it", owner=agreement.parties.all()[0],
            due_on=clock.today() + timedelta(days=20),
        )  # fmt: skip
        desk.planned(cast, agreement, hours=400, by=cast.manager)
        concerned = Reminder.objects.filter(deadline__concerned__reference=agreement.reference)
        keep(concerned.filter(send_at__gt=clock.now()))
        counts.append(queries_at(client, PATH))
        assert agreement.reference in words_at(client, PATH)
    assert counts[0] == counts[1] <= BUDGET
