"""Every kind of link with a secret in it that the portal sends, and what it is good for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core import signing
from django.test import Client
from django.urls import reverse

from agreements.contacts.asking import GOOD_FOR as CONTACT_ASKED_FOR
from agreements.contacts.asking import SALT as ASKED
from agreements.contacts.asking import Asked, confirm_url
from agreements.contacts.proposed import SALT as PROPOSED
from agreements.contacts.proposed import proposed_url
from agreements.models import ContactConfirmation, ContactProposal, Party
from agreements.templates.services.offering import GOOD_FOR as OFFERED_FOR
from agreements.templates.services.offering import Offer
from deadlines.models import MailPreference
from deadlines.services.preferring import GOOD_FOR as PREFERENCES_FOR
from deadlines.services.preferring import preferences_url
from house import clock
from mou_portal.browsers import COOKIE
from mou_portal.letting_in import LASTS as LET_IN_FOR
from mou_portal.letting_in import token_for as let_in_token
from parties.models import Invitation, User
from parties.services.inviting import LASTS as INVITED_FOR
from parties.services.inviting import token_for as invitation_token
from tests.agreements.contacted import lena, with_contacts
from tests.cast import PASSWORD, Cast, person_of
from tests.parties.invited import NEW, invited
from tests.stages import template


@dataclass(frozen=True)
class Link:
    """A link, the form behind it, and what is there once somebody has used it."""

    kind: str
    path: str
    form: dict[str, str]
    lasts: timedelta
    # What it is good for is done: asked with the client that pressed the button.
    used: Callable[[Client], object]
    # Whose log-in it needs; None where it needs none.
    whose: User | None = None
    # One that says how somebody wants to be told may be used again: so its e-mail says.
    once: bool = True
    # What ends it, where it is not the button itself.
    then: Callable[[Client], object] = lambda _: None

    @property
    def secret(self) -> str:
        return self.path.strip("/").rpartition("/")[2]

    def with_secret(self, secret: str) -> str:
        return self.path.replace(self.secret, secret)

    def browser(self) -> Client:
        client = Client()
        if self.whose:
            client.force_login(self.whose)
        return client

    def open(self, client: Client, path: str = "") -> str:
        """Follows it; where that leads."""
        page = client.get(path or self.path, follow=True)
        return page.redirect_chain[-1][0] if page.redirect_chain else path or self.path

    def press(self, client: Client, path: str = "") -> bool:
        """Opens it and presses the button behind it: whether that did what it is good for."""
        client.post(self.open(client, path), self.form)
        return bool(self.used(client))


def path_of(url: str) -> str:
    return urlsplit(url).path


def links(cast: Cast) -> Iterator[Link]:
    yield _reset(cast.viewer)
    log_in = {"login": cast.manager.email, "password": PASSWORD}
    yield _invitation(cast)
    yield Link(
        "letting a browser in", f"/account/let-in/{let_in_token(cast.manager)}/", {}, LET_IN_FOR,
        lambda client: COOKIE in client.cookies,
        then=lambda client: client.post("/account/login/", log_in),
    )  # fmt: skip
    yield _offer(cast)
    yield from _of_contacts(cast)
    somebody = person_of(cast.other_viewer)
    yield Link(
        "how to be told", path_of(preferences_url(somebody.pk)), {"how": "daily"}, PREFERENCES_FOR,
        lambda _: MailPreference.objects.filter(person=somebody).exists(), once=False,
    )  # fmt: skip


def _reset(user: User) -> Link:
    key = default_token_generator.make_token(user)
    path = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(user), key])
    return Link(
        "a new password", path, {"password1": NEW, "password2": NEW},
        timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT),
        lambda _: User.objects.get(pk=user.pk).check_password(NEW),
    )  # fmt: skip


def _invitation(cast: Cast) -> Link:
    made: Invitation = invited(cast)
    return Link(
        "an invitation", reverse("parties:invitation", args=[invitation_token(made)]),
        {"password": NEW, "again": NEW}, INVITED_FOR,
        lambda _: User.objects.filter(email=made.email).exists(),
    )  # fmt: skip


def _offer(cast: Cast) -> Link:
    to = cast.other_colleague
    offer = Offer(template(cast.area_team).template, to.email, cast.manager)
    page = reverse("templates:template", args=[offer.template.pk])
    return Link(
        "an offer to edit a template", reverse("templates:offer", args=[offer.token]), {},
        OFFERED_FOR, lambda client: client.get(page).status_code == 200, whose=to,
    )  # fmt: skip


def _of_contacts(cast: Cast) -> Iterator[Link]:
    who = lena()
    agreement = with_contacts(cast, ccg_lead_clinician=who)
    yield Link(
        "a contact's answer", path_of(confirm_url(Asked(who, cast.ccg), who.email)),
        {"answer": "right"}, CONTACT_ASKED_FOR, lambda _: ContactConfirmation.objects.exists(),
    )  # fmt: skip
    former = signing.dumps(["person", who.pk, cast.ccg.pk], salt=ASKED)
    yield Link(
        "a contact's answer, as former releases sent it",
        reverse("agreements:contacts_by_mail", args=[former]), {"answer": "right"},
        CONTACT_ASKED_FOR, lambda _: ContactConfirmation.objects.exists(),
    )  # fmt: skip
    proposal = ContactProposal.objects.create(
        party=Party.objects.get(agreement=agreement, slot="ccg"), role="quality_lead",
        name="Perla Proposed", email="perla@moors.example", proposed_by=cast.manager,
        proposed_for=cast.area_team, proposed_at=clock.now(),
    )  # fmt: skip
    yield Link(
        "a proposed contact's answer", path_of(proposed_url(proposal)), {"answer": "no"},
        CONTACT_ASKED_FOR, lambda _: _is_answered(proposal),
    )  # fmt: skip
    former = signing.dumps(proposal.pk, salt=PROPOSED)
    yield Link(
        "a proposed contact's answer, as former releases sent it",
        reverse("agreements:contact_proposed", args=[former]), {"answer": "no"},
        CONTACT_ASKED_FOR, lambda _: _is_answered(proposal),
    )  # fmt: skip


def _is_answered(proposal: ContactProposal) -> bool:
    return ContactProposal.objects.filter(pk=proposal.pk).exclude(answer="").exists()
