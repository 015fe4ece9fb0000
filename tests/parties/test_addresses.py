"""Addresses to sign by: one person enters them, a colleague looks through the list once."""

from __future__ import annotations

import pytest

from audit.models import Entry
from house.refusals import NotYours, Refused
from parties.models import AddressCheck, CheckedAddress
from parties.services.addresses import Typed, end_address, enter_addresses, look_through
from tests.cast import Cast, acting
from tests.conftest import ClientOf

pytestmark = pytest.mark.django_db
LIST = "/addresses/"


def _typed(cast: Cast, *names: str) -> list[Typed]:
    return [Typed(cast.practice, name, "surgery@beckside.example") for name in names]


def test_a_colleague_looks_through_what_somebody_entered(cast: Cast, client_of: ClientOf) -> None:
    one, two = enter_addresses(by=acting(cast.manager), typed=_typed(cast, "Ann", "Bea"))
    page = client_of(cast.colleague).get(f"{LIST}look-through/").content.decode()
    assert "surgery@beckside.example" in page
    sent = {"shown": f"{one.pk},{two.pk}", "wrong": [str(two.pk)]}
    done = client_of(cast.colleague).post(f"{LIST}look-through/", sent, follow=True)
    assert "You looked through the list: 1 address is right." in done.content.decode()
    check = AddressCheck.objects.get()
    assert (check.checked_by, check.organisation) == (cast.colleague, cast.area_team)
    states = dict(CheckedAddress.objects.values_list("name", "state"))
    assert states == {"Ann": "checked", "Bea": "wrong"}
    # Two of one practice share its mailbox: each is told apart by name.
    entry = Entry.objects.get(verb="looked through addresses to sign by")
    assert entry.payload["right"] == ["Ann, surgery@beckside.example"]


def test_nobody_looks_through_what_they_entered_themselves(cast: Cast, client_of: ClientOf) -> None:
    [address] = enter_addresses(by=acting(cast.manager), typed=_typed(cast, "Ann"))
    with pytest.raises(Refused, match="A colleague looks through it"):
        look_through(by=acting(cast.manager), shown=[address.pk])
    page = client_of(cast.manager).get(LIST).content.decode()
    assert "1 of these you entered yourself" in page


def test_what_was_entered_after_the_page_was_opened_waits(cast: Cast) -> None:
    one, two = enter_addresses(by=acting(cast.manager), typed=_typed(cast, "Ann", "Bea"))
    look_through(by=acting(cast.colleague), shown=[one.pk])
    assert CheckedAddress.objects.waiting().get() == two
    with pytest.raises(Refused, match="Nothing is left"):
        look_through(by=acting(cast.colleague), shown=[one.pk])


def test_a_list_is_entered_once_and_each_organisation_keeps_its_own(cast: Cast) -> None:
    first = enter_addresses(by=acting(cast.manager), typed=_typed(cast, "Ann", "Bea", "Ann"))
    again = enter_addresses(by=acting(cast.colleague), typed=_typed(cast, "Bea"))
    assert [each.pk for each in first] == [first[0].pk, first[1].pk, first[0].pk]
    assert again[0].pk == first[1].pk
    enter_addresses(by=acting(cast.other_manager), typed=_typed(cast, "Ann"))
    assert CheckedAddress.objects.visible_to(acting(cast.manager)).count() == 2
    with pytest.raises(Refused, match="Nothing is left"):
        look_through(by=acting(cast.other_colleague), shown=[each.pk for each in first])


def test_who_only_reads_keeps_no_list(cast: Cast) -> None:
    with pytest.raises(NotYours, match="Only an editor"):
        enter_addresses(by=acting(cast.viewer), typed=_typed(cast, "Ann"))


def test_an_address_goes_off_the_list_and_may_come_back(cast: Cast) -> None:
    [address] = enter_addresses(by=acting(cast.manager), typed=_typed(cast, "Ann"))
    end_address(by=acting(cast.manager), address=address)
    with pytest.raises(Refused, match="not used any more"):
        end_address(by=acting(cast.manager), address=address)
    [anew] = enter_addresses(by=acting(cast.manager), typed=_typed(cast, "Ann"))
    assert anew.pk != address.pk
    assert CheckedAddress.objects.waiting().get() == anew
