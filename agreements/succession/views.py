"""A succession by itself: recorded, looked at, agreed and withdrawn."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from agreements.core.choices import with_other_parties
from agreements.succession.forms import FULL, AgreeForm, SuccessionForm
from agreements.succession.pages import SuccessionPage
from agreements.succession.queries import held_from
from agreements.succession.services import recording
from agreements.succession.services.beginning import try_again
from house.refusals import NotYours
from nhsuk.dates import day
from parties.acting import acting_of
from parties.models import Organisation, Role, Succession
from web.carrying_out import ReasonForm, act_at_once, posted, save_form

HOME, TITLE = "Home", "Successors"


def listed(request: HttpRequest) -> HttpResponse:
    """Those that the reader may see, the newest day first."""
    acting = acting_of(request)
    found = (
        Succession.objects.visible_to(acting).select_related("old", "new").order_by("-on", "-pk")
    )
    may_record = acting.user.is_superuser or acting.has(Role.ADMINISTRATOR)
    context = {"successions": found, "may_record": may_record, "acting": acting}
    return render(request, "successions/list.jinja", context)


def new(request: HttpRequest) -> HttpResponse:
    """An administrator of the successor records it; nothing happens yet."""
    acting = acting_of(request)
    own = None if acting.user.is_superuser else acting.on_behalf_of
    if own:
        recording.require_recorder(acting, own)
    form = posted(request, SuccessionForm, own=own)

    def act(extent: str, old: Organisation, new: Organisation | None = None, **said: Any) -> Any:
        successor = own or new
        assert successor  # noqa: S101 - asked for by the form
        return recording.prepare(by=acting, old=old, new=successor, full=extent == FULL, **said)

    return save_form(
        request, form, act,
        done=lambda _: "It is written down. Look at what would go over, then go on.",
        to=reverse("successions:list"),
        leads_to=lambda made: _url(made),
        title="Record that an organisation takes the place of another",
        lead="You see what would go over before anything happens.",
        button="Look at it first",
        way=[(HOME, reverse("home")), (TITLE, reverse("successions:list"))],
    )  # fmt: skip


def one(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What goes over by it and what stays, or how far it is."""
    page = SuccessionPage(_succession(request, key), acting_of(request))
    way = [(HOME, reverse("home")), (TITLE, reverse("successions:list"))]
    return render(request, "successions/one.jinja", {"page": page, "way": way})


def confirm(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    found, acting = _succession(request, key), acting_of(request)
    asked = f"We asked the administrators of {found.old}. It holds when one says that it is so."
    return act_at_once(
        request,
        partial(recording.confirm, by=acting, succession=found),
        done=_agreed(found) if acting.user.is_superuser else asked,
        to=_url(found),
    )


def again(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What could not be done waits again."""
    found, acting = _succession(request, key), acting_of(request)
    recording.require_recorder(acting, found.new)
    return act_at_once(
        request,
        partial(try_again, succession=found),
        done="What could not be done is tried again.",
        to=_url(found),
    )


def agree(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The old organisation says that it is so, and in part which agreements go over."""
    found, acting = _succession(request, key), acting_of(request)
    recording.require_old(acting, found)
    held = [] if found.full else with_other_parties(held_from(found.old_id, found.on), acting)
    form = posted(request, AgreeForm, held=held, full=found.full)

    def act(**_: object) -> None:
        recording.agree(by=acting, succession=found, agreements=form.chosen)

    return save_form(
        request, form, act,
        done=lambda _: _agreed(found),
        to=_url(found),
        title="Say that it is so",
        caption=str(SuccessionPage(found, acting).title),
        lead=f"From {day(found.on)} {found.new} is in the place of {found.old}, by "
        f"{found.instrument}.",
        button="Yes, it is so",
        way=_way(found),
    )  # fmt: skip


def withdraw(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    found, acting = _succession(request, key), acting_of(request)
    if not SuccessionPage(found, acting).may_withdraw and not found.has_begun:
        raise NotYours("Only an administrator of one of the two organisations may do this.")
    return save_form(
        request,
        ReasonForm(request.POST or None, label="Why it is withdrawn", hint="Both read it."),
        partial(recording.withdraw, by=acting, succession=found),
        done=lambda _: "It is withdrawn. Nothing went over.",
        to=_url(found),
        title="Withdraw this succession",
        button="Withdraw it",
        way=_way(found),
    )


def _succession(request: HttpRequest, key: uuid.UUID) -> Succession:
    rows = Succession.objects.visible_to(acting_of(request)).select_related("old", "new")
    return get_object_or_404(rows, key=key)


def _url(found: Succession) -> str:
    return reverse("successions:one", args=[found.key])


def _way(found: Succession) -> list[tuple[str, str]]:
    way = [(HOME, reverse("home")), (TITLE, reverse("successions:list"))]
    return [*way, (f"{found.new} in the place of {found.old}", _url(found))]


def _agreed(found: Succession) -> str:
    return f"It is so: {found.new} is in the place of {found.old} from {day(found.on)}."
