"""MoUs that were signed on paper before there was a portal, as the demonstration registers them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.template.loader import render_to_string

from documents.models import StoredFile
from documents.places import WORKER
from documents.rendering import render
from documents.storage import store
from house import clock
from mou_portal.demonstration.neighbours import NEIGHBOURS
from mou_portal.demonstration.people import STAFF, Somebody
from nhsuk.dates import day
from nhsuk.words import with_whom
from parties.models import Role


def signed_paper(
    title: str, first: str, *others: str, signed_on: date, agreed: Sequence[str]
) -> StoredFile:
    """The pages that these organisations signed: `agreed` are its clauses, in plain words."""
    signatories = [signatory_of(each) for each in (first, *others)]
    name = f"MoU {with_whom(others)}, {title.lower()}.pdf"
    return paper_of(signatories, title, name=name, signed_on=signed_on, agreed=agreed)


def paper_of(
    signatories: Sequence[Somebody], title: str, *, name: str, signed_on: date,
    agreed: Sequence[str],
) -> StoredFile:  # fmt: skip
    """The same, signed by these people."""
    html = render_to_string(
        "mou_portal/signed_paper.jinja",
        {
            "document": {
                "title": title,
                "version": f"Signed {day(signed_on)}",
                "reference": "",
                "status": "",
                "made_at": clock.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
            },
            "signatories": signatories,
            "signed_on": day(signed_on),
            "agreed": agreed,
        },
    )
    return store(render(html, caller=WORKER), name=name, content_type="application/pdf")


def signatory_of(organisation: str) -> Somebody:
    everybody = [*STAFF, *NEIGHBOURS]
    own = (somebody for somebody in everybody if somebody.organisation == organisation)
    return next(somebody for somebody in own if Role.SIGNATORY in somebody.roles)
