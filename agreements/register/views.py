from __future__ import annotations

from hashlib import sha256

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from agreements.core.choices import newest_published, organisations_for
from agreements.core.confirming import ConfirmationForm, require_other_party
from agreements.core.parties import parties_of, side_of
from agreements.core.reached import steps
from agreements.core.telling import told_others
from agreements.drafting.forms.setting_up import TemplateForm
from agreements.drafting.pages.setting_up import own_side
from agreements.models import Agreement, RegisteredCopy, TemplateVersion
from agreements.register import services as registering
from agreements.register.copies import check_is_new
from agreements.register.forms import RegisterForm
from agreements.reviews.queries import first_date_of_review
from agreements.signing.pages.documents import registered_files
from documents.models import StoredFile
from documents.storage import download, keep
from documents.uploads import words_of
from nhsuk.dates import day
from nhsuk.words import and_list
from parties.acting import Acting, acting_of
from parties.models import Organisation, Role
from web.carrying_out import save_form


def register_signed(request: HttpRequest) -> HttpResponse:
    """A signed MoU and its dates on one page; what looks odd is shown afterwards."""
    acting, versions = acting_of(request), newest_published(acting_of(request))
    only = str(versions[0].pk) if len(versions) == 1 else ""
    asked = request.GET.get("template", only)
    version = next((each for each in versions if str(each.pk) == asked), None)
    if version is None:
        return _choose(request, versions)
    slots = version.typed_slots
    form = RegisterForm(
        version,
        organisations_for(slots),
        own_side(slots, acting),
        request.POST or None,
        request.FILES or None,
    )
    form.asks = acting
    return save_form(
        request,
        form,
        lambda **_: _register(acting, version, form),
        done=lambda made: _what_next(made, acting),
        to=reverse("agreements:list"),
        leads_to=lambda made: reverse("agreements:agreement", args=[made.reference]),
        template="agreements/register.jinja",
        version=version,
        has_choice=len(versions) > 1,
    )


def _choose(request: HttpRequest, versions: list[TemplateVersion]) -> HttpResponse:
    form = TemplateForm(versions, request.GET if "template" in request.GET else None)
    may_take = acting_of(request).has(Role.MANAGER)
    context = {"form": form, "versions": versions, "may_take": may_take}
    return render(request, "agreements/register_template.jinja", context)


def _register(acting: Acting, version: TemplateVersion, form: RegisterForm) -> Agreement:
    said = form.cleaned_data
    pdf = form.brought()
    fingerprint = sha256(pdf.data).hexdigest()
    copies = RegisteredCopy.objects.visible_to(acting).select_related("agreement")
    known = copies.filter(file__sha256=fingerprint, withdrawn_at=None).first()
    if known and (known.typed_sha256, known.recorded_by) == (form.typed_sha256, acting.who):
        # The second press of the button: nothing else was typed.
        return known.agreement
    form.known = known.agreement if known else None
    check_is_new(acting, fingerprint)
    form.check_parties(words_of(pdf.data))
    parties = form.chosen({})
    chosen = Organisation.objects.visible_to(acting).in_bulk(list(parties.values()))
    made = registering.register_signed(
        by=acting,
        template_version=version,
        title=said["title"],
        organisations={key: chosen[pk] for key, pk in parties.items()},
        file=keep(pdf, name=form.file_name),
        contacts=form.contacts,
        signed_on=said["signed_on"],
        review_on=form.review,
        effective_on=said["effective_on"],
        approval_sought_on=said["approval_sought_on"],
        end_on=said["end_on"],
        dates_are_right=said["dates_are_right"],
        typed_sha256=form.typed_sha256,
    )
    form.taken()
    return made


def _what_next(agreement: Agreement, acting: Acting) -> str:
    found = len(agreement.registered_copy.findings)
    look = "Look at what we found, under Documents." if found else "We found nothing odd."
    return (
        f"{agreement.reference} is registered and in force.\n"
        f"{told_others(agreement, acting)} Next: they confirm the copy.\n{look}"
    )


def registered_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    file = _file_of(request, reference)
    return download(file, name=f"{reference} registered copy.pdf")


def registered_original(request: HttpRequest, reference: str) -> HttpResponse:
    """The damaged or locked file that the registered copy was made of."""
    repair = _file_of(request, reference).copy_of
    if repair is None:
        raise Http404
    return download(repair.original, name=f"{reference} registered copy, as it was uploaded.pdf")


def _file_of(request: HttpRequest, reference: str) -> StoredFile:
    copy = copy_of(request, reference)
    if copy.withdrawn_at and copy.recorded_for_id != acting_of(request).organisation_id:
        # It was never theirs: perhaps they are no party of it at all.
        raise Http404
    return copy.file


def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """Another party confirms the registered copy, or says what is not right."""
    copy, acting = copy_of(request, reference), acting_of(request)
    side_of(copy.agreement, acting)
    require_other_party(acting, copy.recorded_for_id)
    if copy.withdrawn_at:
        messages.info(request, "The registration was withdrawn. There is nothing to check.")
        return redirect("agreements:agreement", reference)
    yes = "this is the MoU that we signed, and the dates are right"
    form = ConfirmationForm(request.POST or None, what="the registered copy", yes=yes)

    def say(because: str, **_: object) -> None:
        registering.say_of_copy(by=acting, copy=copy, agrees=form.agrees, because=because)

    return save_form(
        request,
        form,
        say,
        done=lambda _: f"{form.done}\n{told_others(copy.agreement, acting)}",
        to=reverse("agreements:agreement", args=[reference]),
        template="agreements/copy_answer.jinja",
        copy=copy,
        agreement=copy.agreement,
        files=registered_files(copy),
        said_before=_said_before(copy, acting),
        between=and_list(party.name for party in parties_of(copy.agreement)),
        review_on=first_date_of_review(copy.agreement),
        way=steps(copy.agreement),
    )


def _said_before(copy: RegisteredCopy, acting: Acting) -> str:
    """What one's own organisation said of it before, if it did."""
    own = copy.confirmations.filter(organisation=acting.organisation_id)
    said = own.select_related("user__person").order_by("at", "pk").last()
    if said is None:
        return ""
    what = "that it is right" if said.agrees else f"what is not right: {said.reason}"
    return f"{said.said_by} said on {day(said.at)} {what}"


def copy_of(request: HttpRequest, reference: str) -> RegisteredCopy:
    copies = RegisteredCopy.objects.visible_to(acting_of(request)).select_related(
        "agreement", "file__repair__original", "recorded_by__person", "recorded_for"
    )
    return get_object_or_404(copies, agreement__reference=reference)
