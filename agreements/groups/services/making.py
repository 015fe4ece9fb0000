"""Making the agreements of a group, one row of a background job each, and their unsigned PDFs."""

from __future__ import annotations

from typing import Any

from agreements.contacts.services.naming import name_contacts
from agreements.core.parties import parties_of, require_role
from agreements.core.telling import record, tell_managers
from agreements.core.texts import texts_of
from agreements.drafting.blanks import missing_in
from agreements.drafting.services.making import first_draft, make_agreement
from agreements.drafting.typed_figures import figures_read, typed_against
from agreements.drafting.wording import sides_of
from agreements.groups.services.sending import MAKE
from agreements.models import Access, Agreement, IssueLine, IssueShare, Party, Version
from agreements.signing.signed_copy import build_unsigned_copy
from agreements.terms import MANAGER_ROLE
from agreements.versions.services.versions import freeze
from documents.rendering import RenderingFailed
from house import clock
from house.refusals import NotNow, NotYours, Refused
from jobs.kinds import JobKind, Work, register
from jobs.models import Job, JobRow
from parties.acting import Acting, acting_for
from parties.services.addresses import Typed, enter_addresses
from parties.who import MANAGERS

FIRST = "First version, as it was sent."


def acting_in(job: Job) -> Acting:
    """Who began the job, as they may act today. Raises NotYours for who no longer may."""
    by = acting_for(job.started_by, job.organisation_id)
    if by.organisation_id != job.organisation_id:
        raise NotYours(f"{job.started_by} no longer acts for the organisation. Begin it anew.")
    return by


def line_of(row: JobRow) -> IssueLine:
    rows = IssueLine.objects.select_related("share__organisation", "organisation")
    return rows.select_related("issue__template_version", "agreement").get(pk=row.subject)


def enter_address(row: JobRow) -> None:
    """On the list of addresses to sign by: a colleague looks through it before any is used.

    By itself, because organisations are locked before agreements. What is there stays as it is.
    """
    line = line_of(row)
    if line.contact_email:
        typed = Typed(line.organisation, line.contact_name, line.contact_email, line.contact_title)
        enter_addresses(by=acting_in(row.job), typed=[typed])


def make(row: JobRow, _: Any) -> None:
    """Makes the agreement of one line, where it has none yet."""
    line, by = line_of(row), acting_in(row.job)
    require_role(by, MANAGERS)
    if line.agreement_id:
        return
    agreement = _agreement(by, line)
    made = {"agreement": agreement, "made_at": clock.now()}
    # One organisation can have opted out before its agreement was made.
    if not IssueLine.objects.filter(pk=line.pk, agreement=None, end="").update(**made):
        raise Refused(f"{line.organisation} opted out, so nothing was made for it.")


def _agreement(by: Acting, line: IssueLine) -> Agreement:
    issue = line.issue
    sides = {issue.slot: line.organisation, issue.commissioner_slot: line.share.organisation}
    agreement = make_agreement(
        by=by, template_version=issue.template_version, title=issue.title, organisations=sides
    )
    _put_in_group(agreement, line.share)
    if issue.text_is_fixed:
        agreement.text_is_fixed = True
        agreement.save(update_fields=["text_is_fixed"])
    names = {slot: organisation.name for slot, organisation in sides.items()}
    draft = first_draft(by=by, agreement=agreement, values={**issue.blanks, **line.blanks, **names})
    name_contacts(by=by, agreement=agreement, contacts=_contacts(by, line, draft))
    drafted = record(
        by=by, verb="drafted", agreement=agreement, title=agreement.title, group=issue.title
    )
    if issue.text_is_fixed and not _open_blanks(draft):
        draft.agreement = agreement
        freeze(by=by, version=draft, summary=FIRST, send=True, read=figures_of(draft))
    else:
        tell_managers(of=drafted, kind="agreement_drafted", by=by)
    return agreement


def _put_in_group(agreement: Agreement, share: IssueShare) -> None:
    """Its commissioner has it as one of many: in its list, and in its e-mails."""
    own = [p.pk for p in parties_of(agreement) if p.organisation.pk == share.organisation_id]
    Party.objects.filter(pk__in=own).update(told_daily=True)
    access = Access.objects.filter(agreement=agreement, organisation=share.organisation_id)
    access.update(in_group=True)
    vars(agreement).pop("sides", None)


def _contacts(by: Acting, line: IssueLine, draft: Version) -> dict[str, dict[str, dict[str, Any]]]:
    """Who makes it looks after it for the commissioner; whom the list names is proposed."""
    terms, issue, found = draft.typed_terms, line.issue, dict[str, dict[str, dict[str, Any]]]()
    own = {role.key for role in terms.contact_roles_of(issue.commissioner_slot)}
    if MANAGER_ROLE in own and by.who.person_id:
        found[issue.commissioner_slot] = {MANAGER_ROLE: {"person": by.who.person_id}}
    roles = [role.key for role in terms.contact_roles_of(issue.slot)]
    if roles and line.contact_name:
        role = MANAGER_ROLE if MANAGER_ROLE in roles else roles[0]
        said = {"name": line.contact_name, "email": line.contact_email,
                "job_title": line.contact_title}  # fmt: skip
        found[issue.slot] = {role: {"person": said}}
    return found


def _open_blanks(draft: Version) -> list[str]:
    texts = draft.texts.values_list("heading", "body")
    return missing_in(part for text in texts for part in text)


def figures_of(draft: Version) -> str:
    """A fixed text is sent as it is, with the figures that are typed in it."""
    against = typed_against(texts_of(draft), draft.typed_terms, sides_of(draft))
    return figures_read(draft, against) if against else ""


def print_made(row: JobRow) -> None:
    """Its unsigned PDF is there before anybody asks for it."""
    if agreement := line_of(row).agreement:
        unsigned_copy(agreement)


def unsigned_copy(agreement: Agreement) -> bytes:
    """The PDF of its newest text. Raises Refused for one that cannot be printed."""
    version = agreement.versions.latest("seq")
    version.agreement = agreement
    try:
        return build_unsigned_copy(version, made_at=clock.now())
    except RenderingFailed as problem:
        said = NotNow if problem.passing else Refused
        raise said(problem.sentence) from problem


register(JobKind(MAKE, each=Work(prepare=enter_address, act=make, afterwards=print_made)))
