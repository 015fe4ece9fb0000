"""Data that is shared under an MoU in force: confirmed and reviewed, by a law of its time and said
to be not right, with a review that is near, and over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from agreements.data_sharing.said import End, Said
from agreements.data_sharing.services import (
    change_sharing,
    end_sharing,
    record_sharing,
    review_sharing,
    say_of_sharing,
)
from agreements.models import Agreement, DataSharing
from house import clock
from mou_portal.demonstration.acts import AMARA, by, days_ago

GRETA = "Greta Holm"


def load() -> None:
    """Under the agreement with Aldermoor CCG, unless something is recorded already."""
    agreement = Agreement.objects.filter(state="in_force", origin="drafted").first()
    if agreement is None or DataSharing.objects.exists():
        return
    ends = {party.slot: End(party) for party in agreement.sides}
    team, ccg = ends["area_team"], ends["ccg"]
    complaints(agreement, team, ccg)
    of_its_time(agreement, team, ccg)
    audit(agreement, ccg)
    over(agreement, team, ccg)


def complaints(agreement: Agreement, team: End, ccg: End) -> None:
    """Changed once, confirmed by the CCG and reviewed since."""
    said = Said(
        what="Complaints about a practice of the CCG, with the name and the NHS number of the "
        "patient where the patient agrees",
        sender=team, receiver=ccg,
        purpose="To look into the complaint together, and to answer it once.",
        safeguards="By secure e-mail to one mailbox that three people read. Deleted a year after "
        "the answer.",
        agreed_on=clock.today() - timedelta(days=220), basis="e", special="h",
        confidentiality="Explicit consent of the patient, on the complaint form.",
        dpia="DPIA 2026/07 of the Area Team",
    )  # fmt: skip
    with days_ago(200), by(AMARA) as amara:
        record = record_sharing(by=amara, agreement=agreement, said=said)
    with days_ago(190), by(GRETA) as greta:
        say_of_sharing(by=greta, record=found(record), edit_no=1, agrees=True)
    with days_ago(20), by(AMARA) as amara:
        review_sharing(
            by=amara, record=found(record), edit_no=1, reviewed_on=clock.today(),
            review_on=clock.today() + timedelta(days=365), note="The mailbox, and who reads it.",
        )  # fmt: skip


def of_its_time(agreement: Agreement, team: End, ccg: End) -> None:
    """From before the GDPR; the CCG says that it is not right."""
    said = Said(
        what="Lists of patients whose practice closes, by practice",
        sender=team, receiver=ccg, purpose="To offer each patient another practice.",
        safeguards="On an encrypted disk, handed over in person.",
        agreed_on=date(2015, 2, 3), law="dpa_1998",
        conditions="Schedule 2, 5(d), public functions; Schedule 3, 8, medical purposes",
    )  # fmt: skip
    with days_ago(60), by(AMARA) as amara:
        record = record_sharing(by=amara, agreement=agreement, said=said)
    with days_ago(55), by(GRETA) as greta:
        say_of_sharing(
            by=greta, record=found(record), edit_no=1, agrees=False,
            because="Since 2019 the lists come by secure file transfer, not on a disk.",
        )  # fmt: skip


def audit(agreement: Agreement, ccg: End) -> None:
    """To somebody outside, narrowed since, with a review that is near."""
    first = Said(
        what="Diabetes check results, with year of birth and postcode",
        sender=ccg, receiver=End(None, "the clinical audit team of Ashdale University"),
        purpose="To compare how practices look after patients with diabetes.",
        safeguards="Pseudonymised before it leaves the CCG, which keeps the key.",
        agreed_on=clock.today() - timedelta(days=120), basis="e", special="j",
        review_on=clock.today() + timedelta(days=21),
    )  # fmt: skip
    with days_ago(110), by(GRETA) as greta:
        record = record_sharing(by=greta, agreement=agreement, said=first)
    narrowed = replace(first, what="Diabetes check results, with year of birth")
    with days_ago(90), by(GRETA) as greta:
        change_sharing(
            by=greta, record=found(record), edit_no=1, said=narrowed,
            because="The audit does without the postcode.",
        )  # fmt: skip


def over(agreement: Agreement, team: End, ccg: End) -> None:
    said = Said(
        what="Which patients were invited for a flu vaccination", sender=team, receiver=ccg,
        purpose="To remind those who did not come.", safeguards="Secure file transfer.",
        agreed_on=clock.today() - timedelta(days=300), basis="e", special="h",
    )  # fmt: skip
    with days_ago(280), by(AMARA) as amara:
        record = record_sharing(by=amara, agreement=agreement, said=said)
    with days_ago(100), by(AMARA) as amara:
        end_sharing(
            by=amara, record=found(record), because="The national programme reminds them now.",
            ended_on=clock.today(),
        )  # fmt: skip


def found(record: DataSharing) -> DataSharing:
    return DataSharing.objects.select_related("agreement").get(pk=record.pk)
