"""A succession: recorded, looked at, agreed and withdrawn; and what an agreement makes of one."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from agreements.changes.ways import SLUGS
from agreements.core.by_link import NO_LONGER, acts, opened_by
from agreements.core.choices import with_other_parties
from agreements.core.reached import agreement_of, steps, subpage_url
from agreements.core.telling import told_others
from agreements.models import Agreement, SuccessionMove
from agreements.succession.forms import FULL, AgreeForm, AnswerForm, ChooseForm, SuccessionForm
from agreements.succession.pages import SuccessionPage
from agreements.succession.queries import held_from
from agreements.succession.services import deciding, recording
from agreements.succession.services.beginning import try_again
from house.refusals import NotYours
from mail.models import SentLink
from nhsuk.dates import day
from parties.acting import acting_of
from parties.models import Organisation, Role, Succession
from web.carrying_out import ReasonForm, act_at_once, posted, save_form
from web.link_forms import link_form
from web.links import gone

KEY = "succession"
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


def _succession(request: HttpRequest, key: uuid.UUID) -> Succession:
    rows = Succession.objects.visible_to(acting_of(request)).select_related("old", "new")
    return get_object_or_404(rows, key=key)


def _move(request: HttpRequest, reference: str, pk: int) -> tuple[Agreement, SuccessionMove]:
    agreement = agreement_of(request, reference)
    rows = SuccessionMove.objects.visible_to(acting_of(request)).filter(agreement=agreement)
    rows = rows.filter(moved_at__isnull=False).select_related("succession__old", "succession__new")
    move = get_object_or_404(rows, pk=pk)
    move.agreement = agreement
    return agreement, move


def _url(found: Succession) -> str:
    return reverse("successions:one", args=[found.key])


def _way(found: Succession) -> list[tuple[str, str]]:
    way = [(HOME, reverse("home")), (TITLE, reverse("successions:list"))]
    return [*way, (f"{found.new} in the place of {found.old}", _url(found))]


def _agreed(found: Succession) -> str:
    return f"It is so: {found.new} is in the place of {found.old} from {day(found.on)}."


def _leads_to(move: SuccessionMove) -> str:
    """Where what was chosen is done: the forms of changes, as far as there is one."""
    slug = {"vary": "variation", "end": "ending"}.get(move.choice)
    reference = move.agreement.reference
    if slug == "ending" or slug in SLUGS.values():
        return reverse("agreements:change_open", args=[reference, slug])
    return subpage_url(reference, KEY if slug is None else "changes")
