"""One series of a CCG and many practices, each with an agreement of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from agreements.groups.services import deciding
from agreements.models import Agreement
from agreements.register.services import register_signed
from agreements.signing.services.asking import open_for_signature
from documents.storage import store
from house import clock
from meetings.models import Meeting, Series
from meetings.services.recording import Account, record_elsewhere
from meetings.services.series import make_series
from parties.models import Organisation, Role, User
from tests.agreements.grouped import (
    lines_of,
    practices,
    resilience,
    sent,
    share_of,
    version_of,
    work,
)
from tests.cast import Cast, acting, person_of, user
from tests.meetings.stage import on
from tests.stages import give

LATELY = timedelta(days=2)


def mous(cast: Cast, number: int, *, start: int = 1, begun: date | None = None) -> list[Agreement]:
    """Of Eastmoor CCG and so many practices, in force; each practice has a lead with an account."""
    _ = cast.other_manager
    found = []
    with on(begun or clock.today() - timedelta(days=40)):
        for practice in practices(number, start):
            user(f"Lead of {practice.name}", practice, Role.MANAGER)
            found.append(_signed(cast, practice))
    return found


def _signed(cast: Cast, practice: Organisation) -> Agreement:
    file = store(f"%PDF-1.7 {practice}".encode(), name="mou.pdf", content_type="application/pdf")
    return register_signed(
        by=acting(cast.other_manager), template_version=resilience(cast.ccg),
        title="Practice resilience", organisations={"ccg": cast.ccg, "practice": practice},
        file=file, signed_on=clock.today(), review_on=clock.today() + timedelta(days=365),
    )  # fmt: skip


def lead_of(agreement: Agreement) -> User:
    practice = agreement.parties.get(slot="practice").organisation
    return User.objects.get(person__name=f"Lead of {practice.name}")


def group_of(cast: Cast, agreements: Sequence[Agreement], **more: Any) -> Series:
    said = {"name": "User group", "cadence": "quarterly"} | more
    return make_series(by=acting(cast.other_manager), agreements=agreements, **said)


def met(cast: Cast, series: Series, day: date | None = None, **account: Any) -> Meeting:
    """Recorded by the CCG, with its manager there."""
    came = [(cast.ccg, person_of(cast.other_manager)), *account.pop("came", ())]
    said = Account(came=came, **account)
    when = day or clock.today() - LATELY
    return record_elsewhere(by=acting(cast.other_manager), series=series, day=when, account=said)


def sent_and_signed(cast: Cast, number: int) -> list[Agreement]:
    """One text that the CCG sent to a group, approved once, and in force with each practice."""
    officer = person_of(cast.other_signatory)
    issue = sent(cast, ours=number, theirs=0)
    share = share_of(issue, cast.ccg)
    deciding.approve_all(
        by=acting(cast.other_manager), share=share, decided_on=clock.today(),
        minute_reference="GB 7.2",
    )  # fmt: skip
    work()
    for line in lines_of(issue, cast.ccg):
        name = line.organisation.name
        lead = user(f"Lead of {name}", line.organisation, Role.MANAGER, Role.SIGNATORY)
        for who, signatory in ((lead, person_of(lead)), (cast.other_manager, officer)):
            request = open_for_signature(
                by=acting(who), version=version_of(line), person=signatory,
                slot="partner" if who is lead else "officer",
            )  # fmt: skip
            give(lead if who is lead else cast.other_signatory, request)
    return list(Agreement.objects.filter(issue_line__issue=issue).order_by("reference"))
