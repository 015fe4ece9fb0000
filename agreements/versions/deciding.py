"""The pages on which a party records its decision, and on which changes are confirmed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from agreements.core.carrying import SUBJECT_TO_CHANGES, carried_to, confirmer_here, to_confirm
from agreements.core.choices import people_of
from agreements.core.parties import require_role, side_of
from agreements.core.reached import numbered_of, page_of, steps
from agreements.core.rejections import standing_of
from agreements.core.states import ApprovalStanding
from agreements.core.told import told_managers
from agreements.drafting.pages.compare import VersionComparison
from agreements.models import APPROVES, Approval, Party, Version
from agreements.versions.forms import ChangesForm, DecisionForm, RecordedChangesForm
from agreements.versions.pages import VersionPage
from agreements.versions.services.approving import part_of, record_approval, told_of
from agreements.versions.services.confirming import confirm_changes, record_confirmation
from house.refusals import NotYours
from nhsuk.dates import day
from nhsuk.forms import Form
from parties.acting import Acting, acting_of
from parties.who import MANAGERS
from web.carrying_out import NoForm, posted, save_form


def decision(request: HttpRequest, reference: str, seq: int) -> HttpResponse:
    """Records what one's own party decided, by its route."""
    version, by = numbered_of(request, reference, seq), acting_of(request)
    party = side_of(version.agreement, by)
    standing, people = standing_of(version, party), people_of(party.organisation)
    form = DecisionForm(request.POST or None, version=version, standing=standing, people=people)

    def act(**said: Any) -> str:
        approval = record_approval(by=by, version=version, **said)
        told = _told(approval, by)
        return _decided(approval, standing_of(version, party), told)

    return save_form(
        request,
        form,
        act,
        done=str,
        to=page_of(version),
        template="agreements/decision.jinja",
        page=VersionPage(version, by),
        route=standing.route,
        way=steps(version.agreement, version),
    )


def confirm(request: HttpRequest, reference: str, seq: int) -> HttpResponse:
    """Whom the decision names reads what changed since, and confirms it; or what they said is
    recorded by their party's MoU manager."""
    version, by = numbered_of(request, reference, seq), acting_of(request)
    party = side_of(version.agreement, by)
    left = to_confirm(version, party)
    if left is None and request.method == "POST":
        # What was typed stays on the page, with what was decided meanwhile.
        left = carried_to(version, party)
    if left is None:
        messages.info(request, "There are no changes to confirm for this version now.")
        return redirect(page_of(version))
    here = _is_theirs(by, left, party)
    form, act = _form_and_act(request, by, version, left, here=here)
    return save_form(
        request,
        form,
        act,
        done=lambda approval: _confirmed(approval, left, _told(approval, by), here=here),
        to=page_of(version),
        template="agreements/confirm_changes.jinja",
        version=version,
        left=left,
        here=here,
        comparison=VersionComparison(left.version, version),
        way=steps(version.agreement, version),
    )


def _told(approval: Approval, by: Acting) -> str:
    return told_managers(approval.version.agreement, by, told_of(approval))


def _is_theirs(by: Acting, left: Approval, party: Party) -> bool:
    """Whether the reader is whom the decision names. Raises NotYours for whoever may do neither."""
    person = confirmer_here(left, party)
    if person is None:
        require_role(by, MANAGERS)
        return False
    if by.who.person_id != person.pk:
        raise NotYours(f"Only {person} may confirm these changes.")
    return True


def _form_and_act(
    request: HttpRequest, by: Acting, version: Version, left: Approval, *, here: bool
) -> tuple[Form, Callable[..., Approval]]:
    """The form for this reader, and what its answer does."""
    if not here:
        recorded = posted(request, RecordedChangesForm, version=version, rests_on=left)

        def keep_word(confirmed_on: Any, before_text: bool = False, **said: str) -> Approval:
            return record_confirmation(
                by=by, version=version, rests_on=left, agrees=recorded.agrees,
                confirmed_by=said.get("confirmed_by", ""), confirmed_on=confirmed_on,
                note=recorded.note, before_text=before_text,
            )  # fmt: skip

        return recorded, keep_word
    if left.decision != SUBJECT_TO_CHANGES:
        return posted(request, NoForm), lambda: confirm_changes(
            by=by, version=version, rests_on=left
        )
    form = posted(request, ChangesForm)

    def answer(because: str, **_: str) -> Approval:
        return confirm_changes(
            by=by, version=version, rests_on=left, agrees=form.agrees, because=because
        )

    return form, answer


def _confirmed(approval: Approval, left: Approval, told: str, *, here: bool) -> str:
    """What was done, who was told, what comes next."""
    label, who = approval.version.label, "You" if here else approval.confirmed_by
    if approval.decision == Approval.Decision.NOT_AS_ASKED:
        return (
            f"{who} did not confirm the changes. Version {label} now needs a decision of its own.\n"
            f"{told} Next: bring it to the {left.decider}, or recall it and put "
            "it right."
        )
    return (
        f"{who} confirmed the changes. The approval now holds for version {label}.\n"
        f"{told} Next: your MoU manager asks for the signature."
    )


def _decided(approval: Approval, now: ApprovalStanding, told: str) -> str:
    decider = approval.decider
    recorded = f"The decision of the {decider} is recorded."
    now_part = part_of(now, approval.of_route)
    if now_part.latest and now_part.latest.pk != approval.pk:
        later = f"{now_part.latest.in_words}, {day(now_part.latest.decided_on)}"
        return f"{recorded} A later one counts: {later}.\n{told}"
    if approval.version.state == Version.State.WITHDRAWN:
        return f"{recorded} Version {approval.version.label} itself was recalled.\n{told}"
    if approval.version.state == Version.State.REPLACED:
        return f"{recorded} Another text has replaced version {approval.version.label}.\n{told}"
    in_the_way = now.is_given or now.rejection or now.asks_changes
    if approval.decision in APPROVES and not in_the_way:
        return f"The approval by the {decider} is recorded.\n{told} Next: the {now.route.name}."
    if now.is_given:
        return f"The approval by the {decider} is recorded.\n{told} Next: ask for the signature."
    if now.asks_changes:
        return (
            f"{recorded} The text has to change first.\n{told} Next: recall the version and make "
            f"only these changes. Then {approval.confirmer} confirms them. No second meeting is "
            "needed."
        )
    held = " Nobody can sign it for you until a new decision approves it." if now.rejection else ""
    return (
        f"{recorded} It does not approve the text for signing.{held}\n{told} If the text has to "
        "change, recall the version."
    )
