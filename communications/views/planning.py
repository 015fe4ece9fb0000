"""What its keepers do with an announcement before its release: plan, edit, move, withdraw it."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from communications.forms.planning import (
    AboutForm,
    MoveForm,
    PlanForm,
    WithdrawForm,
    boxes_of,
)
from communications.models import Announcement
from communications.presenters.words import kind_of, told_named, url_of
from communications.queries.agreements import offered
from communications.queries.touched import touched_in
from communications.services.outcomes import (
    move_release,
    withdraw,
)
from communications.services.planning import edit, plan
from communications.views.reached import about, for_keepers, way
from house import clock
from nhsuk.dates import moment
from nhsuk.offers import Choices
from parties.acting import acting_of
from web.carrying_out import posted, save_form

WITHDRAWN = (
    "It will not be released, and this cannot be undone. Everybody who has a draft is told. The "
    "drafts close to them, and no more reminders go out."
)


def plan_one(request: HttpRequest) -> HttpResponse:
    """One form puts an announcement into the forward plan."""
    acting = acting_of(request)
    reference = request.GET.get("agreement", "")
    offer = offered(acting, reference=reference)
    choices = offer["agreements"]

    def act(at: datetime, **said: Any) -> Announcement:
        return plan(by=acting, planned_for=at, **said)

    return save_form(
        request,
        posted(request, PlanForm, **offer, initial=_suggested(reference, choices)),
        act,
        done=lambda planned: (
            f"The {kind_of(planned)} is in your forward plan.\nOnly your organisation sees it. "
            "Next: add a draft, then share it with named people of each other party."
        ),
        to=reverse("announcements:list"),
        leads_to=url_of,
        template="communications/plan.jinja",
        has_choice=bool(choices),
        way=way(),
    )


def _suggested(wanted: str, choices: Choices) -> dict[str, object]:
    """The agreement from whose page one comes, or the only one there is."""
    found = [pk for pk, text in choices if f"({wanted})" in text] if wanted else []
    return {"agreements": found or ([choices[0][0]] if len(choices) == 1 else [])}


@for_keepers
def edit_one(request: HttpRequest, announcement: Announcement) -> HttpResponse:
    """What it is, what it is called, and which agreements it touches."""
    acting = acting_of(request)
    touched = list(announcement.concerned.values_list("agreement", flat=True))
    said = {
        "kind": announcement.kind,
        "title": announcement.title,
        "agreements": [str(pk) for pk in touched],
        "about": [str(each.pk) for each in touched_in(announcement.concerned.all())
                  .get(announcement.pk, [])],
    }  # fmt: skip
    return save_form(
        request,
        posted(request, AboutForm, **offered(acting, besides=touched), initial=said),
        partial(edit, by=acting, announcement=announcement),
        done=lambda _: "Saved.\nThe lead times and reminders follow from it.",
        title=f"Edit the {kind_of(announcement)}",
        lead="To change when it is released, use Move.",
        **about(announcement),
    )


@for_keepers
def move_one(request: HttpRequest, announcement: Announcement) -> HttpResponse:
    """Another time for the release."""
    acting = acting_of(request)
    later = max(announcement.planned_for, clock.now() + timedelta(hours=1))

    def act(at: datetime, because: str) -> datetime:
        move_release(by=acting, announcement=announcement, planned_for=at, because=because)
        return at

    return save_form(
        request,
        posted(request, MoveForm, initial=boxes_of(later)),
        act,
        done=lambda at: (
            f"The release is moved to {moment(at)}.\n"
            f"{told_named(announcement)} The reminders moved too."
        ),
        title="Move the release",
        lead=f"The release is planned for {moment(announcement.planned_for)}. Share-by times and "
        "reminders move with it, and everybody who has a draft is told.",
        button="Move the release",
        **about(announcement),
    )


@for_keepers
def withdraw_one(request: HttpRequest, announcement: Announcement) -> HttpResponse:
    """It will not be released: says what that means, and asks why."""
    kind = kind_of(announcement)
    return save_form(
        request,
        posted(request, WithdrawForm),
        partial(withdraw, by=acting_of(request), announcement=announcement),
        done=lambda _: (
            f"The {kind} is withdrawn.\n{told_named(announcement)} No more reminders go out."
        ),
        title=f"Withdraw the {kind}",
        lead=WITHDRAWN,
        button=f"Withdraw the {kind}",
        warning=True,
        **about(announcement),
    )
