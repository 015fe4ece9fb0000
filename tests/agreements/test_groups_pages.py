"""The pages of a group, from the template to the grid, as a person walks through them."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from agreements.models import Agreement, Issue, IssueLine
from jobs.models import Job
from parties.models import CheckedAddress
from parties.services.addresses import look_through
from tests.agreements.grouped import (
    lines_of,
    listed,
    practices,
    resilience,
    sent,
    share_of,
    work,
)
from tests.cast import Cast, acting, user
from tests.conftest import ClientOf, Mailbox
from tests.costs import queries_at

pytestmark = pytest.mark.django_db
ROOT = "/agreements/groups/"


def shown(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def sent_to(client: Client, path: str, **said: Any) -> str:
    """The page on which sending a form ends."""
    answer = client.post(path, said, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_from_a_template_to_agreements(cast: Cast, client_of: ClientOf) -> None:
    version = resilience(cast.ccg)
    for each in practices(3):
        assert each.pk
    client = client_of(cast.other_manager)
    assert "Send to a group" in shown(client, ROOT)
    page = sent_to(client, f"{ROOT}new/", title="Resilience", way="fixed",
                   side=f"{version.pk}:practice")  # fmt: skip
    assert "Nobody is on the list yet." in page
    issue = Issue.objects.get()
    at = f"{ROOT}{issue.key}/"
    sent_to(client, f"{at}blanks/", area="the moors")
    found = shown(client, f"{at}choose/?text=practice+0")
    assert found.count('name="receivers"') == 3
    keep = [str(pk) for pk in practices_in(found)][:2]
    page = sent_to(client, f"{at}choose/", commissioner=str(cast.ccg.pk), receivers=keep)
    assert "2 agreements will be made: 2 with Eastmoor CCG." in page
    page = sent_to(client, f"{at}send/")
    assert "0 of 2 agreements are done." in page
    work()
    job = Job.objects.get()
    assert "2 of 2 agreements are done." in shown(client, f"{at}jobs/{job.key}/")
    page = shown(client, at)
    assert "0 of 2 signed" in page
    assert "Record one approval for 2 agreements" in page


def practices_in(page: str) -> list[int]:
    marks = page.split('name="receivers"')[1:]
    return [int(each.split('value="')[1].split('"')[0]) for each in marks]


def test_what_is_sent_has_no_forms_to_change_it(cast: Cast, client_of: ClientOf) -> None:
    at = f"{ROOT}{sent(cast).key}/"
    client = client_of(cast.other_manager)
    for page in ("choose/", "blanks/", "upload/", "sample.csv"):
        answer = client.get(f"{at}{page}")
        assert answer.status_code == 409, page
        assert "It is sent already. What was sent does not change." in answer.content.decode()
    assert client_of(cast.third_manager).get(f"{at}blanks/").status_code == 404


def test_one_approval_and_one_asking_for_all(cast: Cast, client_of: ClientOf) -> None:
    issue = sent(cast, ours=2, theirs=0)
    client, at = client_of(cast.other_manager), f"{ROOT}{issue.key}/"
    said = {"decided_on-day": "1", "decided_on-month": "10", "decided_on-year": "2026"}
    page = sent_to(client, f"{at}decision/", minute_reference="GB 7.2", **said)
    assert "Recording the approval" in page
    work()
    page = shown(client, at)
    assert "One approval covers all of yours: 1 October 2026, GB 7.2" in page
    assert "Ask your signatory to sign 2 agreements" in page
    assert cast.other_signatory.person
    sent_to(client, f"{at}signatory/", person=str(cast.other_signatory.person.pk))
    work()
    mine = client_of(cast.other_signatory)
    assert "Sign 2 agreements" in shown(mine, at)


def test_the_list_shows_a_group_as_one_line_until_somebody_looks_for_one(
    cast: Cast, client_of: ClientOf
) -> None:
    issue = sent(cast, ours=3, theirs=0)
    client = client_of(cast.other_manager)
    page = shown(client, "/agreements/")
    assert f'href="{ROOT}{issue.key}/"' in page
    assert "0 of 3 signed; 3 wait for you" in page
    made = lines_of(issue, cast.ccg)[0].made
    assert f"/agreements/{made.reference}/" not in page
    assert f"/agreements/{made.reference}/" in shown(client, "/agreements/?text=resilience")
    assert "0 of 3 signed; 3 wait for you" in shown(client, "/")
    # A viewer can do none of it.
    assert "0 of 3 signed; 3 wait for your organisation" in shown(client_of(cast.other_viewer), "/")
    grid = shown(client_of(cast.other_viewer), f"{ROOT}{issue.key}/")
    assert "Waits for your organisation (3)" in grid
    assert "Waits for you " not in grid


def test_whoever_gets_it_opens_it_and_declines(cast: Cast, client_of: ClientOf) -> None:
    issue = sent(cast, ours=1, theirs=0)
    line = lines_of(issue, cast.ccg)[0]
    partner = client_of(user("Pat Partner", line.organisation, "manager"))
    at = f"/agreements/{line.made.reference}/"
    page = shown(partner, at)
    assert "Decline, and say why" in page
    assert "Stop work" not in page
    line.refresh_from_db()
    assert line.opened_at
    assert "Opened" in shown(client_of(cast.other_manager), f"{ROOT}{issue.key}/")
    page = sent_to(partner, f"{at}decline/", because="We merge.")
    assert "You have declined." in page
    grid = shown(client_of(cast.other_manager), f"{ROOT}{issue.key}/")
    assert "Declined" in grid
    assert "We merge." in grid
    assert partner.get(f"{at}decline/").status_code == 200
    assert client_of(cast.other_manager).get(f"{at}decline/").status_code == 404


def test_an_opt_out_is_confirmed_by_somebody_else(cast: Cast, client_of: ClientOf) -> None:
    issue = sent(cast, ours=1, theirs=0)
    line = lines_of(issue, cast.ccg)[0]
    at = f"{ROOT}{issue.key}/lines/{line.pk}/opt-out/"
    said = {"said_on-day": "1", "said_on-month": "10", "said_on-year": "2026"}
    client = client_of(cast.other_manager)
    page = sent_to(client, at, said_by="Pat Partner", because="We merge.", **said)
    assert "Opting out, to be confirmed" in page
    assert "You recorded this" in shown(client, f"{at}answer/")
    second = client_of(user("Olive Otherton", cast.ccg, "manager"))
    page = sent_to(second, f"{at}answer/", agrees="yes")
    assert "takes no part" in page
    assert Agreement.objects.get().state == "ended"


def test_all_pdfs_with_an_index(cast: Cast, client_of: ClientOf) -> None:
    issue = sent(cast, ours=1, theirs=0)
    client, at = client_of(cast.other_manager), f"{ROOT}{issue.key}/"
    sent_to(client, f"{at}zip/")
    work()
    job = Job.objects.get(kind="groups.zip")
    answer = client.get(f"{at}jobs/{job.key}/file/")
    archive = ZipFile(BytesIO(answer.content))
    reference = lines_of(issue, cast.ccg)[0].made.reference
    assert sorted(archive.namelist()) == [f"{reference} Practice 01.pdf", "index.csv"]
    assert archive.read(f"{reference} Practice 01.pdf").startswith(b"%PDF")
    assert "Practice 01,Y00001,Eastmoor CCG" in archive.read("index.csv").decode("utf-8-sig")


def test_a_commissioner_sees_its_own_lines_and_the_sender_no_agreement_of_its(
    cast: Cast, client_of: ClientOf
) -> None:
    issue = sent(cast, ours=1, theirs=1)
    at = f"{ROOT}{issue.key}/"
    theirs = client_of(cast.third_manager)
    page = shown(theirs, at)
    assert "asks whether your organisation takes part" in page
    assert "Practice 02" in page
    assert "Practice 01" not in page
    assert "purpose" in shown(theirs, f"{at}answer/").lower()
    sent_to(theirs, f"{at}answer/", takes_part="yes")
    work()
    made = lines_of(issue, cast.third_ccg)[0].made
    own = client_of(cast.other_manager)
    page = shown(own, at)
    assert "Practice 02" in page
    assert made.reference not in page
    assert own.get(f"/agreements/{made.reference}/").status_code == 404
    assert client_of(cast.stranger).get(at).status_code == 404


def test_an_address_is_looked_through_and_then_asked_by_a_link(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    issue = sent(cast, ours=2, theirs=0)
    at = f"{ROOT}{issue.key}/"
    manager, colleague = client_of(cast.other_manager), client_of(cast.other_colleague)
    page = shown(colleague, at)
    assert "Look through 2 addresses" in page
    assert "to sign by a link" not in shown(manager, at)
    listed = list(CheckedAddress.objects.all())
    look_through(by=acting(cast.other_colleague), shown=[each.pk for each in listed])
    assert "Ask 2 organisations to sign by a link" in shown(manager, at)
    sent_to(manager, f"{at}links/")
    work()
    for line in lines_of(issue, cast.ccg):
        asked = [m for m in mailbox.to(line.contact_email) if "sign" in m.subject.lower()]
        assert len(asked) == 1
    assert "to sign by a link" not in shown(manager, at)


def test_an_upload_shows_what_it_means_and_is_taken(cast: Cast, client_of: ClientOf) -> None:
    issue = listed(cast, ours=1, theirs=0)
    practices(1, start=5)
    client, at = client_of(cast.other_manager), f"{ROOT}{issue.key}/upload/"
    data = "Our practices\n\nPractice;CCG\nPractice 05;Eastmoor CCG\nNowhere Surgery;\n"
    file = SimpleUploadedFile("list.csv", data.encode("utf-16"))
    page = client.post(at, {"file": file}).content.decode()
    assert "1 row can be taken, 1 cannot" in page
    assert "Row 5: no organisation called “Nowhere Surgery” is known here." in page
    kept = page.split('name="list" value="')[1].split('"')[0]
    assert "1 organisation added to the list." in sent_to(client, at, list=kept)
    assert IssueLine.objects.count() == 2


def test_pages_ask_no_more_for_many_than_for_a_few(cast: Cast, client_of: ClientOf) -> None:
    counts = []
    for number, start in ((2, 1), (8, 10)):
        issue = sent(cast, ours=number, theirs=0, start=start)
        client, at = client_of(cast.other_manager), f"{ROOT}{issue.key}/"
        job = share_of(issue, cast.ccg).job
        assert job
        paths = (at, f"{at}jobs/{job.key}/", "/agreements/", ROOT, "/")
        page = shown(client, at)
        assert page.count("/agreements/MOU-") == number
        counts.append([queries_at(client, path) for path in paths])
    # One group more in the lists.
    assert counts[0] == counts[1]
    *others, home = counts[0]
    assert max(others) <= 20
    assert home <= 30
