"""The list of addresses at which people without an account are asked to sign."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from nhsuk.words import plural
from parties.acting import acting_of
from parties.forms.addresses import AddressForm, LookThroughForm
from parties.models import AddressCheck, CheckedAddress, Organisation
from parties.models.addresses import CheckedAddressQuerySet
from parties.offers import Organisations
from parties.services.addresses import Typed, end_address, enter_addresses, look_through
from web.carrying_out import act_at_once, save_form
from web.way import Steps

# As many as somebody looks through at once.
MOST = 200


def listed(request: HttpRequest) -> HttpResponse:
    """Who stands on the list, who looked at each, and what waits."""
    acting = acting_of(request)
    rows = _rows(request).exclude(state=CheckedAddress.State.ENDED)
    waiting = rows.waiting()
    context = {
        "acting": acting,
        "rows": rows.select_related("looked_at__checked_by__person"),
        "waiting": waiting.count(),
        "mine": waiting.filter(entered_by=acting.user.pk).count(),
        "way": [("Home", reverse("home"))],
    }
    return render(request, "parties/addresses.jinja", context)


def add(request: HttpRequest) -> HttpResponse:
    by = acting_of(request)
    offer = Organisations(Organisation.objects.visible_to(by))
    form = AddressForm(request.POST or None, organisations=offer)
    return save_form(
        request,
        form,
        lambda **said: enter_addresses(by=by, typed=[Typed(**said)])[0],
        done=lambda each: (
            f"{each.name} is on the list.\nNext: a colleague of yours looks through it."
        ),
        title="Add an address to sign by",
        button="Add",
        **_back(),
    )


def look(request: HttpRequest) -> HttpResponse:
    """What colleagues entered: whether each is the right address of the right person."""
    by = acting_of(request)
    waiting = _rows(request).waiting().exclude(entered_by=by.who)
    found = list(waiting[:MOST])
    if not found and request.method != "POST":
        messages.info(request, "Nothing is left for you to look through.")
        return redirect("parties:addresses")
    form = LookThroughForm(request.POST or None, addresses=found)

    def act(shown: list[int], wrong: list[int]) -> AddressCheck:
        return look_through(by=by, shown=shown, wrong=wrong)

    return save_form(
        request,
        form,
        act,
        done=_looked,
        template="parties/addresses_look.jinja",
        rows=found,
        **_back(),
    )


def end(request: HttpRequest, pk: int) -> HttpResponse:
    by = acting_of(request)
    address = get_object_or_404(CheckedAddress.objects.visible_to(by), pk=pk)
    return act_at_once(
        request,
        lambda: end_address(by=by, address=address),
        done=f"{address.name} is off the list. Nobody is asked at this address from now on.",
        to=reverse("parties:addresses"),
    )


def _rows(request: HttpRequest) -> CheckedAddressQuerySet:
    rows: CheckedAddressQuerySet = CheckedAddress.objects.visible_to(acting_of(request))
    shown = rows.select_related("organisation", "entered_by__person")
    return shown.prefetch_related("organisation__names")


def _looked(check: AddressCheck) -> str:
    right = plural(check.addresses.right().count(), "address is", "addresses are")
    return f"You looked through the list: {right} right.\nLinks to sign can be sent there now."


def _back() -> dict[str, Any]:
    to = reverse("parties:addresses")
    way: Steps = [("Home", reverse("home")), ("Addresses to sign by", to)]
    return {"way": way, "to": to, "caption": ""}
