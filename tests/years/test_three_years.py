"""Three years of each of the five documents: the reminders that were worked out by hand, no other.

`expected.yaml` was committed before this was run. Time passes by `send_reminders --at`.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.mail import EmailMultiAlternatives
from django.core.management import call_command

from agreements.core.parties import parties_of
from agreements.library import library
from agreements.models import Agreement
from deadlines.models import DigestLine, Reminder
from deadlines.services.telling import digest_moment
from house.clock import london_day
from mail.models import Delivery
from mail.sweep import send_due
from tests.proof_plugin import Proof
from tests.years.lived import DAY, Told, begun, days_of, do_acts, life

pytestmark = pytest.mark.django_db
KEYS = (
    "area-team-and-ccg",
    "regional-team-and-committees",
    "area-team-and-several-ccgs",
    "ccg-and-federations",
    "practice-resilience",
    "regional-team-and-committees-left-alone",
)


@pytest.mark.proof("F15")
@pytest.mark.parametrize("key", KEYS)
def test_each_date_of_three_years_is_told_once_and_none_after_the_end(
    key: str, proof: Proof, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    of = life(key)
    agreement = begun(of)
    until = of.signed + timedelta(days=3 * 365 + 1)
    every = [of.signed + n * DAY for n in range((until - of.signed).days)]
    days = every if proof.size(small=0, full=1) else days_of(of, agreement, until)
    told: list[Told] = []
    for day in days:
        call_command("send_reminders", "--at", f"{day}T09:05", stdout=StringIO())
        send_due(at=digest_moment(day))
        told += _told(agreement, day)
        each_got = Counter(mail.to[0] for mail in mailoutbox)
        assert max(each_got.values(), default=1) == 1, f"{day}: {each_got.most_common(1)}"
        do_acts(of, agreement, day)
        mailoutbox.clear()
    expected = of.told_in(agreement)
    lacking, more = Counter(expected) - Counter(told), Counter(told) - Counter(expected)
    found = (
        f"{key}: {len(told)} reminders in three years; lacking {_listed(lacking) or 'none'}, "
        f"too many {_listed(more) or 'none'}"
    )
    proof.shows(found, reached=not lacking and not more)
    agreement.refresh_from_db()
    assert (agreement.last_day if agreement.is_over else None) == of.ended


def _told(agreement: Agreement, day: date) -> list[Told]:
    """The reminders that were sent since it was asked last."""
    rows = Delivery.objects.filter(kind="reminder", state=Delivery.State.SENT)
    party = {each.organisation.pk: each.key for each in parties_of(agreement)}
    reminders = Reminder.objects.select_related("deadline").in_bulk(
        [row.context["reminder"] for row in rows]
    )
    found = []
    for row in rows:
        reminder = reminders[row.context["reminder"]]
        kind, offset = reminder.deadline.kind, reminder.offset
        found.append((day, kind, offset, party[row.organisation_id or 0]))
    rows.update(state=Delivery.State.LEFT_OUT)  # counted
    for line in DigestLine.objects.select_related("reminder__deadline"):
        told = line.reminder
        if told.taken_up_at and london_day(told.taken_up_at) == day:
            found.append((day, told.deadline.kind, told.offset, party[line.organisation_id or 0]))
    return found


def _listed(found: Counter[Told]) -> str:
    return "; ".join(f"{on} {kind} {offset} {party}" for on, kind, offset, party in sorted(found))


@pytest.mark.parametrize("key", KEYS)
def test_each_listed_reminder_rests_on_a_clause_of_the_text(key: str) -> None:
    of = life(key)
    assert of.clauses <= {clause.key for clause in library()[of.template].clauses}
