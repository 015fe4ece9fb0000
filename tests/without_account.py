"""A practice without anybody here, whose practice manager is asked to sign by a link."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from django.test import Client

from agreements.models import (
    Party,
    SignatureRequest,
    Template,
    TemplateClause,
    TemplateVersion,
    Version,
)
from agreements.signing.by_link import link_of
from agreements.signing.services.asking_by_link import ask_by_link
from agreements.terms import ApprovalRoute, ContactRole, Signatory, Slot, Terms, as_stored
from house.tracked import create_all
from mail.models import SentLink
from parties.models import CheckedAddress, Organisation
from parties.services.addresses import Typed, enter_addresses, look_through
from tests.cast import Cast, acting
from tests.conftest import Mailbox
from tests.stages import CLAUSES, USUAL, frozen, make

NAME, ADDRESS = "Petra Practice", "surgery@beckside.example"
SIDES = ("area_team", "practice")


def practice_template(keeper: Organisation, key: str = "practice") -> TemplateVersion:
    """Neither side needs an approval; each keeps a lead, the practice's is required."""
    made = Template.objects.create(organisation=keeper, key=key, name="Practice MoU")
    terms = Terms(
        **USUAL,
        contact_roles=(
            ContactRole(key="mou_manager", label="MoU manager", slots=("area_team",)),
            ContactRole(key="lead", label="Practice lead", slots=("practice",)),
        ),
        approval_routes=tuple(ApprovalRoute(slot=slot, route="none") for slot in SIDES),
        signatories=tuple(Signatory(slot=s, key=f"{s}_signs", label="Director") for s in SIDES),
    )
    version = TemplateVersion.objects.create(
        template=made, seq=1, state="published", terms=as_stored(terms),
        slots=[Slot(key=slot, label=f"the {slot}").model_dump(mode="json") for slot in SIDES],
        blanks=[{"key": "area", "label": "Area covered", "hint": ""}],
    )  # fmt: skip
    create_all([
        TemplateClause(version=version, position=place, key=key, kind=kind, heading=heading,
                       body=body, bindings=[])
        for place, (key, kind, heading, body) in enumerate(CLAUSES, start=1)
    ])  # fmt: skip
    return version


def sent_to_practice(cast: Cast, word: str = "the moors", key: str = "practice") -> Version:
    """A numbered version between the Area Team and Beckside Surgery, ready to be signed."""
    sides = {"area_team": cast.area_team, "practice": cast.practice}
    source = practice_template(cast.area_team, key)
    agreement = make(acting(cast.manager), source, sides, {"area": word})
    return frozen(cast, agreement)


def party_of(version: Version, slot: str = "practice") -> Party:
    return version.agreement.parties.get(slot=slot)


def entered(cast: Cast, name: str = NAME, email: str = ADDRESS) -> CheckedAddress:
    """On the Area Team's list; nobody else has looked at it."""
    typed = Typed(cast.practice, name, email, "Practice manager")
    return enter_addresses(by=acting(cast.manager), typed=[typed])[0]


def checked(cast: Cast, name: str = NAME, email: str = ADDRESS) -> CheckedAddress:
    """The same, and the colleague has looked through it."""
    address = entered(cast, name, email)
    if address.state == CheckedAddress.State.ENTERED:
        look_through(by=acting(cast.colleague), shown=[address.pk])
    return CheckedAddress.objects.get(pk=address.pk)


def asked_by_link(cast: Cast, version: Version | None = None) -> SignatureRequest:
    version = version or sent_to_practice(cast)
    return ask_by_link(
        by=acting(cast.manager), version=version, party=party_of(version),
        slot="practice_signs", address=checked(cast),
    )  # fmt: skip


def sent_link(request: SignatureRequest) -> SentLink:
    """The link by which somebody was asked."""
    found = link_of(request)
    assert found
    return found


def link_in(mailbox: Mailbox, to: str = ADDRESS) -> str:
    """The path of the link in the newest e-mail that has one."""
    for mail in reversed(mailbox.to(to)):
        if found := re.search(r"https?://\S+?(/link/\S+)", str(mail.body)):
            return urlsplit(found[1]).path
    raise AssertionError(f"No link was sent to {to}.")


def code_in(mailbox: Mailbox, to: str = ADDRESS) -> str:
    found = re.search(r"The code is (\d{3} \d{3})\.", str(mailbox.to(to)[-1].body))
    assert found, "The newest e-mail has no code."
    return found[1]


def ask_for_code(client: Client, path: str) -> str:
    """Presses the button; what the page says then."""
    return client.post(path, {"send_code": "1"}, follow=True).content.decode()


def filled_in(version: Version, code: str, **more: Any) -> dict[str, Any]:
    return {"sha256": version.sha256, "typed_name": NAME, "agree": "on", "code": code} | more


def signs(client: Client, mailbox: Mailbox, version: Version, **more: Any) -> str:
    """Opens the link, asks for a code, and signs; what the page says then."""
    path = link_in(mailbox)
    client.get(path)
    ask_for_code(client, path)
    sent = filled_in(version, code_in(mailbox), **more)
    return client.post(path, sent, follow=True).content.decode()
