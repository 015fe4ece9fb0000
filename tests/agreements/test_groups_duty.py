"""E01 and E20: one MoU for a group of practices, approved once; who opts out is in its figures."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest

from agreements.models import Agreement, Approval, Issue
from documents.models import Rendering
from jobs.models import Job
from parties.models import Role
from tests.agreements.grouped import lines_of, listed, sent, to_sign, version_of, work
from tests.agreements.test_groups_pages import ROOT, sent_to, shown
from tests.agreements.test_groups_signed import ticked
from tests.cast import Cast, user
from tests.conftest import ClientOf
from tests.stages import ask, give

pytestmark = pytest.mark.django_db
DECIDED = {"decided_on-day": "1", "decided_on-month": "10", "decided_on-year": "2026"}


def at(issue: Issue, path: str = "") -> str:
    return f"{ROOT}{issue.key}/{path}"


@pytest.mark.duty("E01")
def test_one_mou_goes_to_a_group_in_one_step_and_is_approved_once(
    cast: Cast, client_of: ClientOf
) -> None:
    issue = listed(cast, ours=3, theirs=0)
    client = client_of(cast.other_manager)
    # One step, with progress.
    assert "0 of 3 agreements are done." in sent_to(client, at(issue, "send/"))
    work(prints=True)
    making = Job.objects.get()
    assert "3 of 3 agreements are done." in shown(client, at(issue, f"jobs/{making.key}/"))
    # An agreement and a PDF for each.
    made = [line.made for line in lines_of(issue, cast.ccg)]
    assert len({each.pk for each in made}) == Agreement.objects.count() == 3
    printed = [bytes(pdf) for pdf in Rendering.objects.values_list("output", flat=True)]
    assert sum(pdf.startswith(b"%PDF") for pdf in printed) == 3
    # One approval for all of them.
    sent_to(client, at(issue, "decision/"), decided_by="Chris Chair", minute_reference="GB 7.2",
            **DECIDED)  # fmt: skip
    work()
    given = Approval.objects.filter(version__agreement__in=made)
    assert set(given.values_list("minute_reference", "decided_by")) == {("GB 7.2", "Chris Chair")}
    assert given.count() == 3
    # A zip of all.
    sent_to(client, at(issue, "zip/"))
    work()
    zipped = Job.objects.get(kind="groups.zip")
    archive = ZipFile(BytesIO(client.get(at(issue, f"jobs/{zipped.key}/file/")).content))
    assert len([name for name in archive.namelist() if name.endswith(".pdf")]) == 3
    assert "0 of 3 signed" in shown(client, at(issue))


@pytest.mark.duty("E01")
def test_who_has_signed_is_seen_at_a_glance(cast: Cast, client_of: ClientOf) -> None:
    issue = to_sign(cast, ours=2)
    client = client_of(cast.other_manager)
    assert "0 of 2 signed" in shown(client, at(issue))
    ticked(cast, issue)
    work()
    line = lines_of(issue, cast.ccg)[0]
    partner = user("Pat Partner", line.organisation, Role.MANAGER, Role.SIGNATORY)
    give(partner, ask(partner, version_of(line), partner))
    page = shown(client, at(issue))
    assert "1 of 2 signed" in page
    assert "Signed by all" in page
    assert "1 of 2 signed" in shown(client, "/agreements/")


@pytest.mark.duty("E20")
def test_an_opt_out_is_confirmed_on_record_and_in_the_figures(
    cast: Cast, client_of: ClientOf
) -> None:
    issue = sent(cast, ours=3, theirs=0)
    line = lines_of(issue, cast.ccg)[0]
    path = at(issue, f"lines/{line.pk}/opt-out/")
    said = {"said_on-day": "1", "said_on-month": "10", "said_on-year": "2026"}
    first = client_of(cast.other_manager)
    sent_to(first, path, said_by="Pat Partner", because="We merge.", **said)
    # Nothing ends before a second person has confirmed it.
    page = shown(first, at(issue))
    assert "0 of 3 signed; 3 wait for you." in page
    assert "Opting out, to be confirmed" in page
    second = client_of(user("Olive Otherton", cast.ccg, Role.MANAGER))
    sent_to(second, f"{path}answer/", agrees="yes")
    page = shown(first, at(issue))
    assert "0 of 3 signed; 1 takes no part; 2 wait for you." in page
    assert "Opted out (1)" in page
    assert "We merge. Said by Pat Partner on 1 October 2026, confirmed by Olive Otherton." in page
    assert "0 of 3 signed; 1 takes no part; 2 wait for you" in shown(first, "/agreements/")
    history = shown(first, f"/agreements/{line.made.reference}/history/")
    assert "Olga Other wrote down that Practice 01 opted out, as Pat Partner said" in history
    assert "Olive Otherton confirmed that Practice 01 opted out." in history
