"""What a reminder of each kind costs, and that many ask for no more than one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from agreements.changes.due import EXTENSION_DECISION, EXTENSION_SCHEDULE
from agreements.changes.services.answering import answer_change
from agreements.changes.services.effect import lock_to_change, stand
from agreements.changes.services.opening import propose_end, record_event
from agreements.core.due import key_of
from agreements.models import Agreement, Party, TemplateVersion
from agreements.planning.services import plan_agreement
from agreements.retention.services.keeping import keep_longer
from agreements.versions.services.approving import record_approval
from commitments.logs.said import Said
from commitments.logs.services.recording import record_entry
from commitments.owed.said import When
from commitments.owed.services.recording import record_commitment
from commitments.services.recording import record_action
from communications.heads_ups.services.giving import Content, give
from communications.services.planning import plan
from communications.services.sharing import add_draft
from communications.services.teams import ask_team
from deadlines.kinds import kinds
from deadlines.models import Deadline, Reminder
from deadlines.services.setting import For, set_deadline
from deadlines.sweep import take_up
from escalations.concerns.services.actions import add_action
from escalations.concerns.services.opening import open_concern
from house import clock
from house.once import read_together
from mail.kinds import compose, read_ahead
from mail.models import Delivery
from meetings.models import Series
from parties.models import Team
from performance.services.consulting import consult
from performance.services.recording import record_request
from performance.services.steps import acknowledge
from reports.due import report_sent, set_report_due
from reports.models import Report
from reports.queries import others_in
from reports.rules import last_over
from tests.agreements.contacted import ASKED_BY, with_contacts
from tests.agreements.listed import add
from tests.agreements.planned import body_of, meets
from tests.agreements.reviewed import on, reviewed
from tests.agreements.sharing import shared
from tests.cast import Cast, acting, person_of
from tests.disagreements import at_managers
from tests.meetings.stage import scheduled
from tests.once import made_once
from tests.setting_up import library_template
from tests.stages import approve, ask, drafted, sent

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
SEVERAL = 3
# Queries of one reminder, with the two that begin and end its transaction. Where there are more
# than twelve, several rooms are asked who is told.
MOST = {
    "action": 12,
    "agreement_end": 12,
    "announcement_release": 14,
    # Its link is made anew, and the other parties are named.
    "announcement_team": 14,
    "approval_awaited": 14,
    "change_to_answer": 12,
    "changes_asked": 14,
    # Who takes it forward is one more, and which e-mail of the day it goes into.
    "commitment": 15,
    # Whether each who is asked can still be told is one more.
    "concern_action": 12,
    "contacts_confirmed": 13,
    # Which record it is is one more.
    "data_sharing_review": 13,
    # Which document of the list it is is one more.
    "document_promised": 13,
    "document_review": 13,
    "escalation_waits": 15,
    "extension_decision": 12,
    "heads_up_sending": 14,
    # Whose request it is, and of which text its standard, are two more.
    "foi_decision": 14,
    "foi_view": 14,
    "left_open": 12,
    "meeting": 12,
    # Under which of its agreements a series lacks a meeting is one more.
    "meetings_owed": 13,
    # Which date it comes before is one more, and who is secretary there another.
    "no_meeting_left": 14,
    "paper_due": 14,
    # Which clause says who owes it is one more.
    "performance_report": 13,
    "press_share_by": 15,
    "request_acknowledge": 14,
    "request_answer": 14,
    "report_remark": 12,
    "retention": 12,
    "review": 12,
    # Which risk it is, and how often it was looked at, is one more.
    "risk_review": 13,
    "review_to_confirm": 12,
    "role_vacant": 12,
    "signature_awaited": 12,
}


def _make(cast: Cast) -> Agreement:
    """Several of everything that people are reminded of."""
    _asks_for_reports(library_template(cast))
    agreements = [
        with_contacts(cast, number, ccg_lead_clinician=None, area_team_quality_lead=None)
        for number in range(1, SEVERAL + 1)
    ]
    with on(DAY):
        meets(cast, body_of(cast.ccg, papers_days=None), ASKED_BY + timedelta(days=25))
        for agreement in agreements:
            _begin(cast, agreement)
            _papers(agreement)
    for number in range(SEVERAL + 1, 2 * SEVERAL + 1):
        _has_ended(cast, with_contacts(cast, number))
    return agreements[0]


def _asks_for_reports(version: TemplateVersion) -> None:
    clause = version.clauses.get(key="twice-yearly-meeting")
    clause.bindings, clause.owed_by = [*clause.bindings, "performance_report"], ["ccg"]
    clause.save()


def _reports(agreement: Agreement, soon: date) -> None:
    """One that is to be made, and one that waits for a remark."""
    set_report_due(agreement, last_over(DAY))
    before = last_over(DAY).moved(-1)
    found = Report.objects.create(
        organisation=agreement.parties.get(slot="area_team").organisation, scope="agreement",
        agreement=agreement, subject=f"agreement:{agreement.pk}", since=before.first,
        until=before.last, state="sent", sendings=1, sent_at=clock.now(), remarks_by=soon,
        made_at=clock.now(), made_by=agreement.created_by,
    )  # fmt: skip
    report_sent(found, agreement, others_in(found))


def _has_ended(cast: Cast, agreement: Agreement) -> None:
    """With an action that is open, and kept longer than it must be."""
    with on(DAY):
        by, owner = acting(cast.manager), agreement.parties.get(slot="ccg")
        record_action(by=by, agreement=agreement, owner=owner, what="Send it")
        event = record_event(by=by, agreement=agreement, on=DAY, because="It was housed.")
        answer_change(by=acting(cast.other_manager), change=event, agrees=True)
        agreement.refresh_from_db()
        later = DAY.replace(year=DAY.year + 8)
        keep_longer(by=by, agreement=agreement, until=later, because="For research.")


def _begin(cast: Cast, agreement: Agreement) -> None:
    by, owner = acting(cast.manager), agreement.parties.get(slot="ccg")
    soon = DAY + timedelta(days=30)
    record_action(
        by=by, agreement=agreement, owner=owner, what="Send it", due_on=soon,
        person=person_of(cast.other_colleague),
    )  # fmt: skip
    record_commitment(
        by=by, agreement=agreement, what="Send the list", owed_by=owner,
        when=When("once", due_on=soon),
    )  # fmt: skip
    record_entry(by=by, agreement=agreement, kind="risk", said=Said("A risk", DAY, review_on=soon))
    concern = open_concern(
        by=by, agreement=agreement, practice_name="Beckside", source="cqc", severity="low",
        known="Two doors were locked.",
    )  # fmt: skip
    add_action(by=by, concern=concern, what="Open them", due_on=soon, sees_to_it=by.who)
    announcement = plan(
        by=by, kind="press_release", title=agreement.title, agreements=[agreement],
        planned_for=clock.now() + timedelta(days=300),
    )  # fmt: skip
    add_draft(by=by, announcement=announcement, text="A draft.")
    team = Team.objects.create(
        organisation=by.on_behalf_of, purpose="press", name=f"Press {agreement.reference}",
        address=f"press-{agreement.pk}@moors.example",
    )  # fmt: skip
    ask_team(by=by, announcement=announcement, team=team)
    give(
        by=by, agreements=[agreement], planned_for=clock.now() + timedelta(days=300),
        content=Content("practices", agreement.title, "A message.", "All practices"),
    )  # fmt: skip
    _asked(cast, agreement, owner)
    at_managers(cast, agreement)
    _ends(cast, agreement, soon)
    _reports(agreement, soon)
    add(cast.manager, agreement, review_on=soon)
    add(cast.manager, agreement, "Terms of reference", link="", follows_by=soon)
    shared(cast.manager, agreement, review_on=soon, agreed_on=DAY)
    scheduled(cast.manager, Series.objects.filter(serves__agreement=agreement)[0], soon)
    reviewed(cast.manager, agreement, DAY, DAY + timedelta(days=365))
    version = sent(cast, drafted(cast, source=agreement.template_version))
    approve(cast.manager, version)
    ask(cast.manager, version, cast.signatory, because="Agreed.")
    record_approval(
        by=acting(cast.other_manager), decision="subject_to_changes", decided_on=clock.today(),
        version=sent(cast, drafted(cast, source=agreement.template_version)),
        changes_asked="One word.",
    )  # fmt: skip


def _asked(cast: Cast, agreement: Agreement, owner: Party) -> None:
    """A query with a day promised, one by a standard, and a view that is awaited."""
    by, ours = acting(cast.manager), agreement.parties.get(slot="area_team")
    said: dict[str, Any] = {"agreement": agreement, "kind": "query", "subject": "How many"}
    query = record_request(by=by, asked_of=owner, asked_by=ours, **said)
    promised = DAY + timedelta(days=30)
    acknowledge(by=acting(cast.other_manager), request=query, until=promised)
    set_deadline(
        kind="request_acknowledge", subject_key=key_of(query), due_on=promised,
        schedule=["days:0"], references=[agreement.reference],
        holders=[For(owner.organisation, role="manager")],
    )  # fmt: skip
    consult(
        by=by, agreement=agreement, reference="FOI 1", subject="Payments", asked_of=ours,
        source=owner, view_by=DAY + timedelta(days=20),
    )  # fmt: skip


def _ends(cast: Cast, agreement: Agreement, soon: date) -> None:
    """The parties are to decide on an extension, and one has proposed an end."""
    propose_end(by=acting(cast.manager), agreement=agreement, on=soon, because="Done.")
    found = lock_to_change(agreement)
    found.end_on = soon
    found.save()
    stand(found)
    set_deadline(
        kind=EXTENSION_DECISION, subject_key=key_of(found), due_on=soon,
        schedule=EXTENSION_SCHEDULE, references=[found.reference],
        holders=[For(party.organisation, role="manager") for party in found.sides],
    )  # fmt: skip


def _papers(agreement: Agreement) -> None:
    """A body meets before one date, and after another."""
    for days in (10, 30):
        set_deadline(
            kind=EXTENSION_DECISION, subject_key=key_of(agreement), occurrence=str(days),
            due_on=ASKED_BY + timedelta(days=days), references=[agreement.reference],
            holders=[For(party.organisation, role="manager") for party in agreement.sides],
        )  # fmt: skip
    plan_agreement(agreement.reference)


made, cast = made_once(_make)


def due_now(kind: str, number: int) -> None:
    """One reminder each of so many deadlines of the kind is due, and nothing else is."""
    pending = Reminder.objects.filter(state=Reminder.State.PENDING)
    of_kind = pending.filter(deadline__kind=kind).order_by("deadline", "send_at", "pk")
    first: dict[str, int] = {}
    for pk, subject in of_kind.values_list("pk", "deadline__subject_key"):
        first.setdefault(subject, pk)
    chosen = list(first.values())[:number]
    now, later = clock.now(), clock.now() + timedelta(days=1)
    pending.exclude(pk__in=chosen).update(next_try=later, send_at=later)
    pending.filter(pk__in=chosen).update(next_try=now, send_at=now)
    Delivery.objects.all().delete()


def queries_of(kind: str, number: int) -> tuple[list[str], list[str]]:
    """For taking so many up, and for composing their e-mails as a sender does."""
    with transaction.atomic(), on(ASKED_BY):
        due_now(kind, number)
        with CaptureQueriesContext(connection) as to_take_up:
            told = take_up(number)
        mails = list(Delivery.objects.filter(kind="reminder"))
        with CaptureQueriesContext(connection) as to_compose, read_together():
            read_ahead([mail.context for mail in mails])
            subjects = [compose(mail.kind, mail.context).subject for mail in mails]
        transaction.set_rollback(True)
    assert (len(told), told[0]) == (number, True)
    # What is gathered goes in the e-mail of the day.
    assert subjects or kinds()[kind].gathered
    return _said(to_take_up), _said(to_compose)


def _said(queries: CaptureQueriesContext) -> list[str]:
    return [query["sql"].split()[0] for query in queries]


@pytest.mark.parametrize("kind", MOST)
def test_many_reminders_ask_for_as_much_as_one(cast: Cast, kind: str) -> None:
    (one, its_mails), (several, their_mails) = queries_of(kind, 1), queries_of(kind, SEVERAL)
    assert len(one) <= MOST[kind]
    # What came of it is written once for those who were told and once for the others.
    assert one.count("SELECT") == several.count("SELECT")
    assert len(several) <= len(one) + 1
    assert len(its_mails) >= len(their_mails)


def test_every_kind_has_its_measure() -> None:
    assert {kind.key for kind in kinds().values() if kind.reminds} == MOST.keys()


def test_to_look_when_nothing_is_due_is_one_query(cast: Cast) -> None:
    due_now("review", 0)
    with CaptureQueriesContext(connection) as asked:
        assert take_up(20) == []
    assert _said(asked) == ["SAVEPOINT", "SELECT", "RELEASE"]


def test_what_nobody_needs_any_more_asks_for_nothing_else(cast: Cast) -> None:
    due_now("review", SEVERAL)
    Deadline.objects.filter(kind="review").update(state="met", closed_at=clock.now())
    with CaptureQueriesContext(connection) as asked:
        assert take_up(SEVERAL) == [False] * SEVERAL
    assert _said(asked) == ["SAVEPOINT", "SELECT", "SELECT", "UPDATE", "RELEASE"]
