"""What the other rooms keep of the MoU that `full` makes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from agreements.associated.said import Brought
from agreements.by_hand.services import say_by_hand, take_back
from agreements.data_sharing.said import End
from agreements.data_sharing.services import end_sharing, review_sharing, say_of_sharing
from agreements.emails.services import enter_in_error, say_of_email
from agreements.models import Agreement, InboundEmail
from commitments.logs.said import Said
from commitments.logs.services.recording import close_risk, record_entry
from commitments.logs.services.references import Reference
from commitments.logs.services.reviewing import review_risk
from commitments.models import Action
from commitments.owed.services.judging import occurrence_in_error, say_of_occurrence
from commitments.owed.services.occurrences import SaidOf, record_standing
from commitments.owed.services.recording import end_commitment, record_commitment
from communications.heads_ups.services.outcomes import mark_sent, move_sending
from communications.heads_ups.services.telling_more import say_told
from communications.models import Announcement, OwedTo
from communications.services.teams import answer_as_team, ask_team
from documents.storage import store
from documents.uploads import BroughtPdf
from escalations.concerns.services.actions import close_action
from escalations.models import ConcernAction
from house import clock
from meetings.models import Meeting
from performance.services.recording import record_request
from performance.services.steps import answer
from reports.rules import Quarter
from reports.services.drafting import draft_report, write_improvements
from reports.services.sending import remark, send
from tests.agreements.sharing import shared
from tests.cast import Cast, acting
from tests.communications import desk, telling
from tests.concerns import shared as shared_concern
from tests.emails import eml, put
from tests.pdf import a_pdf


def owed(cast: Cast, agreement: Agreement) -> None:
    """By a party with what shows it, and by somebody outside."""
    by, others = acting(cast.manager), acting(cast.other_manager)
    said: dict[str, Any] = {"by": by, "agreement": agreement, "details": "All of them."}
    party = agreement.parties.get(slot="area_team")
    outside = record_commitment(**said, what="A plan", owed_by=None, outside="The council")
    end_commitment(by=by, commitment=outside, because="It came.")
    mine = record_commitment(**said, what="A list", owed_by=party)
    brought = Brought(BroughtPdf(a_pdf()), "list.pdf")
    for link in ("https://lists.example/1", "https://lists.example/2"):
        done = record_standing(
            by=by, commitment=mine,
            said=SaidOf("done", clock.today(), shown_by="The list.", link=link, brought=brought),
        )  # fmt: skip
        say_of_occurrence(by=others, said=done, agrees=False, because="It is the old one.")
        occurrence_in_error(by=by, said=done, because="It was.")


def logged(cast: Cast, agreement: Agreement) -> None:
    """Whom a party asked, and a risk that was looked at and closed."""
    by: dict[str, Any] = {"by": acting(cast.manager), "agreement": agreement}
    said = Said("Opening hours", clock.today(), "Later.", groups="Patients", mechanism="By post")
    record_entry(kind="engagement", said=said, **by)
    reference = Reference("R-17", "https://risks.example/17")
    risk = record_entry(
        kind="risk", said=Said("Too few nurses", clock.today()), reference=reference, **by
    )
    review_risk(by=by["by"], entry=risk, reviewed_on=clock.today(), found="It holds.")
    close_risk(by=by["by"], entry=risk, because="Two were found.")


def data_shared(cast: Cast, agreement: Agreement) -> None:
    """By the law of its time, with somebody outside; said to be not right, and ended."""
    own, outside = End(agreement.parties.get(slot="area_team")), End(None, "The council")
    record = shared(
        cast.manager, agreement, sender=outside, receiver=own, law="dpa_1998", basis="",
        special="", conditions="Schedule 2, 5(d)", confidentiality="Implied", dpia="12",
    )  # fmt: skip
    review_sharing(
        by=acting(cast.manager), record=record, edit_no=1, reviewed_on=clock.today(), note="Held."
    )
    theirs = acting(cast.other_manager)
    say_of_sharing(by=theirs, record=record, edit_no=2, agrees=False, because="Never.")
    end_sharing(by=acting(cast.manager), record=record, because="Over.", ended_on=clock.today())


def asked(cast: Cast, agreement: Agreement) -> None:
    """By somebody outside, and answered."""
    request = record_request(
        by=acting(cast.manager), agreement=agreement, kind="query", subject="Which surgeries?",
        asked_of=agreement.parties.get(slot="area_team"), asker="The council", details="By name.",
    )  # fmt: skip
    answer(by=acting(cast.manager), request=request, text="All of them.")


def told(cast: Cast, agreement: Agreement) -> None:
    """A heads-up that was moved, and told by telephone too."""
    by = acting(cast.colleague)
    heads_up = telling.given(cast, agreement, channel="Bulletin")
    later = heads_up.planned_for + timedelta(hours=1)
    move_sending(by=by, heads_up=heads_up, planned_for=later, because="A bank holiday.")
    owed_to = OwedTo.objects.filter(concerned__heads_up=heads_up)[0]
    say_told(by=by, owed=owed_to, at=clock.now(), how="By telephone.")
    heads_up.refresh_from_db()
    mark_sent(by=by, heads_up=heads_up, sent_at=clock.now(), because="It could not wait.")


def team_asked(cast: Cast, announcement: Announcement) -> None:
    """It objects; the release goes ahead."""
    team = desk.press_team(cast.ccg, [cast.other_colleague])
    row = ask_team(by=acting(cast.colleague), announcement=announcement, team=team)
    answer_as_team(by=acting(cast.other_colleague), asked=row, answer="objects", words="Too soon.")


def feared(cast: Cast, agreement: Agreement) -> None:
    """A practice concern that was shared, with what was done about it."""
    concern = shared_concern(cast, at_risk=[agreement.parties.get(slot="ccg")])
    for action in ConcernAction.objects.filter(concern=concern):
        close_action(
            by=acting(cast.manager), action=action, as_what="done", evidence="They rang.",
            done_on=clock.today(),
        )  # fmt: skip


def looked(cast: Cast, agreement: Agreement) -> None:
    """A clause that was reviewed by hand, and taken back."""
    by = acting(cast.manager)
    [look] = say_by_hand(
        by=by, agreement=agreement, clauses=["improvement-plans"], reviewed_on=clock.today(),
        found="All of them were on file.",
    )  # fmt: skip
    take_back(by=by, look=look, because="It was another MoU.")


def reported(cast: Cast, agreement: Agreement) -> None:
    """A quarter, with a remark of the other party."""
    report = draft_report(
        by=acting(cast.manager), agreement=agreement, quarter=Quarter(date(2015, 7, 1))
    )
    write_improvements(by=acting(cast.manager), report=report, edit_no=0, text="Ask sooner.")
    report.refresh_from_db()
    send(by=acting(cast.manager), report=report, remarks_by=clock.today() + timedelta(days=9))
    report.refresh_from_db()
    remark(by=acting(cast.other_manager), report=report, text="We asked in time.")


def emailed(cast: Cast, agreement: Agreement) -> None:
    """On an action, a meeting and an announcement; and one that came by itself."""
    by, others = acting(cast.manager), acting(cast.other_manager)
    first = put(by, "action", Action.objects.get(), eml(files={"plan.pdf": a_pdf()}))
    say_of_email(by=others, email=first, agrees=False, because="We did not write that.")
    enter_in_error(by=by, email=first, because="It is another one.")
    put(by, "meeting", Meeting.objects.filter(state="held")[0])
    put(acting(cast.colleague), "announcement", Announcement.objects.get())
    InboundEmail.objects.create(
        agreement=agreement, organisation=cast.area_team, digest="0" * 64, subject="The lists",
        sender_name="Petra Partner", sender_address="petra@partner.example", text="Here they are.",
        because="The portal does not know its sender.", came_at=clock.now(),
        file=store(b"Here they are.", name="lists.eml", content_type="message/rfc822"),
    )  # fmt: skip
