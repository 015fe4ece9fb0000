"""Who of a party is told: the contact, their deputy, the MoU manager, holders of the role."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.contacts.services.naming import end_contact, name_contact
from agreements.core.recipients import contacts_of, managers_by_party, managers_of
from agreements.models import Agreement, Party
from house import clock
from parties.models import Absence, Person, Role
from parties.services.people import end_at_once
from tests.cast import Cast, acting, give, person, person_of
from tests.conftest import Mailbox
from tests.stages import drafted, template

pytestmark = pytest.mark.django_db


def our_side(cast: Cast) -> Party:
    return drafted(cast).parties.get(slot="area_team")


def named(cast: Cast, side: Party, role: str, who: Person, deputy: Person | None = None) -> None:
    name_contact(by=acting(cast.manager), party=side, role=role, person=who, deputy=deputy)


def addresses(side: Party, role: str) -> list[str]:
    return [recipient.address for recipient in contacts_of(side, role)]


def test_the_contact_is_told(cast: Cast) -> None:
    side = our_side(cast)
    named(cast, side, "primary_liaison", person_of(cast.colleague))
    assert addresses(side, "primary_liaison") == [cast.colleague.email]


def test_the_deputy_is_told_while_the_contact_is_away(cast: Cast) -> None:
    side = our_side(cast)
    away, deputy = person("Ada Away"), person("Dora Deputy")
    named(cast, side, "mou_manager", away, deputy)
    Absence.objects.create(person=away, starts_on=clock.today(), ends_on=clock.today())
    (told,) = managers_of(side)
    assert told.address == deputy.email
    assert told.why.endswith("is away and you are the deputy.")


def test_who_cannot_be_reached_is_replaced_by_the_mou_manager(cast: Cast) -> None:
    side = our_side(cast)
    without_address = Person.objects.create(name="Nora Noaddress")
    named(cast, side, "primary_liaison", without_address)
    named(cast, side, "mou_manager", person_of(cast.colleague))
    assert addresses(side, "primary_liaison") == [cast.colleague.email]


def test_without_any_contact_the_holders_of_the_role_are_told(cast: Cast) -> None:
    side = our_side(cast)
    assert addresses(side, "primary_liaison") == [cast.manager.email]


def test_the_managers_of_many_cost_as_much_as_those_of_one(cast: Cast) -> None:
    cast.other_manager  # noqa: B018 - whom the CCG's side finds
    source = template(cast.area_team)
    agreements = [drafted(cast, source=source) for _ in range(3)]
    for ours in Party.objects.filter(slot="area_team"):
        named(cast, ours, "mou_manager", person_of(cast.colleague), person("Dora Deputy"))

    def asked(*agreements: Agreement) -> tuple[int, list[str]]:
        parties = list(Party.objects.filter(agreement__in=agreements).order_by("agreement", "pk"))
        with CaptureQueriesContext(connection) as queries:
            found = managers_by_party(parties)
        return len(queries), [told.address for of_one in found.values() for told in of_one]

    both = [cast.colleague.email, cast.other_manager.email]
    assert asked(agreements[0])[1] == both
    assert asked(*agreements)[1] == both * 3
    assert asked(*agreements)[0] == asked(agreements[0])[0] <= 8


# --- Accounts that ended, mailboxes that are shared -----------------------------------------


@pytest.mark.parametrize("how", ["closed", "ended"])
def test_an_account_that_ended_gets_no_mail(how: str, cast: Cast) -> None:
    side = our_side(cast)
    named(cast, side, "mou_manager", person_of(cast.colleague))
    assert addresses(side, "mou_manager") == [cast.colleague.email]
    if how == "closed":
        cast.colleague.is_active = False
        cast.colleague.save()
    else:
        end_at_once(cast.colleague.memberships.get())
    assert addresses(side, "mou_manager") == [cast.manager.email]


def test_the_deputy_is_told_for_who_cannot_be_reached(cast: Cast) -> None:
    side = our_side(cast)
    named(cast, side, "mou_manager", person_of(cast.colleague), person("Dora Deputy"))
    end_at_once(cast.colleague.memberships.get())
    (told,) = managers_of(side)
    assert told.address == "dora.deputy@moors.example"
    assert told.why.endswith("cannot be reached and you are the deputy.")


def test_whoever_never_had_a_role_there_is_told_all_the_same(cast: Cast) -> None:
    """A contact without an account, and one whose account is another organisation's."""
    side = our_side(cast)
    named(cast, side, "mou_manager", person("Paul Post"))
    assert addresses(side, "mou_manager") == ["paul.post@moors.example"]
    named(cast, side, "primary_liaison", person_of(cast.third_manager))
    assert addresses(side, "primary_liaison") == [cast.third_manager.email]


def test_a_role_that_ended_elsewhere_says_nothing_of_this_one(cast: Cast) -> None:
    side = our_side(cast)
    give(cast.colleague, cast.ccg, Role.VIEWER)
    end_at_once(cast.colleague.memberships.get(organisation=cast.ccg))
    named(cast, side, "mou_manager", person_of(cast.colleague))
    assert addresses(side, "mou_manager") == [cast.colleague.email]


def test_an_e_mail_to_a_mailbox_says_for_whom_it_is(cast: Cast, mailbox: Mailbox) -> None:
    side = our_side(cast)
    for role, name in (("mou_manager", "Ann Archer"), ("primary_liaison", "Bea Brown")):
        named(cast, side, role, person(name, "reception@beck.example"))
    theirs = side.agreement.parties.get(slot="ccg")
    name_contact(
        by=acting(cast.other_manager), party=theirs, role="mou_manager",
        person=cast.other_manager.person,
    )  # fmt: skip
    [mail] = mailbox.to("reception@beck.example")
    assert str(mail.body).startswith("For Ann Archer\n")
    assert "For Ann Archer" in str(mail.alternatives[0][0])


def test_a_deputy_who_is_away_too_is_not_told(cast: Cast) -> None:
    side, contact, deputy = our_side(cast), person("Ada Away"), person("Dora Deputy")
    named(cast, side, "mou_manager", contact, deputy)
    for who in (contact, deputy):
        Absence.objects.create(person=who, starts_on=clock.today(), ends_on=clock.today())
    (told,) = managers_of(side)
    assert told.address == contact.email


def test_who_held_the_role_before_is_not_told(cast: Cast) -> None:
    side, left = our_side(cast), person("Lee Left")
    named(cast, side, "primary_liaison", left)
    end_contact(by=acting(cast.manager), party=side, role="primary_liaison")
    assert addresses(side, "primary_liaison") == [cast.manager.email]
    # Nor is somebody told again who was followed, whatever the order of the rows.
    named(cast, side, "primary_liaison", person_of(cast.colleague))
    last = clock.today() - timedelta(days=1)
    side.contacts.create(role="primary_liaison", person=left, starts_on=last, ends_on=last)
    assert addresses(side, "primary_liaison") == [cast.colleague.email]


def test_an_account_that_is_closed_gets_no_mail_for_its_role(cast: Cast) -> None:
    side = our_side(cast)
    cast.colleague.memberships.create(organisation=cast.area_team, role="manager")
    assert set(addresses(side, "mou_manager")) == {cast.manager.email, cast.colleague.email}
    cast.colleague.is_active = False
    cast.colleague.save()
    assert addresses(side, "mou_manager") == [cast.manager.email]
