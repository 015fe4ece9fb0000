"""That an organisation takes no part: it says so itself, or it is written down and confirmed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from agreements.core.reached import agreement_of, steps
from agreements.groups.forms.doing import OptOutAnswerForm, OptOutForm
from agreements.groups.pages.frame import way_to
from agreements.groups.queries import line_for
from agreements.groups.views.preparing import page_of
from agreements.groups.views.reached import line_of
from agreements.versions.services.leaving import answer_opt_out, decline, record_opt_out
from parties.acting import acting_of
from web.carrying_out import ReasonForm, posted, save_form


def opt_out(request: HttpRequest, key: UUID, pk: int) -> HttpResponse:
    """Writes down what an organisation told its commissioner."""
    line = line_of(request, key, pk)
    name = line.organisation.name
    return save_form(
        request,
        posted(request, OptOutForm),
        lambda **said: record_opt_out(by=acting_of(request), line=line, **said),
        done=lambda _: (
            f"It is on record that {name} opted out.\nNext: another person of your "
            "organisation confirms it."
        ),
        to=page_of(line.issue),
        title=f"Record that {name} opted out",
        caption=line.issue.title,
        lead="Another person confirms it. Until then nobody is chased, and nothing ends.",
        way=way_to(line.issue),
    )


def opt_out_answer(request: HttpRequest, key: UUID, pk: int) -> HttpResponse:
    """A second person says whether it is so: then work on its agreement ends."""
    line = line_of(request, key, pk)
    name = line.organisation.name

    def act(agrees: str) -> bool:
        answer_opt_out(by=acting_of(request), line=line, agrees=agrees == "yes")
        return agrees == "yes"

    return save_form(
        request,
        posted(request, OptOutAnswerForm),
        act,
        done=lambda yes: f"{name} takes no part." if yes else f"{name} is asked as before.",
        to=page_of(line.issue),
        template="agreements/group_opt_out.jinja",
        line=line,
        name=name,
        own=line.end_recorded_by_id == acting_of(request).who.pk,
        way=way_to(line.issue),
    )


def decline_page(request: HttpRequest, reference: str) -> HttpResponse:
    """The organisation that was asked says no, and why."""
    agreement, acting = agreement_of(request, reference), acting_of(request)
    line = line_for(agreement, acting)
    if line is None:
        raise Http404
    form: Any = ReasonForm(
        request.POST or None, label="Why you decline",
        hint="The other party reads this. Nobody reminds you again.",
    )  # fmt: skip
    return save_form(
        request,
        form,
        lambda because: decline(by=acting, line=line, because=because),
        done=lambda _: "You have declined.\nWe tell the other party. Nobody reminds you again.",
        to=reverse("agreements:agreement", args=[reference]),
        title="Decline this MoU",
        caption=agreement.full_title,
        lead="Work on it ends for both parties. Its text and its history stay here.",
        button="Decline",
        warning=True,
        way=steps(agreement),
    )
