"""A party's MoU manager asks its own signatories."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from agreements.core.parties import side_of
from agreements.core.people import signatories_of
from agreements.core.reached import page_of, steps, version_of
from agreements.models import Version
from agreements.signing.forms import AskForm
from agreements.signing.pages.signing import Slots
from agreements.signing.services.asking import ask_instead, is_approved, open_for_signature
from agreements.versions.pages import VersionPage
from parties.acting import acting_of
from parties.models import Person
from web.carrying_out import carried_out


def open_signature(request: HttpRequest, reference: str, seq: int) -> HttpResponse:
    """Asks one of one's own signatories; or another one instead, while nobody has signed."""
    version, by = version_of(request, reference, seq), acting_of(request)
    party = side_of(version.agreement, by)
    slots = Slots(version, party)
    if not slots.open_ones:
        messages.info(request, "Every signature of your party has been given or is on paper.")
        return redirect(page_of(version))
    approved, people = is_approved(version, party), signatories_of(party.organisation)
    form = AskForm(request.POST or None, slots=slots.choices, people=people, approved=approved)

    def act(slot: str, person: Person, because: str = "") -> None:
        if asked := slots.asked.get(slot):
            ask_instead(by=by, request=asked, person=person)
        else:
            open_for_signature(by=by, version=version, slot=slot, person=person, because=because)

    if carried_out(request, form, act):
        messages.success(request, _done(form.cleaned_data["person"], version))
        return redirect(page_of(version))
    context = {
        "form": form,
        "page": VersionPage(version, by),
        "party": party,
        "approved": approved,
        "only": slots.choices[0][1] if len(slots.choices) == 1 else "",
        "nobody": not people.exists(),
        "way": steps(version.agreement, version),
    }
    return render(request, "agreements/open_signature.jinja", context)


def _done(person: Person, version: Version) -> str:
    return (
        f"{person} is asked to sign version {version.label}.\nWe sent them an e-mail with a link "
        "to the page. Next: their signature."
    )
