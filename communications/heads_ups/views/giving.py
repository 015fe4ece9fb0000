"""What its keepers do with a heads-up: give it, move it, record what came of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from agreements.models import Agreement
from communications.forms.planning import WithdrawForm, boxes_of
from communications.heads_ups.forms import (
    HeadsUpForm,
    MoveSendingForm,
    SentFirstForm,
    SentForm,
)
from communications.heads_ups.presenters import words
from communications.heads_ups.queries.agreements import offered_here, without_committee
from communications.heads_ups.queries.telling import nobody_for
from communications.heads_ups.services.giving import Content, give, record_sent_first
from communications.heads_ups.services.outcomes import (
    mark_sent,
    move_sending,
    withdraw,
)
from communications.heads_ups.views.reached import about, for_keepers, way
from communications.models import HeadsUp
from house import clock
from nhsuk.dates import moment
from parties.acting import acting_of
from web.carrying_out import posted, save_form

GIVE = (
    "The named contact of each other party is told by e-mail as soon as you press the button, and "
    "so are the local medical committees on your list. The e-mail leads to a page; it says nothing "
    "of the message itself."
)
FIRST = (
    "For what went out before anybody was told, such as a safety alert. It is recorded as it was, "
    "with your reason, and counts as missed. The contacts are told now."
)


def give_one(request: HttpRequest) -> HttpResponse:
    """One form tells the contacts under many agreements."""
    return _give(request, HeadsUpForm, "Give a heads-up", "Tell them", GIVE)


def give_late(request: HttpRequest) -> HttpResponse:
    """The same for what went out first."""
    return _give(request, SentFirstForm, "Record what was sent first", "Record it", FIRST)


def _give(
    request: HttpRequest, form: type[HeadsUpForm], title: str, button: str, lead: str
) -> HttpResponse:
    acting, reference = acting_of(request), request.GET.get("agreement", "")
    offer = offered_here(acting, reference)

    def act(at: datetime, agreements: list[Agreement], **said: Any) -> HeadsUp:
        content = Content(**{name: said.pop(name) for name in Content.__annotations__})
        if "because" in said:
            return record_sent_first(
                by=acting, content=content, sent_at=at, agreements=agreements, **said
            )
        return give(by=acting, content=content, planned_for=at, agreements=agreements, **said)

    return save_form(
        request,
        posted(
            request,
            form,
            **offer,
            odd=partial(without_committee, acting),
            initial=_suggested(reference, offer["agreements"], request.GET.get("kind", "")),
        ),
        act,
        done=_done,
        to=reverse("heads_ups:list"),
        leads_to=words.url_of,
        template="heads_ups/give.jinja",
        has_choice=bool(offer["agreements"]),
        title=title,
        button=button,
        lead=lead,
        is_first=form is SentFirstForm,
        sent_first=f"{reverse('heads_ups:sent_first')}?{request.GET.urlencode()}",
        way=way(),
    )


def _suggested(reference: str, choices: list[tuple[str, str]], kind: str) -> dict[str, object]:
    """The agreement and the kind that a link names, or the only agreement there is."""
    found = [pk for pk, text in choices if f"({reference})" in text] if reference else []
    return {
        "agreements": found or ([choices[0][0]] if len(choices) == 1 else []),
        "kind": kind if kind in HeadsUp.AHEAD else HeadsUp.Kind.PRACTICES,
    }


def _done(heads_up: HeadsUp) -> str:
    first = "The heads-up is given." if heads_up.is_open else "It is recorded as sent first."
    return f"{first}\n{words.told_whom(list(heads_up.told.all()), nobody_for(heads_up))}"


@for_keepers
def move_one(request: HttpRequest, heads_up: HeadsUp) -> HttpResponse:
    """Another time."""
    acting = acting_of(request)
    later = max(heads_up.planned_for, clock.now() + timedelta(hours=1))

    def act(at: datetime, because: str) -> datetime:
        move_sending(by=acting, heads_up=heads_up, planned_for=at, because=because)
        return at

    return save_form(
        request,
        posted(request, MoveSendingForm, initial=boxes_of(later)),
        act,
        done=lambda at: f"It is moved to {moment(at)}.\nWe are telling whoever was told.",
        title="Move it",
        lead=f"It is planned for {moment(heads_up.planned_for)}. Whoever was told is told of the "
        "new time.",
        button="Move it",
        **about(heads_up),
    )


@for_keepers
def withdraw_one(request: HttpRequest, heads_up: HeadsUp) -> HttpResponse:
    """It will not go out."""
    return save_form(
        request,
        posted(request, WithdrawForm),
        partial(withdraw, by=acting_of(request), heads_up=heads_up),
        done=lambda _: "The heads-up is withdrawn.\nWe are telling whoever was told.",
        title="Withdraw the heads-up",
        lead="It will not go out, and this cannot be undone. Whoever was told is told that. They "
        "can still read what you told them.",
        button="Withdraw the heads-up",
        warning=True,
        **about(heads_up),
    )


@for_keepers
def sent_one(request: HttpRequest, heads_up: HeadsUp) -> HttpResponse:
    """When it really went out, and why before all were told, where it did."""
    acting = acting_of(request)
    then = min(heads_up.planned_for, clock.now())

    def act(at: datetime, because: str) -> None:
        mark_sent(by=acting, heads_up=heads_up, sent_at=at, because=because)

    return save_form(
        request,
        posted(request, SentForm, initial=boxes_of(then)),
        act,
        done=lambda _: (
            f"It is recorded that it {words.happened(heads_up)}.\nThe record shows how long before "
            "they were told. All members of the parties can read it now."
        ),
        title=f"Record that it {words.happened(heads_up)}",
        lead="Enter the real time. What came before all were told is recorded with its reason, "
        "and counts as missed. From then on all members of the parties can read what it says.",
        button="Record it",
        **about(heads_up),
    )
