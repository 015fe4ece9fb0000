"""C03: the document prints who approved for each of six organisations, when, and which version."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest

from agreements.models import Version
from agreements.signing.pages.agreement_document import AgreementDocument
from agreements.signing.signed_copy import as_html, build_unsigned_copy
from agreements.versions.services.approving import record_approval
from agreements.versions.services.versions import freeze, send_for_approval
from house import clock
from nhsuk.dates import day
from parties.models import Role
from tests.cast import Cast, acting, organisation, user
from tests.pdf import printed
from tests.stages import draft_of, make, template

pytestmark = pytest.mark.django_db
NUMBER = 6
NONE = "\u2013"


def approved_by_six(cast: Cast) -> tuple[Version, list[list[str]]]:
    """Approved by the chair of each organisation's body, each on a day of its own; the rows."""
    names = [f"Dale {n} CCG" for n in range(1, NUMBER + 1)]
    own = [organisation(name, ods_code=f"9{n}D") for n, name in enumerate(names)]
    managers = [user(f"Manager Number{n}", each, Role.MANAGER) for n, each in enumerate(own)]
    slots = [f"ccg_{n}" for n in range(NUMBER)]
    by = acting(managers[0])
    sides = dict(zip(slots, own, strict=True))
    agreement = make(by, template(own[0], slots), sides, {"area": "the dales"})
    version = freeze(by=by, version=draft_of(agreement), summary="First.")
    send_for_approval(by=by, version=version)
    rows = []
    for place, manager in enumerate(managers):
        on = clock.today() - timedelta(days=place)
        record_approval(
            by=acting(manager), version=version, decision="approved", decided_on=on,
            decided_by=f"Chris Chair{place}", decided_as="Clinical Chair", before_text=True,
        )  # fmt: skip
        decider = "Governing Body" if place else "Director"
        rows.append([names[place], f"{decider} Chris Chair{place}, Clinical Chair", "Approved",
                     day(on), "0.1", NONE])  # fmt: skip
    return Version.objects.get(pk=version.pk), rows


def table_of(html: str) -> list[list[str]]:
    """The words of each cell of the table of approvals, row by row."""
    table = html.split('<table class="approvals">')[1].split("</table>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", table.split("<tbody>")[1], re.DOTALL)
    cells = (re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows)
    return [[" ".join(re.sub("<[^>]*>", " ", unescape(cell)).split()) for cell in row]
            for row in cells]  # fmt: skip


@pytest.mark.duty("C03")
def test_the_table_has_name_title_organisation_date_and_version_of_each(cast: Cast) -> None:
    version, rows = approved_by_six(cast)
    shown = table_of(as_html(AgreementDocument(version, at=clock.now())))
    # Beside the day stands whether the text had its number by then.
    assert [[*row[:3], row[3].split(",")[0], *row[4:]] for row in shown] == rows


@pytest.mark.duty("C03")
def test_it_is_printed(cast: Cast) -> None:
    version, rows = approved_by_six(cast)
    words = printed(build_unsigned_copy(version, made_at=clock.now()))
    table = words.split("Approvals Party By Decision Date Version Reference")[1]
    for place, (name, _, _, on, *_) in enumerate(rows):
        for said in (name, f"Chris Chair{place}", "Clinical Chair", on, "0.1"):
            assert said in table, said
