"""The list of documents that an agreement is read with, and the page of one of them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from agreements.associated.forms import AddForm, ChangeForm
from agreements.associated.pages import DocumentPage
from agreements.associated.services import add_document, change_document, may_change, take_off
from agreements.core.associated import terms_there
from agreements.core.parties import side_of, sides_of, version_of_terms
from agreements.core.reached import agreement_of, not_disposed, steps, subpage_url
from agreements.models import AssociatedDocument, DocumentVersion
from documents.storage import download
from house.refusals import NotYours
from parties.acting import acting_of
from web.carrying_out import ReasonForm, save_form
from web.way import Steps


def add(request: HttpRequest, reference: str) -> HttpResponse:
    """A document for the list; `?for=` names one that the text asks for."""
    agreement, by = agreement_of(request, reference), acting_of(request)
    side_of(agreement, by)
    own = sides_of(agreement, by)
    form = AddForm(
        request.POST or None,
        request.FILES or None,
        terms=version_of_terms(agreement).typed_terms,
        own=own,
        there=terms_there(agreement, own),
        wanted=request.GET.get("for", ""),
    )
    form.asks = by

    def act(**_: object) -> AssociatedDocument:
        made = add_document(
            by=by, agreement=agreement, said=form.said(), kind=form.kind,
            is_own=form.is_own, term=form.term,
        )  # fmt: skip
        form.taken()
        return made

    return save_form(
        request,
        form,
        act,
        done=lambda _: "The document is on the list.\nThe next text that gets a number prints it.",
        to=_list_of(reference),
        template="agreements/document_form.jinja",
        title="Add a document that the agreement is read with",
        button="Add the document",
        agreement=agreement,
        way=steps(agreement),
    )


def shown(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """One document: what it is, where it is, and what it was before."""
    page = DocumentPage(_document(request, reference, pk), acting_of(request))
    context = {"page": page, "agreement": page.agreement, "way": steps(page.agreement)}
    return render(request, "agreements/associated_document.jinja", context)


def change(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Another version in its place, or other facts."""
    document, by = _document(request, reference, pk), acting_of(request)
    page = DocumentPage(document, by)
    _check_may(page)
    form = ChangeForm(request.POST or None, request.FILES or None, newest=page.newest)
    form.asks = by

    def act(edit_no: int, because: str, **_: object) -> None:
        change_document(
            by=by, document=document, edit_no=edit_no, said=form.said(), because=because
        )
        form.taken()

    return save_form(
        request,
        form,
        act,
        done=lambda _: "The document was changed.\nWhat it was before stays on this page.",
        to=page.line.url,
        template="agreements/document_form.jinja",
        title=f"Change “{page.newest.title}”",
        button="Save",
        agreement=page.agreement,
        way=_way(page),
    )


def off(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Takes the document off the list, with the reason."""
    document, by = _document(request, reference, pk), acting_of(request)
    page = DocumentPage(document, by)
    _check_may(page)
    hint = "The parties read it. The document stays readable, and texts that print it keep it."
    return save_form(
        request,
        ReasonForm(request.POST or None, label="Why it is taken off the list", hint=hint),
        lambda because: take_off(by=by, document=document, because=because),
        done=lambda _: f"“{page.newest.title}” is off the list.\nIts page and its history stay.",
        to=_list_of(reference),
        title=f"Take “{page.newest.title}” off the list",
        caption=page.agreement.full_title,
        button="Take it off the list",
        warning=True,
        way=_way(page),
    )


def file(request: HttpRequest, reference: str, pk: int, seq: int) -> HttpResponse:
    """The file of one version, for whoever may see the agreement."""
    version = _version(request, reference, pk, seq)
    if version.file is None:
        raise Http404
    return download(version.file, name=version.file.name)


def file_as_uploaded(request: HttpRequest, reference: str, pk: int, seq: int) -> HttpResponse:
    """The damaged or locked file that the portal's copy was made of."""
    version = _version(request, reference, pk, seq)
    repair = version.file.copy_of if version.file else None
    if repair is None:
        raise Http404
    return download(repair.original, name=f"As it was uploaded, {repair.original.name}")


def _document(request: HttpRequest, reference: str, pk: int) -> AssociatedDocument:
    visible = AssociatedDocument.objects.visible_to(acting_of(request))
    rows = visible.select_related("agreement__in_force_version", "ended_by__person")
    found = get_object_or_404(rows, agreement__reference=reference, pk=pk)
    not_disposed(found.agreement)
    return found


def _version(request: HttpRequest, reference: str, pk: int, seq: int) -> DocumentVersion:
    visible = DocumentVersion.objects.visible_to(acting_of(request))
    rows = visible.select_related("file__repair__original", "document__agreement")
    of = {"document__agreement__reference": reference, "document": pk}
    found = get_object_or_404(rows, seq=seq, **of)
    not_disposed(found.document.agreement)
    return found


def _check_may(page: DocumentPage) -> None:
    """Raises NotYours for somebody else's document. One that is off the list a service refuses."""
    side_of(page.agreement, page.acting)
    if page.document.is_listed and not may_change(page.acting, page.document):
        raise NotYours("Your organisation does not change this document.")


def _list_of(reference: str) -> str:
    return f"{subpage_url(reference, 'versions')}#associated"


def _way(page: DocumentPage) -> Steps:
    return [*steps(page.agreement), (page.newest.title, page.line.url)]
