"""Heads-ups on the page of an agreement and on Home."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from agreements.core.texts import clause_bound_to
from agreements.models import Agreement
from communications.heads_ups.presenters import words
from communications.heads_ups.queries.listing import of_agreement
from communications.heads_ups.rules import WIDER_IMPACT
from communications.models import HeadsUp, Told
from communications.models.heads_ups import is_told
from house import clock
from house.answers import OpenThing, OpenThings, Section, Todo
from house.asked_together import Asking
from house.clock import london_day
from nhsuk.components import Button
from parties.acting import Acting
from parties.models.organisations import name_today
from parties.who import DRAFTERS

SHOWN = 5
# So many of the newest that somebody was told of are looked at for Home.
MOST_TOLD = 50


def section_of(agreement: Agreement, acting: Acting) -> Section:
    """The newest of them, with the way to all."""
    query = urlencode({"agreement": agreement.reference})
    may_give = DRAFTERS.includes(acting) and agreement.takes_acts
    return Section(
        anchor="heads-ups",
        heading="Heads-ups",
        position=45,
        template="heads_ups/section.jinja",
        context={
            "rows": of_agreement(agreement, acting, SHOWN),
            "href": f"{reverse('heads_ups:list')}?{query}",
            "feedback": reverse("heads_ups:feedback", args=[agreement.reference])
            if may_give
            else "",
            "words": words,
        },
        action=Button("Give a heads-up", f"{reverse('heads_ups:give')}?{query}", kind="secondary")
        if may_give
        else None,
    )


def asked_of_decisions(agreement: Agreement, acting: Acting) -> list[Section]:
    """Beside its meetings, where the text in force asks whom a decision affects (C11)."""
    if not agreement.takes_acts or clause_bound_to(agreement, WIDER_IMPACT) is None:
        return []
    said = {"agreement": agreement.reference, "kind": HeadsUp.Kind.WIDER_IMPACT}
    query = urlencode(said)
    give = Button("Tell whom it affects", f"{reverse('heads_ups:give')}?{query}", kind="secondary")
    return [
        Section(
            anchor="decisions",
            heading="Decisions that affect others",
            position=40,
            template="heads_ups/decisions.jinja",
            context={"href": f"{reverse('heads_ups:list')}?{query}"},
            action=give if DRAFTERS.includes(acting) else None,
        )
    ]


def asking_to_read(acting: Acting) -> Asking[list[Todo]]:
    """Those that the reader was told of and has not acknowledged, until they have gone out; of
    feedback until they do. Not to acknowledge is never late."""
    newest = Told.objects.filter(is_told(acting), acknowledged_at=None).order_by("-pk")
    given = Q(kind=HeadsUp.Kind.FEEDBACK, state=HeadsUp.State.SENT)
    rows = HeadsUp.objects.filter(
        Q(state=HeadsUp.State.PLANNED) | given, pk__in=newest.values("heads_up")[:MOST_TOLD]
    )
    named = rows.exclude(owner=acting.organisation_id).annotate(owner_name=name_today("owner"))
    [found] = yield [named.defer("text")]
    return [
        Todo(
            sentence=f"Read the {words.called(each)}",
            about=f"{each.get_kind_display()}, from {getattr(each, 'owner_name', '')}",
            url=words.url_of(each),
            button="Read it" if each.is_feedback else "Read the heads-up",
            due_on=None if each.is_feedback else london_day(each.planned_for),
            due_at=None if each.is_feedback else each.planned_for,
            since=each.given_at if each.is_feedback else None,
        )
        for each in found
        if each.is_feedback or each.planned_for > clock.now()
    ]


def opened(agreement: Agreement, rows: Sequence[HeadsUp], most: int) -> OpenThings:
    """What was under way at the end of a day."""
    query = urlencode({"agreement": agreement.reference, "state": HeadsUp.State.PLANNED})
    return OpenThings(
        "heads-up",
        "heads-ups",
        tuple(
            OpenThing(
                each.get_kind_display(), each.title, each.owner.name,
                london_day(each.planned_for), words.url_of(each),
            )
            for each in rows[:most]
        ),
        len(rows),
        f"{reverse('heads_ups:list')}?{query}",
    )  # fmt: skip
