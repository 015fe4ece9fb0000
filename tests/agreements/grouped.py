"""Groups for tests: some CCGs, their practices, and what was sent to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from agreements.groups.reading import ReceiverLine
from agreements.groups.services import deciding, preparing, sending
from agreements.groups.services.sending import MAKE
from agreements.models import (
    Issue,
    IssueLine,
    IssueShare,
    SignatureRequest,
    TemplateVersion,
    Version,
)
from agreements.terms import ApprovalRoute, ContactRole, Signatory, Slot, as_stored
from house import clock
from jobs.kinds import JobKind, kind_of, register
from jobs.sweep import work_due
from parties.models import Organisation
from tests.cast import Cast, acting, organisation, person_of
from tests.put_back import put_back
from tests.stages import template

SIDES = ("ccg", "practice")
TITLE = "Practice resilience"


def resilience(keeper: Organisation) -> TemplateVersion:
    """A short template between a CCG, whose body approves, and a practice, which signs."""
    if known := TemplateVersion.objects.filter(template__organisation=keeper).first():
        return known
    version = template(keeper, SIDES)
    terms = version.typed_terms.model_copy(
        update={
            "approval_routes": (
                ApprovalRoute(slot="ccg", route="body", name="Governing Body"),
                ApprovalRoute(slot="practice", route="none"),
            ),
            "signatories": (
                Signatory(slot="ccg", key="officer", label="Accountable Officer"),
                Signatory(slot="practice", key="partner", label="Partner"),
            ),
            "contact_roles": (ContactRole(key="mou_manager", label="Lead", slots=SIDES),),
        }
    )
    kinds = {"ccg": ("ccg",), "practice": ("practice",)}
    version.slots = [
        Slot(key=key, label=f"the {key}", organisation_kinds=kinds[key]).model_dump(mode="json")
        for key in SIDES
    ]
    version.terms = as_stored(terms)
    version.save()
    return version


def practices(number: int, start: int = 1) -> list[Organisation]:
    return [
        organisation(f"Practice {n:02d}", Organisation.Kind.PRACTICE, ods_code=f"Y{n:05d}")
        for n in range(start, start + number)
    ]


def begun(cast: Cast, *, fixed: bool = True, blanks: bool = True) -> Issue:
    """By Eastmoor CCG, to nobody yet."""
    issue = preparing.begin(
        by=acting(cast.other_manager), template_version=resilience(cast.ccg), title=TITLE,
        slot="practice", text_is_fixed=fixed,
    )  # fmt: skip
    if blanks:
        values = {"area": "the moors"}
        preparing.fill_blanks(by=acting(cast.other_manager), issue=issue, values=values)
    return issue


def line(
    receiver: Organisation, commissioner: Organisation, *, contact: bool = True, **more: Any
) -> ReceiverLine:
    named: dict[str, Any] = {}
    if contact:
        name = f"Lead of {receiver.name}"
        address = f"lead.{receiver.ods_code}@practices.example".lower()
        named = {"contact_name": name, "contact_email": address}
    return ReceiverLine(
        row=2, organisation=receiver.pk, name=receiver.name, commissioner=commissioner.pk,
        commissioner_name=commissioner.name, **named, **more,
    )  # fmt: skip


def listed(cast: Cast, ours: int = 2, theirs: int = 1, *, start: int = 1, **how: bool) -> Issue:
    """With practices of Eastmoor CCG, which sends it, and of Westmoor CCG."""
    issue = begun(cast, **how)
    own, others = practices(ours, start), practices(theirs, start + ours)
    lines = [*(line(each, cast.ccg) for each in own),
             *(line(each, cast.third_ccg) for each in others)]  # fmt: skip
    preparing.add_lines(by=acting(cast.other_manager), issue=issue, lines=lines)
    return issue


@put_back
def sent(cast: Cast, ours: int = 2, theirs: int = 1, *, start: int = 1, **how: bool) -> Issue:
    """Sent by Eastmoor CCG, whose agreements are made; Westmoor CCG is asked."""
    issue = listed(cast, ours, theirs, start=start, **how)
    _ = cast.third_manager
    sending.send(by=acting(cast.other_manager), issue=issue)
    work()
    return issue


def work(*, prints: bool = False) -> None:
    """What the worker does; the PDFs of what is made only where a test looks at one."""
    kind = kind_of(MAKE)
    if not prints:
        register(JobKind(MAKE, each=replace(kind.each, afterwards=None)))
    try:
        while work_due(seconds=600):
            pass
    finally:
        register(kind)


def share_of(issue: Issue, organisation: Organisation) -> IssueShare:
    return issue.shares.select_related("issue", "organisation").get(organisation=organisation)


def lines_of(issue: Issue, organisation: Organisation) -> Sequence[IssueLine]:
    rows = issue.lines.filter(share__organisation=organisation).order_by("pk")
    return list(rows.select_related("agreement", "share", "organisation", "issue"))


def version_of(line: IssueLine) -> Version:
    version = Version.objects.filter(agreement=line.agreement).latest("seq")
    version.agreement = line.made
    return version


@put_back
def to_sign(cast: Cast, ours: int = 2, *, start: int = 1, **how: bool) -> Issue:
    """Sent and approved by Eastmoor CCG, whose signatory is asked for all of them."""
    return asked_for_all(cast, sent(cast, ours, theirs=0, start=start, **how))


def asked_for_all(cast: Cast, issue: Issue) -> Issue:
    share, by = share_of(issue, cast.ccg), acting(cast.other_manager)
    deciding.approve_all(by=by, share=share, decided_on=clock.today())
    work()
    deciding.ask_all(by=by, share=share, person=person_of(cast.other_signatory))
    work()
    return issue


def requests_of(issue: Issue, organisation: Organisation) -> list[SignatureRequest]:
    """Those of its signatory, in the order of the lines."""
    rows = SignatureRequest.objects.filter(
        party__agreement__issue_line__issue=issue, party__slot="ccg"
    ).exclude(state="void")
    found = rows.filter(party__agreement__issue_line__share__organisation=organisation)
    return list(found.select_related("version__agreement", "party", "person").order_by("pk"))
