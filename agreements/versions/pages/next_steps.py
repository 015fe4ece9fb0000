"""Who has to do what next with a version, as sentences; the reader's own come with a button."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from agreements.core.approval import Standing
from agreements.models import SignatureRequest, Version
from agreements.signing.services.paper import may_check
from agreements.signing.services.signing import is_asked
from agreements.versions.pages.version import VersionPage
from nhsuk.components import Action
from nhsuk.dates import day
from parties.models import Role


@dataclass(frozen=True)
class NextStep:
    sentence: str
    action: Action | None = None


def next_steps(page: VersionPage) -> list[NextStep]:
    """What stands between this version and a signed agreement; those of the reader first."""
    version = page.version
    if version.state == Version.State.SIGNED:
        return _after_signing(page)
    if version.state == Version.State.WITHDRAWN:
        return [NextStep(f"Nothing. It was recalled: {version.withdrawn_because}")]
    steps = [*_send(page), *_approve(page), *_open(page), *_sign(page)]
    return sorted(steps, key=lambda step: step.action is None)


def _after_signing(page: VersionPage) -> list[NextStep]:
    """Nothing, but for approvals that the signatures did not wait for."""
    since = day(page.agreement.start_on)
    done = NextStep(f"All have signed, and the agreement is in force since {since}.")
    # Whoever approved what was registered from elsewhere did so there.
    ratify = [] if page.agreement.is_registered else [*_approve(page)]
    return [*ratify, done] if ratify else [NextStep(f"Nothing. {done.sentence}")]


def _send(page: VersionPage) -> Iterator[NextStep]:
    if page.version.state == Version.State.FROZEN:
        action = _action(page, "Send out for approval", "send") if page.is_manager else None
        yield NextStep("An MoU manager of either party sends it out for approval.", action)


def _approve(page: VersionPage) -> Iterator[NextStep]:
    for standing in page.standings:
        if standing.route.route == "none":
            continue
        if not standing.is_given:
            yield _confirm(page, standing) or _decide(page, standing)


def _decide(page: VersionPage, standing: Standing) -> NextStep:
    name = page.names[standing.party.slot]
    own = standing.party.slot == page.side and page.is_manager
    later = " The approval is to be ratified." if page.version.state == "signed" else ""
    return NextStep(
        f"{name}: {standing.route.name} decides, and the MoU manager records the decision.{later}",
        _action(page, "Record a decision", "decision") if own else None,
    )


def _confirm(page: VersionPage, standing: Standing) -> NextStep | None:
    delegation = page.delegations.get(standing.party.pk)
    if delegation is None:
        return None
    mine = getattr(page.acting.user, "person_id", None) == delegation.delegated_to_id
    own = mine and standing.party.slot == page.side
    return NextStep(
        f"{page.names[standing.party.slot]}: {delegation.delegated_to} confirms the changes since "
        f"version {delegation.version.label}. Or its {standing.route.name} decides anew.",
        _action(page, "Read and confirm the changes", "confirm_changes") if own else None,
    )


def _open(page: VersionPage) -> Iterator[NextStep]:
    asked = {(request.party_id, request.slot) for request in page.requests}
    for standing in page.standings:
        for signatory in page.version.typed_terms.signatories_of(standing.party.slot):
            if (standing.party.pk, signatory.key) in asked:
                continue
            own = standing.party.slot == page.side and page.is_manager
            if standing.is_given or own:
                yield NextStep(
                    f"{page.names[standing.party.slot]}: the MoU manager asks the "
                    f"{signatory.label} to sign.",
                    _action(page, "Ask for the signature", "open_signature") if own else None,
                )


def _sign(page: VersionPage) -> Iterator[NextStep]:
    for request in page.requests:
        name = page.names[request.party.slot]
        if request.state in {"asked", "not_ready"}:
            yield _one_signs(page, request, name)
        elif request.state == "on_paper":
            yield _one_checks(page, request, name)


def _one_signs(page: VersionPage, request: SignatureRequest, name: str) -> NextStep:
    sentence = f"{request.person} signs for {name}."
    if request.state == "not_ready":
        sentence = f"{request.person} is not ready to sign for {name}: {request.not_ready_because}"
    if is_asked(page.acting, request):
        return NextStep(sentence, _on_request("Read and sign", "sign", request))
    own = request.party.slot == page.side
    if own and page.acting.has(Role.MANAGER, Role.EDITOR):
        return NextStep(sentence, _on_request("Record a signature on paper", "paper", request))
    return NextStep(sentence)


def _one_checks(page: VersionPage, request: SignatureRequest, name: str) -> NextStep:
    paper = next((p for p in request.paper_signatures.all() if p.state == "recorded"), None)
    sentence = f"Somebody else looks at the signature on paper for {name} and confirms it."
    if paper is None or not (page.side and may_check(page.acting, paper)):
        return NextStep(sentence)
    reference = page.agreement.reference
    url = reverse("agreements:paper_check", args=[reference, paper.pk])
    return NextStep(sentence, Action("Look at the scan", url, kind="secondary"))


def _action(page: VersionPage, text: str, name: str) -> Action:
    args = [page.agreement.reference, page.version.seq]
    return Action(text, reverse(f"agreements:{name}", args=args))


def _on_request(text: str, name: str, request: SignatureRequest) -> Action:
    args = [request.version.agreement.reference, request.pk]
    kind = "" if name == "sign" else "secondary"
    return Action(text, reverse(f"agreements:{name}", args=args), kind=kind)  # type: ignore[arg-type]
