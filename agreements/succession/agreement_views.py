"""What an agreement makes of a succession: what becomes of it, and the other parties' word."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from agreements.changes.ways import SLUGS
from agreements.core.by_link import NO_LONGER, acts, opened_by
from agreements.core.reached import agreement_of, steps, subpage_url
from agreements.core.telling import told_others
from agreements.models import Agreement, SuccessionMove
from agreements.succession.forms import AnswerForm, ChooseForm
from agreements.succession.services import deciding
from mail.models import SentLink
from nhsuk.dates import day
from parties.acting import acting_of
from web.carrying_out import save_form
from web.link_forms import link_form
from web.links import gone

KEY = "succession"


def choose(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """The successor says what becomes of an MoU that it took over; then the way to do it."""
    agreement, move = _move(request, reference, pk)
    acting = acting_of(request)
    deciding.require_successor(acting, move)
    return save_form(
        request,
        ChooseForm(request.POST or None, initial={"choice": move.choice}),
        partial(deciding.choose, by=acting, move=move),
        done=lambda made: (
            f"You said: {made.get_choice_display().lower()}.\n{told_others(agreement, acting)}"
        ),
        to=subpage_url(reference, KEY),
        leads_to=lambda made: _leads_to(made),
        title="Say what becomes of this MoU",
        lead=f"{move.succession.new} took the place of {move.succession.old} on "
        f"{day(move.succession.on)}.",
        caption=agreement.full_title,
        way=steps(agreement),
    )


def answer(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Another party says that the succession is right, or why it is not."""
    agreement, move = _move(request, reference, pk)
    acting = acting_of(request)
    deciding.require_other(acting, move)
    form = AnswerForm(request.POST or None)

    def act(because: str, **_: object) -> None:
        deciding.say_of_succession(by=acting, move=move, agrees=form.agrees, because=because)

    found = move.succession
    return save_form(
        request, form, act,
        done=lambda _: f"{form.done}\n{told_others(agreement, acting)}",
        to=subpage_url(reference, KEY),
        title="Say whether this is right",
        lead=f"Since {day(found.on)} {found.new} is in the place of {found.old}, by "
        f"{found.instrument}.",
        caption=agreement.full_title,
        way=steps(agreement),
    )  # fmt: skip


def answer_by_link(request: HttpRequest, link: SentLink) -> HttpResponse:
    """The same answer by a link, for a key contact without an account (record 0052)."""
    by = opened_by(link)
    if by is None:
        return gone(request, sentence=NO_LONGER)
    rows = SuccessionMove.objects.visible_to(by.acting).filter(pk=by.about)
    move = rows.select_related("agreement", "succession__old", "succession__new").first()
    if move is None or move.moved_at is None:
        return gone(request, sentence="Nobody waits for an answer to this any more.")
    found, form = move.succession, AnswerForm(request.POST or None)

    def act(because: str, **_: object) -> None:
        with acts(by) as acting:
            deciding.say_of_succession(by=acting, move=move, agrees=form.agrees, because=because)

    return link_form(
        request,
        form,
        act,
        done=lambda: f"{form.done}\n{told_others(move.agreement, by.acting)}",
        title="Say whether this is right",
        caption=by.title,
        facts=[
            ("What", f"{found.new} is in the place of {found.old}"),
            ("Since", day(found.on)),
            ("By", found.instrument),
        ],
    )


def _move(request: HttpRequest, reference: str, pk: int) -> tuple[Agreement, SuccessionMove]:
    agreement = agreement_of(request, reference)
    rows = SuccessionMove.objects.visible_to(acting_of(request)).filter(agreement=agreement)
    rows = rows.filter(moved_at__isnull=False).select_related("succession__old", "succession__new")
    move = get_object_or_404(rows, pk=pk)
    move.agreement = agreement
    return agreement, move


def _leads_to(move: SuccessionMove) -> str:
    """Where what was chosen is done: the forms of changes, as far as there is one."""
    slug = {"vary": "variation", "end": "ending"}.get(move.choice)
    reference = move.agreement.reference
    if slug == "ending" or slug in SLUGS.values():
        return reverse("agreements:change_open", args=[reference, slug])
    return subpage_url(reference, KEY if slug is None else "changes")
