"""Putting an e-mail on a thing, reading it, answering to it, taking it out."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from agreements.core.confirming import ConfirmationForm
from agreements.core.emailing import Things, things_of
from agreements.emails import services
from agreements.emails.choosing import ToChoose
from agreements.emails.email_page import EmailPage
from agreements.emails.forms import EmailForm, WhereForm
from agreements.emails.pages import EmailsOn, list_url, url_of
from agreements.models import SavedEmail
from documents.emails import attached_to
from documents.storage import attachment, download, read
from house.refusals import NotYours, Refused
from parties.acting import acting_of
from web.carrying_out import ReasonForm, save_form
from web.way import Steps

OTHERS = "The other parties whose matter it is are told."


def on(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The e-mails on one thing."""
    things, thing = _thing(request, key, pk)
    said = things.said(thing)
    context = {"part": EmailsOn(key, thing, acting_of(request)), "thing": said, "way": said.way}
    return render(request, "emails/list.jinja", context)


def put(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Puts a saved e-mail on the thing."""
    things, thing = _thing(request, key, pk)
    by, said = acting_of(request), things.said(thing)
    services.require_may_put(by, things, thing)
    form = EmailForm(request.POST or None, request.FILES or None)

    def act(**_: object) -> SavedEmail:
        return services.put_email(by=by, things=things, thing=thing, read=form.read())

    return save_form(
        request,
        form,
        act,
        done=lambda _: f"The e-mail is on record.\n{OTHERS}",
        to=said.url,
        leads_to=url_of,
        title="Put an e-mail here",
        caption=said.name,
        lead=f"{things.readers(thing)} What it says and when it was sent goes on record, and the "
        "file is kept. Bring none with details of patients.",
        button="Put it here",
        way=[*said.way, (said.name, said.url)],
    )


def email(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """What an e-mail says, with what is odd about it."""
    page = _page(request, public_id)
    context = {"page": page, "email": page.email, "way": _way(page)[:-1]}
    return render(request, "emails/email.jinja", context)


def file(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The file as it was brought."""
    found = _open(request, public_id).email.file
    return download(found, name=found.name)


def attached(request: HttpRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    """One of its attachments, looked at as uploads are; a banner says why another is not opened."""
    email = _open(request, public_id).email
    if number >= len(email.attachments):
        raise Http404
    name = email.attachments[number]["name"]
    try:
        data, kind = attached_to(read(email.file), number, name)
    except Refused as refusal:
        messages.error(request, f"“{name}” was not opened. {refusal.sentence}")
        return redirect(url_of(email))
    return attachment(data, name=name, content_type=kind)


def move(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Says what an e-mail is about that came to the agreement as such."""
    page, by = _page(request, public_id), acting_of(request)
    services.require_part(by, page.things, page.row)
    if not page.is_own:
        raise NotYours("Only the party that put this e-mail here says what it is about.")
    if not page.may_move:
        return redirect(url_of(page.email))
    to_choose = ToChoose(page.things.agreements(page.row)[0], by, but=services.AS_SUCH)

    def act(where: str) -> None:
        things, thing = to_choose.chosen(where)
        services.move_email(by=by, email=page.email, things=things, thing=thing)

    return save_form(
        request, WhereForm(request.POST or None, to_choose=to_choose), act,
        done=lambda _: "The e-mail is there now.", title="Say what this e-mail is about",
        button="Put it there", **_about(page),
    )  # fmt: skip


def answer(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Another party confirms it, or says what is not right."""
    page, by = _page(request, public_id), acting_of(request)
    services.require_part(by, page.things, page.row)
    if page.is_own:
        raise NotYours("Your organisation put this e-mail here itself. Another party says that.")
    form = ConfirmationForm(request.POST or None, what="this e-mail")

    def act(because: str, **_: object) -> None:
        services.say_of_email(by=by, email=page.email, agrees=form.agrees, because=because)

    return save_form(
        request, form, act, done=lambda _: f"{form.done}\n{OTHERS}",
        title="Is this e-mail right?", button="Send your answer", **_about(page),
    )  # fmt: skip


def error(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The party that put it here takes it out."""
    page, by = _page(request, public_id), acting_of(request)
    services.require_part(by, page.things, page.row)
    if not page.is_own:
        raise NotYours("Only the party that put this e-mail here may say that it was an error.")
    return save_form(
        request,
        ReasonForm(request.POST or None, label="What was wrong"),
        partial(services.enter_in_error, by=by, email=page.email),
        done=lambda _: f"The e-mail is marked as entered in error.\n{OTHERS}",
        title="Entered in error",
        lead="The others see that an e-mail was here, and your reason. Its words and its file are "
        "open to your own organisation alone from then on. This cannot be undone.",
        button="Mark as entered in error",
        warning=True,
        **_about(page),
    )


def _thing(request: HttpRequest, key: str, pk: int) -> tuple[Things[Any], Model]:
    """Raises Http404 for what is not theirs to see, or is of no kind that takes e-mails."""
    try:
        things = things_of(key)
    except KeyError:
        raise Http404 from None
    return things, get_object_or_404(things.visible(acting_of(request)), pk=pk)


def _page(request: HttpRequest, public_id: uuid.UUID) -> EmailPage:
    visible = SavedEmail.objects.visible_to(acting_of(request))
    rows = visible.select_related("file", "put_by__person", "put_for", "error_by__person")
    found = get_object_or_404(rows, public_id=public_id)
    return EmailPage(found, *services.of_email(found), acting_of(request))


def _open(request: HttpRequest, public_id: uuid.UUID) -> EmailPage:
    """Raises Http404 for what was entered in error by others."""
    page = _page(request, public_id)
    if not page.is_open:
        raise Http404
    return page


def _way(page: EmailPage) -> Steps:
    things, thing = page.things, page.thing
    steps = [*thing.way, (thing.name, thing.url)]
    if thing.lists_apart:
        steps.append(("E-mails", list_url(things.key, page.email.thing)))
    return [*steps, (page.title, url_of(page.email))]


def _about(page: EmailPage) -> dict[str, Any]:
    return {"caption": page.title, "way": _way(page), "to": url_of(page.email)}
