"""An agreement at each stage, brought there by the services and the people of the cast."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from agreements.core.parties import parties_of
from agreements.core.texts import named_in_text
from agreements.drafting.services.editing import edit_clause, edit_terms
from agreements.drafting.services.making import first_draft, make_agreement
from agreements.library import library
from agreements.models import (
    Agreement,
    ClauseText,
    SignatureRequest,
    Template,
    TemplateClause,
    TemplateVersion,
    Version,
)
from agreements.signing.services.asking import open_for_signature
from agreements.signing.services.signing import sign
from agreements.templates.services.keeping import take_from_library
from agreements.terms import (
    ApprovalRoute,
    LeadTimes,
    Meetings,
    ReviewTerm,
    Signatory,
    Slot,
    Terms,
    as_stored,
)
from agreements.versions.services.approving import record_approval
from agreements.versions.services.versions import freeze, send_for_approval
from house import clock
from house.tracked import create_all
from parties.acting import Acting
from parties.models import Organisation, User
from tests.cast import Cast, acting
from tests.once import once
from tests.put_back import put_back
from tests.termed import meet, meet_more_often

TITLE = "Working together"
CHANGES = "Say four times a year in “Meetings”."
# key, kind, heading, body
CLAUSES = (
    ("about", "section", "About", ""),
    ("purpose", "statement", "Purpose", "The parties work together in {{area}}."),
    ("openness", "principle", "Openness", "The parties are open with each other."),
    ("working", "section", "Working", ""),
    ("meet", "duty", "Meetings", "The parties meet **twice** in each year."),
    ("review", "duty", "Review", "The parties review this after twelve months."),
)


# What the terms of a text usually say.
USUAL: dict[str, Any] = {
    "minimum_months": 12,
    "lead_times": LeadTimes(publication_hours=72, press_release_hours=24),
    "meetings": meet(2),
    "review": ReviewTerm(after_months=12, offsets_days=(180, 120, 60, 30)),
}


def template(keeper: Organisation, sides: Sequence[str] = ("area_team", "ccg")) -> TemplateVersion:
    """A short template with a blank; the first side approves by a post, the others by a body."""
    made = Template.objects.create(organisation=keeper, key="short", name="Short")
    terms = Terms(
        **USUAL,
        approval_routes=tuple(
            ApprovalRoute(slot=slot, route="body" if place else "post", name=_decider(place))
            for place, slot in enumerate(sides)
        ),
        signatories=tuple(Signatory(slot=s, key=f"{s}_signs", label="Director") for s in sides),
    )
    version = TemplateVersion.objects.create(
        template=made,
        seq=1,
        state=TemplateVersion.State.PUBLISHED,
        slots=[Slot(key=slot, label=f"the {slot}").model_dump(mode="json") for slot in sides],
        blanks=[{"key": "area", "label": "Area covered", "hint": "Which places."}],
        terms=as_stored(terms),
    )
    bound = {"meet": ["meetings"], "review": ["review"]}
    create_all(
        [
            TemplateClause(version=version, position=place, key=key, kind=kind, heading=heading,
                           body=body, bindings=bound.get(key, []))
            for place, (key, kind, heading, body) in enumerate(CLAUSES, start=1)
        ]
    )  # fmt: skip
    return version


@put_back
def drafted(
    cast: Cast, values: Mapping[str, str] | None = None, source: TemplateVersion | None = None
) -> Agreement:
    """A draft between the Area Team and Eastmoor CCG; blanks filled in unless you say so."""
    sides = {"area_team": cast.area_team, "ccg": cast.ccg}
    source = source or template(cast.area_team)
    filled_in = {"area": "the moors"} | dict(values or {})
    return make(acting(cast.manager), source, sides, filled_in)


def make(
    by: Acting,
    source: TemplateVersion,
    sides: Mapping[str, Organisation],
    values: Mapping[str, str],
) -> Agreement:
    """An agreement with its first draft, where the parties and their committee have names."""
    with transaction.atomic():
        agreement = make_agreement(by=by, template_version=source, title=TITLE, organisations=sides)
        names = named_in_text(parties_of(agreement))
        values = names | {"lmc": "the Moors LMC"} | dict(values)
        first_draft(by=by, agreement=agreement, values=values)
    return agreement


def _with_other_terms(terms: Terms) -> Terms:
    """None of the figures is the default: so a test sees where something takes the default."""
    return terms.model_copy(
        update={
            "lead_times": LeadTimes(publication_hours=96, press_release_hours=48),
            "meetings": meet_more_often(terms.meetings, 4),
            "minimum_months": 18,
            "review": ReviewTerm(after_months=6, offsets_days=(90, 45)),
            "levels": terms.levels[:2] + terms.levels[3:],
        }
    )


@put_back
def with_other_terms(cast: Cast) -> Agreement:
    """A draft of the library's text on other terms: 96 and 48 hours, quarterly, three levels, …"""
    source = take_from_library(by=acting(cast.manager), source=library()["area-team-and-ccg"])
    agreement = drafted(cast, source=source.versions.get())
    draft = draft_of(agreement)
    terms = _with_other_terms(draft.typed_terms)
    edit_terms(by=acting(cast.manager), version=draft, terms=terms)
    return agreement


SILENT: dict[str, Any] = {
    "minimum_months": 0,
    "lead_times": LeadTimes(),
    "meetings": Meetings(),
    "review": None,
    "levels": (),
}


@put_back
def silent(cast: Cast) -> Agreement:
    """In force on terms that say nothing of announcements, meetings, reviews and disagreements."""
    agreement = drafted(cast)
    draft = draft_of(agreement)
    terms = draft.typed_terms.model_copy(update=SILENT)
    edit_terms(by=acting(cast.manager), version=draft, terms=terms)
    for key in ("meet", "review"):
        text = clause(agreement, key)
        body = "The parties talk as they need."
        edit_clause(by=acting(cast.manager), clause=text, edit_no=text.edit_no, body=body)
    version = frozen(cast, agreement)
    for by, who in ((cast.manager, cast.signatory), (cast.other_manager, cast.other_signatory)):
        give(who, ask(by, version, who, because="Agreed."))
    return Agreement.objects.get(pk=agreement.pk)


def draft_of(agreement: Agreement) -> Version:
    return agreement.versions.get(state="draft")


def clause(agreement: Agreement, key: str) -> ClauseText:
    """The clause as it stands in the newest version."""
    newest = agreement.versions.order_by("-seq").first()
    assert newest
    return newest.texts.select_related("clause", "version__agreement").get(clause__key=key)


@put_back
def frozen(
    cast: Cast, agreement: Agreement | None = None, summary: str = "First.", by: User | None = None
) -> Version:
    draft = draft_of(agreement or drafted(cast))
    return freeze(by=acting(by or cast.manager), version=draft, summary=summary)


@put_back
def sent(cast: Cast, agreement: Agreement | None = None) -> Version:
    version = frozen(cast, agreement)
    send_for_approval(by=acting(cast.manager), version=version)
    return version


def approve(by: User, version: Version, decision: str = "approved", on: date | None = None) -> None:
    record_approval(
        by=acting(by), version=version, decision=decision, decided_on=on or clock.today(),
        minute_reference="GB 7.2", before_text=on is not None,
        changes_asked=CHANGES if decision == "subject_to_changes" else "",
    )  # fmt: skip


@put_back
def approved(cast: Cast) -> Version:
    """Out for approval, and approved by both."""
    version = sent(cast)
    approve(cast.manager, version)
    approve(cast.other_manager, version)
    return version


def ask(by: User, version: Version, signatory: User, because: str = "") -> SignatureRequest:
    """Asks for the one signature of this manager's party."""
    version = Version.objects.get(pk=version.pk)
    slots = {p.organisation.pk: p.slot for p in version.agreement.parties.all()}
    who = acting(by)
    assert who.organisation_id
    assert signatory.person
    slot = version.typed_terms.signatories_of(slots[who.organisation_id])[0].key
    return open_for_signature(
        by=who, version=version, slot=slot, person=signatory.person, because=because
    )


@put_back
def asked(cast: Cast) -> tuple[SignatureRequest, SignatureRequest]:
    """Approved by both, and both signatories are asked: ours, then theirs."""
    version = approved(cast)
    return (
        ask(cast.manager, version, cast.signatory),
        ask(cast.other_manager, version, cast.other_signatory),
    )


def give(user: User, request: SignatureRequest) -> None:
    """Signs what the request is about."""
    sha256 = Version.objects.get(pk=request.version_id).sha256
    sign(by=acting(user), request=request, sha256=sha256, typed_name=str(user))


@once
def in_force(cast: Cast) -> Version:
    ours, theirs = asked(cast)
    give(cast.signatory, ours)
    give(cast.other_signatory, theirs)
    return Version.objects.get(pk=ours.version_id)


def _decider(place: int) -> str:
    return "Governing Body" if place else "Director"
