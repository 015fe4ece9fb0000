from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from agreements.contacts.services.proposing import asked_by_link
from agreements.core.choices import newest_published, organisations_ever
from agreements.core.parties import parties_of
from agreements.core.reached import not_disposed
from agreements.core.sides import stands_for
from agreements.core.telling import told_parties
from agreements.drafting.forms.setting_up import TemplateForm
from agreements.drafting.pages.setting_up import own_side
from agreements.models import Agreement, RegisteredCopy, TemplateVersion
from agreements.register import services as registering
from agreements.register.copies import check_is_new
from agreements.register.forms import RegisterForm
from documents.models import StoredFile
from documents.storage import download, keep
from documents.uploads import words_of
from house import clock
from nhsuk.dates import day
from nhsuk.words import in_title
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
        organisations_ever(slots),
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
        ends_when=said["ends_when"],
        who_signed=said["who_signed"],
        who_approved=said["who_approved"],
        other_days=said["other_days"],
        dates_are_right=said["dates_are_right"],
        typed_sha256=form.typed_sha256,
    )
    form.taken()
    return made


def _what_next(agreement: Agreement, acting: Acting) -> str:
    end_on, found = agreement.end_on, len(agreement.registered_copy.findings)
    passed = end_on is not None and end_on < clock.today()
    state = (
        f"registered. Its end, {day(end_on)}, has passed" if passed else "registered and in force"
    )
    look = "Look at what we found, under Documents." if found else "We found nothing odd."
    lines = (f"{agreement.reference} is {state}.", " ".join(_told(agreement, acting)), look)
    return "\n".join(filter(None, lines))


def _told(agreement: Agreement, acting: Acting) -> Iterator[str]:
    """Who hears of it; nobody of a party that has closed."""
    there = [each for each in parties_of(agreement) if not each.organisation.is_closed]
    if told := told_parties(there, acting):
        yield told
    if asked := [each.name for each in asked_by_link(agreement)]:
        yield f"We asked {in_title(asked)} by e-mail whether they are key contacts."
    if len(there) > 1:
        yield "Next: each says whether the copy is right."


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
    reader = acting_of(request).organisation_id
    if copy.withdrawn_at and not stands_for(copy.agreement, reader, copy.recorded_for_id):
        # It was never theirs: perhaps they are no party of it at all.
        raise Http404
    return copy.file


def copy_of(request: HttpRequest, reference: str) -> RegisteredCopy:
    copies = RegisteredCopy.objects.visible_to(acting_of(request)).select_related(
        "agreement", "file__repair__original", "recorded_by__person", "recorded_for"
    )
    found = get_object_or_404(copies, agreement__reference=reference)
    not_disposed(found.agreement)
    return found
