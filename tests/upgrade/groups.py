"""Groups that an upgrade finds half-way, and a version with one of two approvals."""

from __future__ import annotations

from agreements.drafting.services.editing import edit_terms
from agreements.groups.reading import ReceiverLine
from agreements.groups.services import deciding, preparing, sending
from agreements.groups.services.signing import sign_ticked
from agreements.models import Issue, IssueShare, SignatureRequest, Template, Version
from agreements.terms import ApprovalRoute
from agreements.versions.services.approving import record_approval
from agreements.versions.services.versions import send_for_approval
from house import clock
from jobs.sweep import work_due
from mou_portal.demonstration.acts import AMARA, by, drafted, frozen
from mou_portal.demonstration.people import add_organisation, organisation_called, person_called
from parties.models import Area, Organisation
from tests.upgrade.steps import ALDERMOOR, BRACKENFIELD, ELMSWORTH, GRETA, SOREN

HAMISH = "Hamish Boyle"


def half_way() -> None:
    _made_in_part(_sent("Winter vaccination", 1))
    _signed_in_part(_sent("Summer rotas", 4))
    one_of_two_approvals()


def _sent(title: str, number: int) -> Issue:
    """To two practices of Aldermoor CCG, which sends it, and one of Brackenfield CCG, which is
    asked whether it takes part."""
    source = Template.objects.get(key="practice-resilience")
    with by(GRETA) as greta:
        issue = preparing.begin(
            by=greta, template_version=source.versions.get(state="published"), title=title,
            slot="practice", text_is_fixed=True,
        )  # fmt: skip
        blanks = {each.key: "later" for each in issue.template_version.typed_blanks}
        preparing.fill_blanks(by=greta, issue=issue, values=blanks)
        lines = [_line(number, ALDERMOOR), _line(number + 1, ALDERMOOR),
                 _line(number + 2, BRACKENFIELD)]  # fmt: skip
        preparing.add_lines(by=greta, issue=issue, lines=lines)
        sending.send(by=greta, issue=issue)
    return issue


def _line(number: int, commissioner: str) -> ReceiverLine:
    name = f"Half Way Surgery {number}"
    area = Area.objects.get(name="Northern Dales")
    practice = add_organisation(name, Organisation.Kind.PRACTICE, f"P9200{number}", area)
    return ReceiverLine(
        number, practice.pk, name, organisation_called(commissioner).pk, commissioner
    )


def _made_in_part(issue: Issue) -> None:
    """One of its agreements is there; the worker stopped before the next."""
    work_due(seconds=0)
    assert issue.lines.exclude(agreement=None).count() == 1


def _signed_in_part(issue: Issue) -> None:
    """Both are made, approved and ticked on one page; the worker has signed one of them."""
    share = IssueShare.objects.get(issue=issue, organisation=organisation_called(ALDERMOOR))
    with by(GRETA) as greta:
        work_due()
        deciding.approve_all(by=greta, share=share, decided_on=clock.today())
        work_due()
        deciding.ask_all(by=greta, share=share, person=person_called(HAMISH))
        work_due()
    asked = SignatureRequest.objects.filter(party__agreement__issue_line__issue=issue)
    ticked = dict(asked.values_list("pk", "version__sha256"))
    with by(HAMISH) as hamish:
        sign_ticked(by=hamish, share=share, ticked=ticked, typed_name=HAMISH)
    work_due(seconds=0)
    assert asked.filter(state="signed").count() == 1


def one_of_two_approvals() -> None:
    """The Finance Committee of the CCG has approved; its Governing Body decides next."""
    agreement = drafted(ELMSWORTH, manager=SOREN, title="Travel to clinics")
    draft = Version.objects.get(agreement=agreement)
    routes = [each for each in draft.typed_terms.approval_routes if each.slot != "ccg"]
    routes += [
        ApprovalRoute(slot="ccg", key="finance", route="body", name="Finance Committee"),
        ApprovalRoute(slot="ccg", key="board", route="body", name="Governing Body", step=2),
    ]
    terms = draft.typed_terms.model_copy(update={"approval_routes": tuple(routes)})
    with by(SOREN) as soren:
        edit_terms(by=soren, version=draft, terms=terms)
    version = frozen(agreement, "Two approvals of the CCG.")
    with by(AMARA) as amara:
        send_for_approval(by=amara, version=version)
    with by(SOREN) as soren:
        record_approval(
            by=soren, version=version, route="finance", decision="approved",
            decided_on=clock.today(),
        )  # fmt: skip
