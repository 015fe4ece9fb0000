"""What a commissioner does for all its own agreements of a group at once, as background jobs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction

from agreements.core.choices import signatories_of
from agreements.core.parties import require_role, side_of
from agreements.core.rejections import standing_of
from agreements.core.situations import UNDER_WAY
from agreements.drafting.blanks import missing_in
from agreements.groups.services.making import FIRST, acting_in, figures_of, line_of
from agreements.groups.services.preparing import note
from agreements.models import IssueDecision, IssueLine, IssueShare, SignatureRequest, Version
from agreements.signing.services.asking import open_for_signature
from agreements.versions.services.approving import record_approval
from agreements.versions.services.versions import freeze
from house import clock
from house.lifecycle import lock
from house.refusals import NotYours, Refused
from jobs.kinds import JobKind, Work, register
from jobs.models import Job, JobRow
from jobs.services import begin as begin_job
from parties.acting import Acting, with_roles_held
from parties.models import Person
from parties.who import MANAGERS

APPROVE: Final = "groups.approve"
NUMBER: Final = "groups.number"
ASK: Final = "groups.ask"
DONE: Final = {
    APPROVE: "recorded one approval for a group",
    NUMBER: "numbered the texts of a group",
    ASK: "asked for the signatures of a group",
    "groups.links": "asked a group to sign by links",
    "groups.chase": "chased a group",
}


def approve_all(
    *,
    by: Acting,
    share: IssueShare,
    decided_on: date,
    minute_reference: str = "",
    note: str = "",
    decided_by: str = "",
    decided_as: str = "",
) -> Job:
    """Records one approval, which covers every version of the commissioner's that is numbered.

    Those that get their number later are covered too (`number_all`). Where the terms ask a side for
    several approvals in order, each is recorded so, one after the other. Raises Refused for a day
    to come, and for the very decision that is recorded already.
    """
    with own_share(by, share) as current:
        if decided_on > clock.today():
            raise Refused(
                "Enter the day of the decision: it cannot be in the future.", field="decided_on"
            )
        said = {
            "decided_on": decided_on, "minute_reference": minute_reference, "note": note,
            "decided_by": decided_by, "decided_as": decided_as,
        }  # fmt: skip
        if current.decisions.filter(**said).exists():
            raise Refused("This very decision is recorded already.")
        decision = IssueDecision.objects.create(
            share=current, recorded_by=by.who, recorded_at=clock.now(), **said
        )
        lines = current.lines.filter(agreement__versions__state__in=UNDER_WAY)
        return begin_for(by, current, APPROVE, lines, what=str(decision.pk), decision=decision.pk)


def number_all(*, by: Acting, share: IssueShare) -> Job:
    """Numbers each draft whose blanks are filled in; the approval that there is covers it."""
    with own_share(by, share) as current:
        if not current.issue.text_is_fixed:
            raise Refused("Each of these texts is negotiated: its parties number it themselves.")
        return begin_for(by, current, NUMBER, drafts_of(current))


def ask_all(*, by: Acting, share: IssueShare, person: Person) -> Job:
    """Asks one signatory of the commissioner to sign all of its agreements that are approved."""
    with own_share(by, share) as current:
        if not signatories_of(current.organisation).filter(pk=person.pk).exists():
            raise Refused(f"{person} is not a signatory of {current.organisation}.", field="person")
        lines = current.lines.filter(agreement__versions__state__in=UNDER_WAY)
        return begin_for(by, current, ASK, lines, person=person.pk)


def drafts_of(share: IssueShare) -> Any:
    """The lines whose agreement is a draft still."""
    return share.lines.filter(end="", agreement__versions__state=Version.State.DRAFT)


@contextmanager
def own_share(by: Acting, share: IssueShare) -> Iterator[IssueShare]:
    """The commissioner's share, locked, in a transaction that holds the manager's role."""
    require_role(by, MANAGERS)
    if share.organisation_id != by.organisation_id:
        raise NotYours("Each commissioner decides for its own agreements.")
    with transaction.atomic():
        require_role(with_roles_held(by), MANAGERS)
        yield lock(share)


def begin_for(
    by: Acting,
    share: IssueShare,
    kind: str,
    lines: Iterable[IssueLine],
    *,
    what: str = "",
    not_before: datetime | None = None,
    **more: Any,
) -> Job:
    """A job with a row for each of these lines. Without `what` one begun within the minute is the
    same. Raises Refused for none."""
    subjects = [str(line.pk) for line in lines]
    if not subjects:
        raise Refused("There is no agreement of yours for which this can be done now.")
    note(by, DONE[kind], share.issue, lines=len(subjects))
    return begin_job(
        kind=kind, dedupe=f"{kind}:{share.pk}:{what or _moment()}", subjects=subjects, user=by.who,
        organisation_id=share.organisation_id,
        context={"share": share.pk, **more}, not_before=not_before,
    )  # fmt: skip


def _moment() -> str:
    """To the minute: a second press within it is not a second job."""
    return clock.now().strftime("%Y-%m-%dT%H:%M")


# --- One row of each ------------------------------------------------------------------------


def version_of(line: IssueLine, states: Iterable[str]) -> Version | None:
    agreement = line.agreement
    if agreement is None:
        return None
    version = agreement.versions.filter(state__in=states).order_by("-seq").first()
    if version is not None:
        version.agreement = agreement
    return version


def approve(row: JobRow, _: Any) -> None:
    line = line_of(row)
    if version := version_of(line, UNDER_WAY):
        decision = IssueDecision.objects.get(pk=row.job.context["decision"])
        _cover(acting_in(row.job), version, decision)


def _cover(by: Acting, version: Version, decision: IssueDecision) -> None:
    """The commissioner's approval of this version, unless it has one that holds."""
    party = side_of(version.agreement, by)
    if standing_of(version, party).is_given:
        return
    record_approval(
        by=by, version=version, decision="approved", decided_on=decision.decided_on,
        minute_reference=decision.minute_reference, note=decision.note, before_text=True,
        decided_by=decision.decided_by, decided_as=decision.decided_as,
    )  # fmt: skip


def number(row: JobRow, _: Any) -> None:
    line, by = line_of(row), acting_in(row.job)
    draft = version_of(line, [Version.State.DRAFT])
    if draft is None:
        return
    # First, because the approval after the numbering asks for the role again.
    require_role(with_roles_held(by), MANAGERS)
    texts = draft.texts.values_list("heading", "body")
    if missing_in(part for text in texts for part in text):
        return  # it waits for its blanks
    freeze(by=by, version=draft, summary=FIRST, send=True, read=figures_of(draft))
    for decision in IssueDecision.objects.filter(share=line.share_id).order_by("pk"):
        _cover(by, draft, decision)


def ask(row: JobRow, _: Any) -> None:
    line, by = line_of(row), acting_in(row.job)
    version = version_of(line, UNDER_WAY)
    if version is None:
        return
    party = side_of(version.agreement, by)
    person = Person.objects.get(pk=row.job.context["person"])
    asked = SignatureRequest.objects.live().filter(version=version, party=party)
    have = set(asked.values_list("slot", flat=True))
    if not standing_of(version, party).is_given:
        raise Refused("It is not approved yet. Record the approval first.")
    for signatory in version.typed_terms.signatories_of(party.slot):
        if signatory.key not in have:
            open_for_signature(by=by, version=version, slot=signatory.key, person=person)


register(JobKind(APPROVE, each=Work(act=approve)))
register(JobKind(NUMBER, each=Work(act=number)))
register(JobKind(ASK, each=Work(act=ask)))
