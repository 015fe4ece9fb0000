"""What a version waits for, kept as deadlines: decisions and signatures, of which people are
reminded, and the steps between them, which wait on Home alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from agreements.core.carrying import asking_changes, confirmer_here, to_confirm
from agreements.core.due import (
    APPROVAL_AWAITED,
    REJECTION_STANDS,
    SCAN_TO_CONFIRM,
    SIGNATURE_AWAITED,
    SIGNATURE_TO_ASK,
    VERSION_TO_SEND,
    key_of,
)
from agreements.core.rejections import standing_of
from agreements.core.sides import parties_in
from agreements.core.states import ApprovalStanding, standings
from agreements.models import Agreement, Approval, PaperSignature, SignatureRequest, Version
from agreements.versions.changes import keep_changes_asked, of_party
from deadlines.models import Deadline
from deadlines.services.setting import (
    For,
    cancel_deadline,
    meet_deadline,
    set_deadline,
    set_together,
)
from house import clock
from parties.models import Role

# The signatory is reminded, four times; then it is their MoU manager's to see to.
TELL_MANAGER = "since:+28"
SIGNATURE_CHASED = ["since:+3", "since:+7", "since:+14", "since:+21", TELL_MANAGER]
# Where a day to sign by is said: before it and after it, and then it is their MoU manager's.
DAY_PASSED = "days:+3"
SIGN_BY_CHASED = ["days:-14", "days:-7", "days:-1", "days:+1", DAY_PASSED]
# What goes to the manager in place of the signatory.
TO_MANAGER = frozenset({TELL_MANAGER, DAY_PASSED})
# Somebody who said why not yet is not asked again within the week.
NOT_READY_CHASED = SIGNATURE_CHASED[1:]
APPROVAL_CHASED = ["since:+7", "since:+14", "since:+28", "since:+42"]

Decision = Approval.Decision
# After these the text has to change: nobody waits for another decision on this version.
CLOSES = frozenset({Decision.SUBJECT_TO_CHANGES, Decision.REJECTED})
# Who may look at the scan of a signature on paper.
CHECKERS = (Role.EDITOR, Role.MANAGER, Role.SIGNATORY)
OF_VERSION = (APPROVAL_AWAITED, REJECTION_STANDS, VERSION_TO_SEND, SIGNATURE_TO_ASK)


def chase_signature(request: SignatureRequest, *, anew: bool = True) -> None:
    """The signature is awaited, from now on: asked for, asked of another, or not ready yet. Where
    there is a day to sign by, people are reminded by it; what is past of that is not made up for.

    Nobody is reminded who declined or whose turn has not come. While the party's rejection stands
    nobody waits for its signature, and while some party asks for changes nobody waits for any.
    """
    version = request.version
    if request.state not in {SignatureRequest.State.ASKED, SignatureRequest.State.NOT_READY}:
        return
    if standing_of(version, request.party).rejection or asking_changes(version):
        return
    party, not_ready = request.party, request.state == SignatureRequest.State.NOT_READY
    agreement, by_day = version.agreement, request.sign_by is not None
    by_waiting = NOT_READY_CHASED if not_ready else SIGNATURE_CHASED
    set_deadline(
        kind=SIGNATURE_AWAITED,
        subject_key=key_of(request),
        due_on=request.sign_by,
        since=clock.now() if anew else None,
        schedule=SIGN_BY_CHASED if by_day else by_waiting,
        catch_up=not by_day,
        holders=of_party(agreement, party, For(party.organisation, person=request.person)),
        references=[agreement.reference],
    )


def stop_chasing_signature(request: SignatureRequest) -> None:
    """It was given, on paper too, or is no longer asked for."""
    given = request.state == SignatureRequest.State.SIGNED
    close = meet_deadline if given else cancel_deadline
    close(kind=SIGNATURE_AWAITED, subject_key=key_of(request))


def await_check(paper: PaperSignature) -> None:
    """Somebody else confirms the scan, of either party."""
    agreement = paper.request.version.agreement
    organisations = [party.organisation for party in parties_in(paper.request.version)]
    set_deadline(
        kind=SCAN_TO_CONFIRM,
        subject_key=key_of(paper),
        holders=[For(each, role=role) for each in organisations for role in CHECKERS],
        references=[agreement.reference],
    )


def scan_was_checked(paper: PaperSignature) -> None:
    meet_deadline(kind=SCAN_TO_CONFIRM, subject_key=key_of(paper))


def stop_awaiting_checks(request: SignatureRequest) -> None:
    """The signature is no longer asked for: nobody looks at its scan."""
    for paper in request.paper_signatures.filter(state=PaperSignature.State.RECORDED):
        stop_awaiting_check(paper)


def stop_awaiting_check(paper: PaperSignature) -> None:
    cancel_deadline(kind=SCAN_TO_CONFIRM, subject_key=key_of(paper))


def keep_steps(version: Version) -> None:
    """What the version waits for is due as it stands now, and the rest no longer is.

    Call it with the version's row locked, whenever it was frozen, sent round, decided on, asked to
    be signed or recalled.
    """
    if version.agreement.origin == Agreement.Origin.REGISTERED:
        return
    given = Approval.objects.filter(version=version)
    rows = standings(version, parties_in(version), given)
    with set_together():
        wanted = [*_awaited(version, rows), *_rejected(version, rows)]
        if not any(row.asks_changes for row in rows):
            wanted += [*_to_send(version, rows), *_to_ask(version, rows)]
        _close_others(version, rows, {(each["kind"], each["occurrence"]) for each in wanted})
        for each in wanted:
            reference = version.agreement.reference
            set_deadline(subject_key=key_of(version), references=[reference], **each)
        keep_changes_asked(version.agreement)


def _close_others(
    version: Version, rows: Sequence[ApprovalStanding], wanted: set[tuple[str, str]]
) -> None:
    given = {(APPROVAL_AWAITED, row.party.key) for row in rows if row.is_given}
    still = Deadline.objects.still_open().filter(subject_key=key_of(version), kind__in=OF_VERSION)
    there = set(still.values_list("kind", "occurrence"))
    for kind, occurrence in sorted(there - wanted):
        done = (kind, occurrence) in given or (kind != APPROVAL_AWAITED and version.is_under_way)
        close = meet_deadline if done else cancel_deadline
        close(kind=kind, subject_key=key_of(version), occurrence=occurrence)


def _awaited(version: Version, rows: Sequence[ApprovalStanding]) -> Iterator[dict[str, Any]]:
    """Sent round, or signed before it: the approval is then to be ratified.

    Nobody is asked to approve a text that has to change first.
    """
    if version.state not in {"out_for_approval", "out_for_signature", "signed"}:
        return
    if version.is_under_way and any(row.asks_changes for row in rows):
        return
    for row in rows:
        decided = row.latest is not None and row.latest.decision in CLOSES
        if not row.is_given and not decided:
            yield _approval(version, row)


def _rejected(version: Version, rows: Sequence[ApprovalStanding]) -> Iterator[dict[str, Any]]:
    """The party that rejected it decides again, or one of the parties recalls it."""
    if not (version.is_draft or version.is_under_way or version.state == Version.State.SIGNED):
        return
    for row in rows:
        if row.rejection:
            holder = For(row.party.organisation, role=Role.MANAGER)
            holders = of_party(version.agreement, row.party, holder)
            yield {"kind": REJECTION_STANDS, "occurrence": row.party.key, "holders": holders}


def _approval(version: Version, row: ApprovalStanding) -> dict[str, Any]:
    # A decision that settles nothing, "deferred", begins the waiting anew.
    since: datetime | None = row.latest.recorded_at if row.latest else row.reached_at
    left = to_confirm(version, row.party)
    holder = For(row.party.organisation, role=Role.MANAGER)
    if left and (person := confirmer_here(left, row.party)):
        holder = For(row.party.organisation, person=person)
    return {
        "kind": APPROVAL_AWAITED,
        "occurrence": row.party.key,
        "since": since,
        "schedule": APPROVAL_CHASED,
        "holders": of_party(version.agreement, row.party, holder),
    }


def _to_send(version: Version, rows: Sequence[ApprovalStanding]) -> Iterator[dict[str, Any]]:
    """Either party's MoU manager sends a frozen version out."""
    if version.state == "frozen" and not all(row.is_given for row in rows):
        managers = [For(row.party.organisation, role=Role.MANAGER) for row in rows]
        yield {"kind": VERSION_TO_SEND, "occurrence": "", "holders": managers}


def _to_ask(version: Version, rows: Sequence[ApprovalStanding]) -> Iterator[dict[str, Any]]:
    """A party that has approved asks its signatories."""
    approved = [row for row in rows if row.is_given]
    if not version.is_under_way or (version.state == "frozen" and len(approved) < len(rows)):
        return
    requests = version.signature_requests.live().exclude(state=SignatureRequest.State.DECLINED)
    asked = set(requests.values_list("party", "slot"))
    for party in (row.party for row in approved):
        for place, each in enumerate(version.typed_terms.signatories_of(party.slot)):
            if (party.pk, each.key) not in asked:
                holder = For(party.organisation, role=Role.MANAGER)
                yield {
                    "kind": SIGNATURE_TO_ASK,
                    "occurrence": f"{party.pk}:{place}",
                    "holders": of_party(version.agreement, party, holder),
                }
