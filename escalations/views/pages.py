"""The list of disagreements, one of them, where one is opened, and who acts at a level."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from agreements.contacts.services.newcomers import Newcomer
from agreements.core.choices import people_for
from agreements.core.parties import parties_of, side_of, version_of_terms
from agreements.core.reached import agreement_of, steps
from agreements.models import Agreement
from escalations.forms import DisagreementFilter, WhoActsForm
from escalations.models import Disagreement
from escalations.party_forms import OpenForm
from escalations.presenters import words
from escalations.presenters.between import what_others_see
from escalations.presenters.lists import ListedDisagreement, counted
from escalations.presenters.words import heading, page_of, with_others
from escalations.queries import listing
from escalations.rules.between import chosen, other_parties
from escalations.rules.levels import level_of
from escalations.services.naming import name_person
from escalations.services.opening import open_disagreement
from escalations.views.reached import answer, page_for, way_to
from house.keys import id_in
from house.refusals import Refused
from nhsuk.words import noun
from parties.acting import acting_of
from parties.models import Person
from parties.who import DRAFTERS
from web.carrying_out import posted, save_form
from web.paging import LongList

PER_PAGE = 25


def disagreement_list(request: HttpRequest) -> HttpResponse:
    """What is open between the organisation and others, and what was settled."""
    acting = acting_of(request)
    form = DisagreementFilter(request.GET or None)
    wanted = form.wanted
    counts = listing.counts(acting)
    pages = LongList(listing.found(acting, wanted).prefetch_related("steps"), PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    narrowed = any(wanted.values())
    context = {
        "form": form,
        "narrowed": narrowed,
        "any": counts["open"] or counts["closed"],
        "counted": counted(counts, pages, narrowed=narrowed),
        "words": words,
        "listed": ListedDisagreement(list(page.object_list), acting),
        "pages": page,
        "may_open": DRAFTERS.includes(acting),
    }
    return render(request, "escalations/list.jinja", context)


def disagreement(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Where it is, what each side wants, what is proposed, and what the reader can do."""
    page = page_for(request, reference, number)
    one = page.disagreement
    context = {"page": page, "disagreement": one, "words": words, "way": way_to(one)}
    return render(request, "escalations/disagreement.jinja", context)


def open_one(request: HttpRequest, reference: str) -> HttpResponse:
    """Opens one on an agreement in force; with `after` it takes up again one that was closed."""
    agreement, acting = agreement_of(request, reference), acting_of(request)
    side_of(agreement, acting)
    before, others = _before(request, agreement), other_parties(agreement, acting)
    terms = version_of_terms(agreement).typed_terms

    def act(between: Sequence[str] = (), **said: str) -> Disagreement:
        named = chosen(others, between)
        return open_disagreement(
            by=acting, agreement=agreement, between=named, follows=before, **said
        )

    return save_form(
        request,
        posted(request, OpenForm, others=others, initial=_as_before(before)),
        act,
        done=_is_open,
        to=reverse("agreements:agreement", args=[agreement.reference]),
        leads_to=page_of,
        template="escalations/open.jinja",
        agreement=agreement,
        word=terms.disagreement_word,
        a_word=noun(terms.disagreement_word),
        levels=terms.levels,
        with_others=with_others(parties_of(agreement), acting.organisation_id),
        others_see=what_others_see(terms.disagreement_word) if len(others) > 1 else "",
        before=before,
        way=steps(agreement),
    )


def _as_before(before: Disagreement | None) -> dict[str, Any]:
    """What the form begins with where one is taken up again."""
    return {"subject": before.subject, "between": before.between} if before else {}


def _is_open(opened: Disagreement) -> str:
    who = "the other side says what it wants, and either side"
    if len(opened.parties) > 2:
        who = "the other sides say what they want, and any side"
    return (
        f"{heading(opened.name)} is open.\n"
        "We told those who act at its first level and the MoU managers.\n"
        f"Next: {who} makes a proposal."
    )


def people(request: HttpRequest, reference: str, number: int, level: str) -> HttpResponse:
    """The MoU manager says who acts for their side at a level."""
    page = page_for(request, reference, number)
    try:
        at = level_of(page.disagreement.terms, level)
    except LookupError:
        raise Http404 from None
    acting, party = page.acting, page.reader.party

    def act(person: str, **newcomer: Any) -> Person:
        chosen = Person.objects.visible_to(acting).filter(pk=person or 0).first()
        who = Newcomer(**newcomer) if newcomer["name"] else chosen
        if who is None:
            raise Refused("Choose who acts for you.", field="person")
        return name_person(by=acting, disagreement=page.disagreement, level=level, person=who)

    return answer(
        request,
        page,
        posted(request, WhoActsForm, people=people_for(party.organisation, acting)),
        act,
        template="people",
        done=lambda named: (
            f"{named.name} acts for {party.name} at the level “{at.label}”.\nWe told them."
        ),
        level=at,
        on=page.reader.on(at),
    )


def _before(request: HttpRequest, agreement: Agreement) -> Disagreement | None:
    """The closed one that is taken up again. Raises Http404 for a number that there is not."""
    number = request.GET.get("after", "")
    if not number:
        return None
    visible = Disagreement.objects.visible_to(acting_of(request)).select_related("version")
    found = visible.filter(agreement=agreement, number=id_in(number) or 0).first()
    if found is None:
        raise Http404
    return found
