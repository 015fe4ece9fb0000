"""A template that was made in the portal, shared with a CCG, and copied there."""

from __future__ import annotations

from agreements.models import Template, TemplateVersion
from agreements.templates.services.keeping import EDITING, publish
from agreements.templates.services.making import copy_template, make_template
from agreements.templates.services.parts import BLANKS, SIDES
from agreements.templates.services.sharing import share_template
from agreements.terms import ApprovalRoute, ContactRole, ReviewTerm, Signatory, Terms
from mou_portal.demonstration.acts import AMARA, by, days_ago
from mou_portal.demonstration.people import organisation_called
from parties.acting import Acting

NAME = "A CCG and its practices: sharing a rota"
BOTH = ("ccg", "practice")
# Kind, heading, text, what keeps it, who owes it.
CLAUSES: tuple[tuple[str, str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("section", "What this is for", "", (), ()),
    ("statement", "Purpose", "{{ccg}} and {{practice}} keep a rota for {{days_covered}}.", (), ()),
    ("principle", "Fairness", "Each Practice takes its turn, or says that it cannot.", (), ()),
    ("section", "What each side does", "", (), ()),
    ("duty", "The rota", "The CCG writes the rota and sends it to each Practice.",
     ("commitment",), ("ccg",)),
    ("duty", "Names", "Each side names who answers for the rota, and keeps the name up to date.",
     ("key_contacts",), ()),
    ("duty", "Review", "The sides look at this together {{review:after}} after it is signed.",
     ("review",), BOTH),
)  # fmt: skip
TERMS = Terms(
    review=ReviewTerm(after_months=12, offsets_days=(60, 30)),
    contact_roles=(
        ContactRole(key="mou_manager", label="MoU manager", slots=("ccg",)),
        ContactRole(key="rota_lead", label="Rota lead", slots=BOTH),
    ),
    approval_routes=(
        ApprovalRoute(slot="ccg", route="post", name="Accountable Officer"),
        ApprovalRoute(slot="practice", route="none"),
    ),
    signatories=(
        Signatory(slot="ccg", key="accountable_officer", label="Accountable Officer"),
        Signatory(slot="practice", key="senior_partner", label="Senior partner"),
    ),
)


def load() -> None:
    """Makes it, unless it is there already."""
    if Template.objects.filter(name=NAME).exists():
        return
    with days_ago(90), by(AMARA) as amara:
        version = made(amara)
        publish(by=amara, version=version)
    with days_ago(80), by(AMARA) as amara:
        share_template(
            by=amara, template=version.template, organisation=organisation_called("Aldermoor CCG")
        )
    with days_ago(60), by("Greta Holm") as greta:
        copy_template(by=greta, version=version, name=f"{NAME}, our way")


def made(amara: Acting) -> TemplateVersion:
    """As somebody makes it page by page: sides, a blank, clauses, terms."""
    version = make_template(
        by=amara, name=NAME, description="For one CCG and all of its practices at once."
    )
    SIDES.add(
        by=amara, version=version, label="the CCG", organisation_kinds=("ccg", "icb"),
    )  # fmt: skip
    SIDES.add(
        by=amara, version=version, label="the Practice", organisation_kinds=("practice",),
        many=True, plural="the Practices",
    )  # fmt: skip
    BLANKS.add(
        by=amara, version=version, label="Days covered", hint="For example, Saturday mornings."
    )
    for kind, heading, body, bindings, owed_by in CLAUSES:
        EDITING.add_clause(
            by=amara, version=version, kind=kind, heading=heading, body=body,
            bindings=list(bindings), owed_by=list(owed_by),
        )  # fmt: skip
    EDITING.edit_terms(by=amara, version=version, terms=TERMS)
    return version
