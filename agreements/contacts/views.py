"""Who the key contacts of a party are, and whether they still are, for its own people."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from agreements.contacts.forms import ContactForm
from agreements.contacts.matrix import lines_of, newest_first
from agreements.contacts.pages import ContactsPage
from agreements.contacts.services.answering import decline, take_up
from agreements.contacts.services.confirming import confirm_all
from agreements.contacts.services.naming import end_contact, name_contact
from agreements.core.choices import people_for, teams_for
from agreements.core.parties import parties_of, side_of, sides_of, version_of_terms
from agreements.core.reached import agreement_of, steps
from agreements.core.telling import told_others
from agreements.models import Agreement, ContactProposal, KeyContact, Party
from agreements.terms import ContactRole
from house.keys import id_in
from house.refusals import NotYours, Refused
from nhsuk.words import in_sentence, plural
from parties.acting import Acting, acting_of
from parties.models import Person
from parties.services.knowing import MailboxShared
from web.carrying_out import carried_out, tried


def contact(request: HttpRequest, reference: str, slot: str, role: str) -> HttpResponse:
    """Names who holds a role of one's own party, or leaves it vacant. The other party is told."""
    agreement, acting = agreement_of(request, reference), acting_of(request)
    party = _own_party(agreement, slot, acting)
    named = _role(agreement, party, role)
    if "vacate" in request.POST:
        return _vacate(request, party, named)
    everybody = _everybody(acting, party, role)
    now = next((each for each in everybody if each.is_current), None)
    people, teams = people_for(party.organisation, acting), teams_for(party.organisation)
    proposed = _proposed(request, party)
    form = ContactForm(people, teams, now, request.POST or None, proposed, asks=named.asks)
    if carried_out(request, form, lambda **_: _name(acting, party, named, form, now)):
        who = form.cleaned_data["name"] or dict(people + teams)[form.cleaned_data["holder"]]
        return _done(request, party, _named(who, named))
    context = {"form": form, "agreement": agreement, "party": party, "role": named, "now": now}
    context |= {"history": newest_first(everybody), "lines_of": lines_of}
    return render(request, "agreements/contact.jinja", context | {"way": steps(agreement)})


def proposal(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """The party's own people name whom another party proposed, or say that it is not right."""
    agreement, acting = agreement_of(request, reference), acting_of(request)
    found = ContactProposal.objects.visible_to(acting).filter(party__agreement=agreement)
    asked = get_object_or_404(found.select_related("party__agreement", "person"), pk=pk)
    try:
        _answer(request, asked)
    except MailboxShared:
        # It is asked on that page who is meant.
        url = reverse("agreements:contact", args=[reference, asked.party.key, asked.role])
        return redirect(f"{url}?proposed={asked.pk}")
    except NotYours:
        raise
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    return redirect("agreements:subpage", reference, "people")


def _named(who: str, role: ContactRole) -> str:
    """ "Maud Manager, Chief Nurse, is MoU manager from today."."""
    comma = "," if "," in who else ""
    return f"{who}{comma} is {in_sentence(role.label)} from today."


def _answer(request: HttpRequest, asked: ContactProposal) -> None:
    if request.POST.get("answer") == "name":
        take_up(by=acting_of(request), proposal=asked)
        messages.success(request, f"{asked.name} is named from today.")
    else:
        decline(by=acting_of(request), proposal=asked)
        messages.success(request, f"{asked.name} is not named.")


def _proposed(request: HttpRequest, party: Party) -> ContactProposal | None:
    """The proposal from which somebody came to name a contact."""
    number = id_in(request.GET.get("proposed", ""))
    return party.proposals.still_open().filter(pk=number).first() if number else None


def _everybody(acting: Acting, party: Party, role: str) -> list[KeyContact]:
    """Whoever holds or held the role."""
    held = KeyContact.objects.visible_to(acting).filter(party=party, role=role)
    return list(held.select_related("person", "team", "deputy"))


def _own_party(agreement: Agreement, key: str, acting: Acting) -> Party:
    """The party with this key. Raises Http404 for none, NotYours for the other party's."""
    party = next((p for p in parties_of(agreement) if p.key == key), None)
    if party is None:
        raise Http404
    if party not in sides_of(agreement, acting):
        raise NotYours("Each party keeps its own key contacts. Ask theirs to change this.")
    return party


def _role(agreement: Agreement, party: Party, key: str) -> ContactRole:
    roles = version_of_terms(agreement).typed_terms.contact_roles_of(party.slot)
    found = next((role for role in roles if role.key == key), None)
    if found is None:
        raise Http404
    return found


def _name(
    acting: Acting, party: Party, role: ContactRole, form: ContactForm, now: KeyContact | None
) -> None:
    people = Person.objects.visible_to(acting).in_bulk(
        [pk for pk in (form.holder_id, form.deputy_id) if pk]
    )
    said: dict[str, Any] = {
        "person": form.newcomer or people.get(form.holder_id or 0),
        "team": party.organisation.teams.filter(pk=form.team_id).first() if form.team_id else None,
        "deputy": form.new_deputy or people.get(form.deputy_id or 0),
    }
    said |= form.reached
    title = form.cleaned_data["job_title"]
    if now and not title and now.person_id and now.person_id == form.holder_id:
        title = now.job_title  # only the deputy changes
    name_contact(by=acting, party=party, role=role.key, job_title=title, **said)


def _vacate(request: HttpRequest, party: Party, role: ContactRole) -> HttpResponse:
    def end() -> HttpResponse:
        end_contact(by=acting_of(request), party=party, role=role.key)
        return _done(request, party, f"The role of {in_sentence(role.label)} is vacant now.")

    return tried(request, end) or redirect(request.path)


def _done(request: HttpRequest, party: Party, sentence: str) -> HttpResponse:
    messages.success(request, f"{sentence}\n{told_others(party.agreement, acting_of(request))}")
    return redirect("agreements:subpage", party.agreement.reference, "people")


def contacts(request: HttpRequest, reference: str) -> HttpResponse:
    """A party's own contacts with when each was confirmed; one button confirms them all."""
    agreement, acting = agreement_of(request, reference), acting_of(request)
    party = side_of(agreement, acting)
    if request.method == "POST":
        count = tried(request, lambda: confirm_all(by=acting, party=party))
        if count is not None:
            messages.success(request, f"{plural(count, 'key contact')} confirmed.")
        return redirect("agreements:contacts", reference)
    context = {"page": ContactsPage(agreement, party), "way": steps(agreement)}
    return render(request, "agreements/contacts.jinja", context)
