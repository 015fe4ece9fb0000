"""The pages on which a group is prepared and sent."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from agreements.core.choices import newest_published, organisations_for
from agreements.groups.forms.preparing import (
    FIXED,
    BeginForm,
    BlanksForAllForm,
    ChooseFilter,
    ChooseForm,
    blanks_of,
)
from agreements.groups.pages.frame import way_to
from agreements.groups.queries import areas
from agreements.groups.reading import ReceiverLine
from agreements.groups.services import preparing, sending
from agreements.groups.views.reached import open_to_change, preparing_of
from agreements.models import MOST_LINES, Issue
from nhsuk.words import plural
from parties.acting import acting_of
from parties.models import Role
from parties.services.lists import Taken
from web.carrying_out import act_at_once, save_form, tried


def page_of(issue: Issue) -> str:
    return reverse("agreements:group", args=[issue.key])


def begin(request: HttpRequest) -> HttpResponse:
    """Which template, to whom, and whether the text is fixed."""
    acting = acting_of(request)
    versions = [
        each for each in newest_published(acting)
        if len(each.typed_slots) == 2 and not any(slot.many for slot in each.typed_slots)
    ]  # fmt: skip
    form = BeginForm(versions, request.POST or None, own_kind=acting.on_behalf_of.kind)

    def act(title: str, way: str, **_: Any) -> Issue:
        version, slot = form.chosen
        return preparing.begin(
            by=acting, template_version=version, title=title, slot=slot, text_is_fixed=way == FIXED
        )

    return save_form(
        request,
        form,
        act,
        done=lambda issue: f"“{issue.title}” is begun.\nNext: say to whom it goes.",
        to=reverse("agreements:groups"),
        leads_to=page_of,
        template="agreements/group_begin.jinja",
        versions=versions,
        may_take=acting.has(Role.MANAGER),
        way=way_to(),
    )


def choose(request: HttpRequest, key: UUID) -> HttpResponse:
    """Organisations that can take the side, narrowed by area and name; all are chosen at first."""
    issue, acting = open_to_change(request, key), acting_of(request)
    narrowed = ChooseFilter(request.GET or None, areas=areas())
    offers = organisations_for(issue.template_version.typed_slots)
    there = Q(pk__in=issue.lines.values("organisation")) | Q(pk=acting.on_behalf_of.pk)
    found = offers[issue.slot].rows.exclude(there).filter(_narrowed(narrowed.wanted))
    rows = list(found.named().by_name()[: MOST_LINES + 1])
    choices = [(str(each.pk), each.name) for each in rows[:MOST_LINES]]
    own = str(acting.organisation_id)
    offered = offers[issue.commissioner_slot]
    form = ChooseForm(request.POST or None, offered=offered, own=own, found=choices)

    def add(commissioner: str, receivers: list[str]) -> Taken:
        lines = [
            ReceiverLine(0, int(pk), "", int(commissioner), "") for pk in receivers
        ]  # fmt: skip
        return preparing.add_lines(by=acting, issue=issue, lines=lines)

    return save_form(
        request,
        form,
        add,
        done=lambda taken: f"{plural(taken.new, 'organisation')} added to the list.",
        to=page_of(issue),
        template="agreements/group_choose.jinja",
        filter=narrowed,
        found=choices,
        is_cut=len(rows) > MOST_LINES,
        issue=issue,
        way=way_to(issue),
    )


def _narrowed(wanted: dict[str, Any]) -> Q:
    narrowed = Q(pk__isnull=False)
    if area := wanted.get("area"):
        narrowed &= Q(area=area)
    if text := wanted.get("text"):
        narrowed &= Q(names__name__icontains=text) | Q(ods_code__istartswith=text)
    return narrowed


def fill_in(request: HttpRequest, key: UUID) -> HttpResponse:
    """What stands in the blanks of all."""
    issue = open_to_change(request, key)
    blanks = blanks_of(issue)
    form = BlanksForAllForm(request.POST or None, blanks=blanks, said=issue.blanks)
    return save_form(
        request,
        form,
        lambda **values: preparing.fill_blanks(by=acting_of(request), issue=issue, values=values),
        done=lambda _: "The blanks are saved.",
        to=page_of(issue),
        title="Fill in the blanks of all",
        caption=issue.title,
        lead="What you leave empty may come with the list, or each fills it in for itself.",
        way=way_to(issue),
    )


def take_out(request: HttpRequest, key: UUID, pk: int) -> HttpResponse:
    issue = preparing_of(request, key)
    line = get_object_or_404(issue.lines.select_related("organisation"), pk=pk)
    return act_at_once(
        request,
        lambda: preparing.take_out(by=acting_of(request), issue=issue, line=line),
        done=f"{line.organisation.name} is off the list.",
        to=page_of(issue),
    )


def send(request: HttpRequest, key: UUID) -> HttpResponse:
    """Makes one's own in the background, and asks the other commissioners."""
    issue, acting = preparing_of(request, key), acting_of(request)

    def act() -> str:
        share = sending.send(by=acting, issue=issue)
        if share is None:
            messages.success(request, "The commissioners are asked.\nEach answers for itself.")
            return page_of(issue)
        share.refresh_from_db()
        return reverse("agreements:group_job", args=[issue.key, share.job.key if share.job else ""])

    return redirect(tried(request, act) or page_of(issue))
