"""What a kept release holds besides the demonstration: whatever an upgrade may find half-way.

By the services alone, as the people would who do it.
"""

from __future__ import annotations

from datetime import time, timedelta

from agreements.contacts.services.naming import name_contact
from agreements.contacts.services.newcomers import Newcomer
from agreements.contacts.services.proposing import propose
from agreements.models import (
    Review,
    Template,
)
from agreements.reviews.services import Outcome, record_review
from agreements.signing.services.paper import confirm_paper
from agreements.templates.services.keeping import new_template_draft, publish, withdraw
from agreements.templates.services.people import let_edit
from agreements.versions.services.versions import recall
from commitments.owed.said import When
from commitments.owed.services.recording import record_commitment
from commitments.services.recording import record_action
from communications.queries.readers import Reader
from communications.services.outcomes import move_release
from communications.services.reading import comment
from communications.services.sharing import add_draft, share
from escalations.services.opening import open_disagreement
from house import clock
from meetings.models import Series
from meetings.services.recording import Account, record_elsewhere
from meetings.services.scheduling import schedule_meeting
from mou_portal.demonstration.acts import (
    AMARA,
    BRYN,
    ask,
    ask_and_sign,
    by,
    days_ago,
    drafted,
    frozen,
)
from mou_portal.demonstration.people import organisation_called, person_called
from mou_portal.demonstration.rooms.reviews import registered
from mou_portal.demonstration.rooms.templates import NAME as MADE_HERE
from parties.models import User
from parties.services.absences import say_away
from parties.services.inviting import invite
from performance.services.consulting import ask_what_is_meant, consult
from performance.services.recording import record_request
from performance.services.steps import acknowledge
from reports.rules import last_over
from reports.services.assuring import begin_assurance
from reports.services.drafting import draft_report
from tests.emails import put
from tests.portal.factor import with_app
from tests.upgrade import concerns, groups, telling
from tests.upgrade.steps import (
    ALDERMOOR,
    BRACKENFIELD,
    CALDERBROOK,
    CARYS,
    DENEWICK,
    ELMSWORTH,
    GRETA,
    ISLA,
    LOWRI,
    MIRELA,
    NIALL,
    OONA,
    PAVEL,
    QUENTIN,
    ROSA,
    SOREN,
    approved,
    in_days,
    in_force,
    on_paper,
    planned,
    sent_for_approval,
)  # fmt: skip


def before_the_year() -> None:
    """One more MoU in force: the Area Team signed it here, the CCG on paper."""
    with days_ago(20):
        version = approved(DENEWICK, QUENTIN, "Vaccination against influenza")
        ask_and_sign(version, AMARA, BRYN)
        paper = on_paper(ask(version, QUENTIN, ROSA), QUENTIN, ROSA)
    with days_ago(19), by(AMARA) as amara:
        confirm_paper(by=amara, paper=paper)


def six_days_before() -> None:
    """What people are reminded of on the last day, and on the morning after it."""
    sent_for_approval()
    agreement = in_force(ALDERMOOR)
    series = Series.objects.get(serves__agreement=agreement, purpose=Series.Purpose.WIDER)
    team, ccg = agreement.parties.get(slot="area_team"), agreement.parties.get(slot="ccg")
    with by(GRETA) as greta:
        open_disagreement(
            by=greta, agreement=agreement, subject="Who pays for interpreters",
            wanted="The Area Team pays for interpreters in surgeries.",
        )  # fmt: skip
        schedule_meeting(by=greta, series=series, day=in_days(14), time=time(14))
        # Isla has one e-mail a day: on the last day it waits for half past nine.
        for owner, name, days in ((team, CARYS, 7), (ccg, ISLA, 13)):
            record_action(
                by=greta, agreement=agreement, what=f"List {owner}'s training afternoons",
                owner=owner, person=person_called(name), due_on=in_days(days),
            )  # fmt: skip
        record_commitment(
            by=greta, agreement=agreement, what="Share the list of training practices",
            owed_by=team, when=When("once", due_on=in_days(12)),
        )  # fmt: skip
    planned("Flu clinics open", in_days(8))
    concerns.half_way(agreement)


def two_days_before() -> None:
    """Signatures asked for, which are chased after three days; a copy registered."""
    version = approved(ELMSWORTH, SOREN, "Health checks at forty")
    ask_and_sign(version, AMARA, BRYN)
    ask(version, SOREN, "Tamsin Reed")
    registered(
        "Care in nursing homes", CALDERBROOK, OONA,
        signed_on=clock.today() - timedelta(days=30), ago=0,
    )  # fmt: skip


def on_the_last_day() -> None:
    """What is new when the portal stops for the upgrade: nothing of it is sent or sealed yet."""
    texts_under_way()
    signatures_under_way()
    templates_under_way()
    people_under_way()
    announcement_under_way()
    telling.half_way()
    meetings_and_reviews()
    reports_under_way()
    requests_under_way()
    groups.half_way()


def texts_under_way() -> None:
    """A draft, a frozen version, and one that was recalled with a signature under it."""
    drafted(BRACKENFIELD, manager=MIRELA, title="Minor injuries")
    frozen(drafted(ELMSWORTH, manager=SOREN, title="Visits to homes"), "As we both read it.")
    version = approved(CALDERBROOK, OONA, "Interpreters in surgeries")
    ask_and_sign(version, AMARA, BRYN)
    with by(OONA) as oona:
        recall(by=oona, version=version, because="Sign language is missing.")


def signatures_under_way() -> None:
    """One asked for, one on paper that is not confirmed, and both given without a seal yet."""
    ask(approved(CALDERBROOK, OONA, "Care of carers"), OONA, PAVEL)
    version = approved(BRACKENFIELD, MIRELA, "Sharing of test results")
    on_paper(ask(version, MIRELA, NIALL), MIRELA, NIALL)
    version = approved(BRACKENFIELD, MIRELA, "Training of practice nurses")
    ask_and_sign(version, AMARA, BRYN)
    ask_and_sign(version, MIRELA, NIALL)


def templates_under_way() -> None:
    """A second version is published and a third one begun, with somebody let in to edit it.

    One that was made here has a version withdrawn, and is shared.
    """
    template = Template.objects.get(key="area-team-and-ccg")
    with by(AMARA) as amara:
        publish(by=amara, version=new_template_draft(by=amara, template=template))
        let_edit(by=amara, template=template, user=User.objects.get(person__name=MIRELA))
        new_template_draft(by=amara, template=template)
        made = Template.objects.get(name=MADE_HERE)
        withdraw(by=amara, version=made.versions.get(), because="The rota has changed.")
        new_template_draft(by=amara, template=made)


def people_under_way() -> None:
    """A contact without an account, one proposed, somebody invited, somebody away, a factor."""
    with by(GRETA) as greta:
        name_contact(
            by=greta,
            party=in_force(ALDERMOOR).parties.get(slot="ccg"),
            role="lead_clinician",
            person=Newcomer("Yusuf Brandt", "yusuf.brandt@aldermoor-ccg.example", "Lead Clinician"),
        )
        propose(
            by=greta,
            party=in_force(ALDERMOOR).parties.get(slot="area_team"),
            contacts={"responsible_officer": {"person": {"name": "Hanne Proposed"}}},
        )
    with by(LOWRI) as lowri:
        invite(
            by=lowri, organisation=organisation_called(ALDERMOOR), name="Zelda Quist",
            email="zelda.quist@aldermoor-ccg.example", roles=["viewer"],
        )  # fmt: skip
        say_away(
            by=lowri, person=person_called(GRETA), starts_on=clock.today(), ends_on=in_days(20)
        )
    with_app(User.objects.get(person__name=LOWRI))


def announcement_under_way() -> None:
    """Shared with a person, commented on, then moved."""
    announcement = planned("Two surgeries become one", in_days(12))
    with by(CARYS) as carys:
        draft = add_draft(by=carys, announcement=announcement, text="They move **in spring**.")
        reader = Reader(organisation_called(ALDERMOOR), person=person_called(ISLA))
        share(by=carys, draft=draft, readers=[reader])
    with by(ISLA) as isla:
        comment(by=isla, draft=draft, text="Please say where they move to.")
    with by(CARYS) as carys:
        move_release(
            by=carys, announcement=announcement, because="The building is ready later.",
            planned_for=clock.london_instant(in_days(14), time(9)),
        )  # fmt: skip


def meetings_and_reviews() -> None:
    """A meeting and a review are recorded, and not confirmed yet; an e-mail is on record."""
    agreement = in_force(ALDERMOOR)
    series = Series.objects.get(serves__agreement=agreement, purpose=Series.Purpose.WIDER)
    with by(GRETA) as greta:
        record_elsewhere(
            by=greta, series=series, day=in_days(-1), account=Account(notes="By telephone.")
        )
        said = Outcome(in_days(-2), Review.Outcome.CONTINUE, in_days(364), "It works.")
        review = record_review(by=greta, agreement=agreement, number=1, said=said)
        put(greta, "review", review)


def reports_under_way() -> None:
    """A draft that its lead has not sent, and a register that nobody has worked on yet."""
    quarter = last_over(clock.today()).moved(-2)
    with by(GRETA) as greta:
        draft_report(by=greta, agreement=in_force(ALDERMOOR), quarter=quarter)
        begin_assurance(by=greta)


def requests_under_way() -> None:
    """One that nobody has acknowledged, one acknowledged; a consultation that stands still."""
    agreement = in_force(ALDERMOOR)
    team, ccg = (agreement.parties.get(slot=slot) for slot in ("area_team", "ccg"))
    with by(GRETA) as greta:
        for subject in ("Which practices train nurses?", "Who reads the annual returns?"):
            asked = record_request(
                by=greta, agreement=agreement, kind="query", subject=subject, asked_of=team,
                asked_by=ccg,
            )  # fmt: skip
    with by(CARYS) as carys:
        acknowledge(by=carys, request=asked, until=in_days(10))
    with by(AMARA) as amara:
        waits = consult(
            by=amara, agreement=agreement, reference="FOI 9", subject="Payments of last year",
            asked_of=team, source=ccg, view_by=in_days(12),
        )  # fmt: skip
        ask_what_is_meant(by=amara, request=waits, because="Which payments?")
