"""An agreement in force with the contact roles of the library's template, all of them held."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from django.core.mail import EmailMultiAlternatives

from agreements.contacts.services.naming import name_contacts
from agreements.models import Agreement, KeyContact, TemplateVersion
from agreements.register.services import register_signed, say_of_copy
from deadlines.models import Deadline
from documents.storage import store
from parties.models import Person
from tests.agreements.reviewed import on, swept_on
from tests.cast import Cast, acting, person, person_of
from tests.conftest import Mailbox
from tests.once import once
from tests.one_room import only_agreements
from tests.pdf import a_pdf
from tests.setting_up import library_template

SIGNED = date(2026, 2, 3)
# Six months after the signed copy listed the contacts.
ASKED_BY = date(2026, 8, 3)
# The first e-mail about it.
FIRST = ASKED_BY - timedelta(days=14)
ROLES = {
    "area_team": ("mou_manager", "responsible_officer", "quality_lead", "primary_liaison"),
    "ccg": ("mou_manager", "primary_liaison", "lead_clinician"),
}


def with_contacts(
    cast: Cast, number: int = 1, source: TemplateVersion | None = None, **held: Person | None
) -> Agreement:
    """Registered on 3 February 2026, and confirmed. Each role is held by its party's MoU manager
    unless said otherwise: `ccg_lead_clinician=somebody`, or None for nobody."""
    managers = {"area_team": person_of(cast.manager), "ccg": person_of(cast.other_manager)}
    contacts: dict[str, dict[str, Any]] = {
        slot: {
            role: {"person": who.pk}
            for role in roles
            if (who := held.get(f"{slot}_{role}", managers[slot]))
        }
        for slot, roles in ROLES.items()
    }
    source = source or TemplateVersion.objects.first() or library_template(cast)
    with on(SIGNED):
        agreement = register_signed(
            by=acting(cast.manager), template_version=source, title=f"Working together {number}",
            organisations={"area_team": cast.area_team, "ccg": cast.ccg},
            file=store(a_pdf() + bytes(number), name="mou.pdf", content_type="application/pdf"),
            signed_on=SIGNED, review_on=date(2027, 2, 3),
            contacts={"area_team": contacts["area_team"]},
        )  # fmt: skip
        name_contacts(
            by=acting(cast.other_manager), agreement=agreement, contacts={"ccg": contacts["ccg"]}
        )
        say_of_copy(by=acting(cast.other_manager), copy=agreement.registered_copy, agrees=True)
        return agreement


def lena() -> Person:
    """A lead clinician without an account."""
    return person("Lena Lead", "lena@ccg.example")


def link_in(mail: EmailMultiAlternatives) -> str:
    """The path behind the button of an e-mail that asks a contact."""
    found = re.search(r"http://127\.0\.0\.1:8000(/link/\S+)", str(mail.body))
    assert found, mail.body
    return found[1]


@once
def with_lena(cast: Cast) -> Agreement:
    with only_agreements():
        return with_contacts(cast, ccg_lead_clinician=lena())


def asked_by_mail(mailbox: Mailbox, day: date, address: str = "lena@ccg.example") -> str:
    """The link that somebody is sent on a day."""
    swept_on(day)
    [mail] = [mail for mail in mailbox.to(address) if "still a key contact" in mail.subject]
    return link_in(mail)


def of_lena() -> KeyContact:
    return KeyContact.objects.filter(role="lead_clinician").order_by("-pk")[0]


def due_to_confirm(slot: str = "ccg") -> Deadline:
    party = Agreement.objects.get().parties.get(slot=slot)
    return Deadline.objects.get(kind="contacts_confirmed", subject_key=f"party:{party.pk}")
