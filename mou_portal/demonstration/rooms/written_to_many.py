"""One text for six practices of two CCGs, half-way: one has signed, others wait, one says no."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from agreements.groups.reading import ReceiverLine
from agreements.groups.services import deciding, preparing, reaching, sending
from agreements.groups.services.signing import sign_ticked
from agreements.models import Issue, SignatureRequest, Template, TemplateVersion, Version
from agreements.signing.by_link import link_of
from agreements.signing.services.asking import open_for_signature
from agreements.signing.services.by_link import decline_by_link
from agreements.signing.services.signing import sign
from agreements.templates.services.keeping import EDITING, new_template_draft, publish
from agreements.versions.services.leaving import record_opt_out
from house import clock
from house.clock import months_after
from jobs.kinds import JobKind, kind_of, register
from jobs.sweep import work_due
from mou_portal.demonstration.acts import by, days_ago
from mou_portal.demonstration.neighbours import SURGERY, SURGERY_MANAGER
from mou_portal.demonstration.people import (
    LMC,
    acting_as,
    add_organisation,
    organisation_called,
    person_called,
)
from nhsuk.dates import day
from parties.acting import Acting
from parties.models import Area, CheckedAddress, Organisation
from parties.services.addresses import look_through

GRETA, HAMISH, ISLA, MIRELA = "Greta Holm", "Hamish Boyle", "Isla Fernandes", "Mirela Popa"
TITLE = "Practice resilience this winter"
ALDERMOOR, BRACKENFIELD = "Aldermoor CCG", "Brackenfield CCG"
# The practice, its commissioner, and whom the list names there. The first of them has an account.
PRACTICES = (
    (SURGERY, ALDERMOOR, SURGERY_MANAGER),
    ("Harrow Lane Practice", ALDERMOOR, "Bilal Osei"),
    ("Quarry Road Surgery", ALDERMOOR, "Celeste Marsh"),
    ("Tarn View Practice", ALDERMOOR, "Dougal Iyer"),
    ("Lime Kiln Practice", BRACKENFIELD, "Edie Vasquez"),
    ("Old Forge Surgery", BRACKENFIELD, "Fergus Lane"),
)


def load() -> None:
    """Unless it is sent already."""
    source = Template.objects.filter(key="practice-resilience").first()
    if source is None or Issue.objects.exists():
        return
    with _without_pdfs():
        issue = _sent(source)
        _approved_and_asked(issue)
    _answered(issue)


def _sent(source: Template) -> Issue:
    """By Aldermoor CCG, whose own are made; Brackenfield CCG takes part a day later."""
    with days_ago(22), by(GRETA) as greta:
        published = _for_this_year(greta, source)
    with days_ago(21), by(GRETA) as greta:
        issue = preparing.begin(
            by=greta, template_version=published, title=TITLE, slot="practice", text_is_fixed=True
        )
        preparing.fill_blanks(by=greta, issue=issue, values=_blanks())
        preparing.add_lines(by=greta, issue=issue, lines=[*_lines()])
        sending.send(by=greta, issue=issue)
        work_due()
    with days_ago(20), by(MIRELA) as mirela:
        share = issue.shares.get(organisation=mirela.on_behalf_of)
        sending.answer(by=mirela, share=share, takes_part=True)
        work_due()
    return issue


def _for_this_year(by: Acting, source: Template) -> TemplateVersion:
    """The next version of the template, which ends in six months and not in the year it was of."""
    draft = new_template_draft(by=by, template=source)
    ends_on = months_after(clock.today(), 6)
    period = draft.typed_terms.period.model_copy(update={"ends_on": ends_on})
    terms = draft.typed_terms.model_copy(update={"period": period})
    EDITING.edit_terms(by=by, version=draft, terms=terms)
    publish(by=by, version=draft)
    return source.versions.get(seq=draft.seq)


def _approved_and_asked(issue: Issue) -> None:
    with days_ago(19), by(ISLA) as isla:
        waiting = CheckedAddress.objects.waiting().filter(kept_by=isla.on_behalf_of)
        look_through(by=isla, shown=list(waiting.values_list("pk", flat=True)))
    with days_ago(12), by(GRETA) as greta:
        share = issue.shares.get(organisation=greta.on_behalf_of)
        decided = clock.today() - timedelta(days=1)
        deciding.approve_all(by=greta, share=share, decided_on=decided, minute_reference="GB 11.4")
        work_due()
        deciding.ask_all(by=greta, share=share, person=person_called(HAMISH))
        work_due()
    with days_ago(11), by(GRETA) as greta:
        reaching.ask_by_links(by=greta, share=share)
        work_due()
    with days_ago(10), by(HAMISH) as hamish:
        # Three of the four, on one page; the last still waits for him.
        asked = SignatureRequest.objects.filter(party__agreement__issue_line__share=share)
        hashes = asked.filter(person=person_called(HAMISH)).order_by("pk")
        ticked = dict(hashes.values_list("pk", "version__sha256")[:3])
        sign_ticked(by=hamish, share=share, ticked=ticked, typed_name=HAMISH)
        work_due()


def _answered(issue: Issue) -> None:
    """One signs with an account, one declines by the link, one told the CCG that it opts out."""
    first, second, third, *_ = issue.lines.order_by("pk").select_related("agreement")
    with days_ago(7):
        name = acting_as(SURGERY_MANAGER)
        version = Version.objects.get(agreement=first.agreement)
        request = open_for_signature(
            by=name, version=version, slot=version.typed_terms.signatories_of("practice")[0].key,
            person=person_called(SURGERY_MANAGER),
        )  # fmt: skip
        sign(by=name, request=request, sha256=version.sha256, typed_name=SURGERY_MANAGER)
    with days_ago(5):
        asked = SignatureRequest.objects.get(
            party__agreement=second.agreement, party__slot="practice"
        )
        if link := link_of(asked):
            decline_by_link(link=link, request=asked, because="We merge with another practice.")
    with days_ago(2), by(GRETA) as greta:
        record_opt_out(
            by=greta, line=third, because="They have help from their federation already.",
            said_by="Celeste Marsh, by telephone", said_on=clock.today(),
        )  # fmt: skip


def _lines() -> Iterator[ReceiverLine]:
    area = Area.objects.get(name="Northern Dales")
    for row, (name, commissioner, contact) in enumerate(PRACTICES, start=2):
        practice = add_organisation(name, Organisation.Kind.PRACTICE, f"P9100{row}", area)
        host = name.lower().replace(" ", "-")
        yield ReceiverLine(
            row, practice.pk, name, organisation_called(commissioner).pk, commissioner,
            contact_name=contact, contact_email=f"manager@{host}.example",
            contact_title="Practice manager",
        )  # fmt: skip


def _blanks() -> dict[str, str]:
    today = clock.today()
    return {
        "lmc": LMC,
        "operational_group": "the primary care group of each CCG",
        "committee": "the Dales Primary Care Committee in Common",
        "assessed_by": day(today + timedelta(days=60)),
        "planned_by": day(today + timedelta(days=90)),
        "promised_by": day(today + timedelta(days=120)),
        "assured_by": f"{today + timedelta(days=150):%B %Y}",
        "workshop": f"{today + timedelta(days=200):%B %Y}",
    }


@contextmanager
def _without_pdfs() -> Iterator[None]:
    """They are made when somebody asks for one: a demonstration is there sooner."""
    kind = kind_of(sending.MAKE)
    register(JobKind(kind.key, each=replace(kind.each, afterwards=None)))
    try:
        yield
    finally:
        register(kind)
