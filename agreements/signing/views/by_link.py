"""The pages of who signs without an account, from the link that was sent to them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from agreements.contacts.services.newcomers import Newcomer
from agreements.core.in_groups import opened_by_link
from agreements.signing.by_link import request_of_link
from agreements.signing.link_forms import (
    AnswerByLinkForm,
    ContactByLinkForm,
    SignByLinkForm,
    WithdrawByLinkForm,
)
from agreements.signing.pages.by_link import LinkPage
from agreements.signing.services import by_link as services
from agreements.signing.services.statements import statement_for
from agreements.signing.signed_copy import build_unsigned_copy
from documents.rendering import RenderingFailed
from documents.storage import attachment, download
from house import clock
from house.refusals import NotNow
from mail.links.codes import check_code
from mail.models import SentLink
from web.carrying_out import save_form
from web.links import asks_for_code, path_of, send_code


def sign(request: HttpRequest, link: SentLink) -> HttpResponse:
    """The text in full; a code on request; and the form that signs."""
    shown = LinkPage(link, request_of_link(link))
    if not shown.may_act:
        return render(
            request, "agreements/link_done.jinja", {"page": shown, "paths": _paths(request)}
        )
    if asks_for_code(request):
        opened_by_link(shown.asked.version.agreement)
        return send_code(request, link, then=f"{request.path}#sign")
    asked = shown.asked
    form = SignByLinkForm(
        request.POST or None,
        statement=statement_for(asked),
        initial={"sha256": asked.version.sha256},
    )

    def act(sha256: str, typed_name: str, code: str, **_: bool) -> None:
        check_code(link, code)
        services.sign_by_link(link=link, request=asked, sha256=sha256, typed_name=typed_name)

    return save_form(
        request,
        form,
        act,
        done=lambda _: shown.thanks,
        to=request.path,
        template="agreements/link_sign.jinja",
        page=shown,
        paths=_paths(request),
    )


def answer(request: HttpRequest, link: SentLink) -> HttpResponse:
    """A question, why not yet, or why not at all."""
    shown = LinkPage(link, request_of_link(link))
    if not shown.may_act:
        return redirect(path_of(request))
    form = AnswerByLinkForm(request.POST or None)

    def act(answer: str, because: str) -> None:
        said = {
            "question": services.ask_by_link,
            "not_ready": services.say_not_ready_by_link,
            "decline": services.decline_by_link,
        }
        said[answer](link=link, request=shown.asked, because=because)

    return save_form(
        request,
        form,
        act,
        done=lambda _: shown.told,
        to=path_of(request),
        title="Ask a question, or say why you do not sign",
        caption=shown.title,
        button="Send it",
        template="web/link_form.jinja",
    )


def withdraw(request: HttpRequest, link: SentLink) -> HttpResponse:
    """Withdraws the signature that was given by this link, with a new code."""
    shown = LinkPage(link, request_of_link(link))
    if not shown.may_withdraw:
        return redirect(path_of(request))
    if asks_for_code(request):
        return send_code(request, link, then=f"{request.path}#sign")
    form = WithdrawByLinkForm(request.POST or None)

    def act(because: str, code: str) -> None:
        check_code(link, code)
        services.take_back_by_link(link=link, request=shown.asked, because=because)

    return save_form(
        request,
        form,
        act,
        done=lambda _: f"Your signature is withdrawn.\n{shown.told_of_end}",
        to=path_of(request),
        template="agreements/link_withdraw.jinja",
        page=shown,
    )


def contacts(request: HttpRequest, link: SentLink) -> HttpResponse:
    """Names who holds a contact role of the party that nobody holds."""
    shown = LinkPage(link, request_of_link(link))
    if not shown.may_act or not shown.vacant:
        return redirect(path_of(request))
    form = ContactByLinkForm(request.POST or None, roles=shown.vacant, signatory=shown.signatory)

    def act(role: str, **_: str) -> None:
        newcomer: Newcomer = form.newcomer
        services.name_contact_by_link(link=link, request=shown.asked, role=role, newcomer=newcomer)

    return save_form(
        request,
        form,
        act,
        done=lambda _: f"{form.cleaned_data['name']} is named.\nNext: read the text, and sign it.",
        to=path_of(request),
        title=f"Name a contact of {shown.asked.party.name}",
        caption=shown.title,
        button="Name this contact",
        template="web/link_form.jinja",
    )


def pdf(request: HttpRequest, link: SentLink) -> HttpResponse:
    """The text to print and sign; once all have signed, the final signed copy."""
    shown = LinkPage(link, request_of_link(link))
    reference = shown.asked.version.agreement.reference
    if shown.final:
        return download(shown.final, name=f"{reference} final signed copy.pdf")
    version = shown.asked.version
    if version.is_complete or not shown.is_asked:
        messages.info(request, "The file is not here, or not here yet. Come back in a minute.")
        return redirect(path_of(request))
    try:
        made = build_unsigned_copy(version, made_at=clock.now())
    except RenderingFailed as problem:
        if problem.passing:
            raise NotNow(problem.sentence) from problem
        messages.error(request, problem.sentence)
        return redirect(path_of(request))
    name = f"{reference} version {version.label}.pdf"
    return attachment(made, name=name, content_type="application/pdf")


def document(request: HttpRequest, link: SentLink) -> HttpResponse:
    """The file of a document that the text is read with, as the text names it (`?key=`)."""
    shown = LinkPage(link, request_of_link(link))
    file = shown.file_of(request.GET.get("key", ""))
    if file is None:
        raise Http404
    return download(file, name=file.name)


def _paths(request: HttpRequest) -> dict[str, str]:
    names = ("answer", "contacts", "pdf", "document", "withdraw")
    return {name: path_of(request, name) for name in names}
