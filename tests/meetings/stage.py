"""An agreement with the library's whole text in force, its series, and meetings of them."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.utils.html import strip_tags

from agreements.models import Agreement, Party, TemplateVersion
from agreements.register.services import register_signed, say_of_copy
from deadlines.sweep import sweep_reminders
from documents.storage import store
from house import clock
from meetings.models import Meeting, Series
from meetings.services.actions import Agreed
from meetings.services.recording import Account, record_elsewhere
from meetings.services.scheduling import schedule_meeting
from parties.models import Organisation, User
from tests.cast import Cast, acting
from tests.conftest import Mailbox
from tests.once import once
from tests.setting_up import library_template

START = date(2013, 9, 3)
SOURCES = (
    "National assurance framework for primary care",
    "Contract performance and annual declarations by practices",
    "CQC inspections, where there are any",
    "Records of incidents and complaints",
    "Closed investigations of performers, where the outcome is already public",
    "Ongoing investigations and their effects, where sharing is legitimate",
)


def on(day: date, hour: int = 10) -> AbstractContextManager[None]:
    """The portal's clock stands at this hour of a London day."""
    return clock.at(datetime.combine(day, time(hour), clock.LONDON))


@once
def in_force(
    cast: Cast,
    *,
    start: date = START,
    ccg: Organisation | None = None,
    source: TemplateVersion | None = None,
) -> Agreement:
    """Between the Area Team and Eastmoor CCG, signed, registered and confirmed on that day."""
    people = (cast.manager, cast.other_manager, cast.third_manager)
    assert all(people)  # whoever is told has to be there
    with on(start):
        source = source or library_template(cast)
        name = str(ccg or cast.ccg)
        agreement = register_signed(
            by=acting(cast.manager), template_version=source, title="Working together",
            organisations={"area_team": cast.area_team, "ccg": ccg or cast.ccg},
            file=store(f"%PDF-1.7 {name}".encode(), name="signed.pdf",
                       content_type="application/pdf"),
            signed_on=start, review_on=start + timedelta(days=365),
        )  # fmt: skip
        for who in people:
            if acting(who).organisation == (ccg or cast.ccg):
                say_of_copy(by=acting(who), copy=agreement.registered_copy, agrees=True)
    return agreement


def series_of(agreement: Agreement, purpose: str = Series.Purpose.WIDER) -> Series:
    return Series.objects.get(serves__agreement=agreement, purpose=purpose)


def party(agreement: Agreement, slot: str = "ccg") -> Party:
    return agreement.parties.get(slot=slot)


def scheduled(by: User, series: Series, day: date, **more: Any) -> Meeting:
    return schedule_meeting(by=acting(by), series=series, day=day, **more)


def held(by: User, series: Series, day: date, *agreed: Agreed, **more: Any) -> Meeting:
    """Recorded as held elsewhere, on the day after it."""
    account = Account(agreed=agreed, **more)
    with on(day + timedelta(days=1)):
        return record_elsewhere(by=acting(by), series=series, day=day, account=account)


def swept(day: date, mailbox: Mailbox) -> list[tuple[str, str]]:
    """Who gets what subject from the sweep of a day, but for reviews and key contacts."""
    before = len(mailbox.all)
    with on(day):
        sweep_reminders()
        told = [(mail.to[0], str(mail.subject)) for mail in mailbox.all[before:]]
    others = ("Review", "contact")
    return [(to, said) for to, said in told if not any(word in said for word in others)]


def newest(mailbox: Mailbox, words: str) -> EmailMultiAlternatives:
    """The last e-mail with these words in its subject."""
    return [mail for mail in mailbox.all if words in mail.subject][-1]


def words(client: Client, path: str) -> str:
    """What somebody reads on a page, without its tags."""
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return words_in(answer)


def words_in(answer: Any) -> str:
    main = answer.content.decode().split("<main")[1].split("</main>")[0]
    return re.sub(r"\s+", " ", strip_tags(main))
