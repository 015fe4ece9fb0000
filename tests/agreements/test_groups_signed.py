"""A commissioner's signatory signs what waits for her in a group on one page, each alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from agreements.groups.services import preparing, sending
from agreements.groups.services.signing import GOOD_FOR, sign_ticked
from agreements.models import (
    ClauseText,
    Happening,
    Issue,
    Signature,
    SignatureRequest,
    Version,
)
from agreements.page.timeline import sentence_of
from agreements.signing.pages.agreement_document import AgreementDocument
from agreements.signing.services.asking import ask_instead, open_for_signature
from agreements.signing.services.signing import say_not_ready, sign
from agreements.signing.signed_copy import as_html
from agreements.signing.wanted import Wanted
from agreements.versions.services.approving import record_approval
from agreements.versions.services.leaving import decline
from audit.models import Entry
from house import clock
from house.refusals import NotYours, Refused
from house.triggers import lifted
from jobs.models import Job, JobRow
from parties.models import Membership, Role
from tests.agreements.grouped import (
    asked_for_all,
    begun,
    line,
    lines_of,
    practices,
    requests_of,
    sent,
    share_of,
    to_sign,
    version_of,
    work,
)
from tests.agreements.test_groups_pages import ROOT, sent_to, shown
from tests.cast import PASSWORD, Cast, acting, give, person_of, user
from tests.conftest import ClientOf
from tests.costs import queries_at
from tests.typed import fields_of

pytestmark = pytest.mark.django_db


def at(issue: Issue, path: str = "sign/") -> str:
    return f"{ROOT}{issue.key}/{path}"


def marks(cast: Cast, issue: Issue) -> dict[int, str]:
    """What the page shows: each request with the hash of its text."""
    return {each.pk: each.version.sha256 for each in requests_of(issue, cast.ccg)}


def ticked(cast: Cast, issue: Issue, chosen: dict[int, str] | None = None) -> Job:
    """She signs them, and the worker has not begun."""
    return sign_ticked(
        by=acting(cast.other_signatory), share=share_of(issue, cast.ccg),
        ticked=chosen or marks(cast, issue), typed_name="O. Officer",
    )  # fmt: skip


def typed(client: Client, issue: Issue, **more: Any) -> dict[str, Any]:
    sent_by_page = fields_of(shown(client, at(issue)))
    said = {"typed_name": "Orla Officer", "agree": "on", "password": PASSWORD}
    return sent_by_page | said | more


def problems(job: Job) -> list[str]:
    rows = job.rows.filter(state=JobRow.State.FAILED).order_by("pk")
    return [row.problem for row in rows]


def test_one_name_and_one_password_sign_all_that_are_ticked(
    cast: Cast, client_of: ClientOf
) -> None:
    issue = to_sign(cast, ours=3)
    client = client_of(cast.other_signatory)
    assert "Sign 3 agreements" in shown(client, at(issue, ""))
    chosen = [f"{pk}:{sha}" for pk, sha in marks(cast, issue).items()]
    page = sent_to(client, at(issue), **typed(client, issue, ticked=chosen[:2]))
    assert "Your signature under 2 agreements is being recorded" in page
    assert "0 of 2 agreements are done." in page
    work()
    assert Signature.objects.count() == 2
    assert "2 of 2 agreements are done." in shown(
        client, at(issue, f"jobs/{Job.objects.latest('pk').key}/")
    )
    assert "Sign 1 agreement" in shown(client, at(issue, ""))


def test_each_signature_says_truly_how_it_was_given(cast: Cast) -> None:
    issue = to_sign(cast)
    pressed = clock.now()
    ticked(cast, issue)
    with clock.at(pressed + timedelta(minutes=3)):
        work()
    for each in Signature.objects.select_related("request__version"):
        assert (each.method, each.user) == ("electronic", cast.other_signatory)
        assert (each.typed_name, each.account_name) == ("O. Officer", "Orla Officer")
        assert each.sha256 == each.request.version.sha256
        assert abs(each.at - pressed) < timedelta(minutes=1)
        assert each.statement == (
            "I am authorised to sign for Eastmoor CCG and I agree to each text that I ticked. "
            "This text is one of 2."
        )
        html = as_html(AgreementDocument(each.request.version, at=clock.now()))
        assert f"<td>{each.statement}</td>" in html
    said = sentence_of(Happening.objects.filter(verb="signed").latest("pk"))
    assert said.endswith("for Eastmoor CCG, one of 2 texts ticked on one page.")
    entry = Entry.objects.get(verb="ticked agreements of a group to sign them")
    assert entry.payload["ticked"] == {str(pk): sha for pk, sha in marks(cast, issue).items()}


def test_the_page_shows_the_text_once_and_what_differs(cast: Cast, client_of: ClientOf) -> None:
    issue = to_sign(cast)
    page = shown(client_of(cast.other_signatory), at(issue))
    assert "This is the text with Practice 01. 2 agreements have it word for word" in page
    assert (
        "I am authorised to sign for Eastmoor CCG and I agree to each text that I ticked." in page
    )
    for each in requests_of(issue, cast.ccg):
        assert f"Check code: {each.version.short_hash}." in page
        assert f"/agreements/{each.version.agreement.reference}/sign/{each.pk}/" in page


def test_what_stands_in_the_blanks_of_one_alone_stands_beside_its_tick(
    cast: Cast, client_of: ClientOf
) -> None:
    issue = begun(cast, blanks=False)
    first, second = practices(2)
    lines = [line(first, cast.ccg, blanks={"area": "the coast"}),
             line(second, cast.ccg, blanks={"area": "the moors"})]  # fmt: skip
    preparing.add_lines(by=acting(cast.other_manager), issue=issue, lines=lines)
    sending.send(by=acting(cast.other_manager), issue=issue)
    work()
    page = shown(client_of(cast.other_signatory), at(asked_for_all(cast, issue)))
    assert "2 agreements have it word for word" in page
    assert "Area covered: the coast. Check code:" in page
    assert "Area covered: the moors. Check code:" in page
    alike = to_sign(cast, start=5)
    assert "Area covered" not in shown(client_of(cast.other_signatory), at(alike))


def test_a_text_of_other_words_is_not_ticked_and_says_so(cast: Cast, client_of: ClientOf) -> None:
    issue = to_sign(cast, ours=3)
    other = requests_of(issue, cast.ccg)[1].version
    with lifted():
        clause = ClauseText.objects.get(version=other, clause__key="openness")
        clause.body = "The parties are open, but not always."
        clause.save()
    page = shown(client_of(cast.other_signatory), at(issue))
    assert page.count("Its text is not the one above.") == 1
    chosen = fields_of(page)["ticked"]
    assert len(chosen) == 2
    assert not any(mark.endswith(other.sha256) for mark in chosen)


def test_one_that_cannot_be_signed_is_named_and_the_others_go_on(
    cast: Cast, client_of: ClientOf
) -> None:
    issue = to_sign(cast, ours=5)
    mine = requests_of(issue, cast.ccg)
    job = ticked(cast, issue)
    # Meanwhile: one is signed on its page, one rejected, one declined, one put off.
    her = acting(cast.other_signatory)
    sign(by=her, request=mine[0], sha256=mine[0].version.sha256, typed_name="Orla Officer")
    record_approval(by=acting(cast.other_manager), version=mine[1].version, decision="rejected",
                    decided_on=clock.today())  # fmt: skip
    line = lines_of(issue, cast.ccg)[2]
    decline(by=acting(user("Pat Partner", line.organisation, "manager")), line=line, because="No.")
    say_not_ready(by=her, request=mine[3], because="I read it again.")
    work()
    assert [problem.split(".")[0] for problem in problems(job)] == [
        "You have signed this version already",
        f"The Governing Body of Eastmoor CCG rejected this version on {shown_day()}",
        "This version is recalled now, so it cannot be signed",
        "After you ticked it, it was said that you do not sign it now, or you were asked anew",
    ]
    assert set(Signature.objects.values_list("request", flat=True)) == {mine[0].pk, mine[4].pk}
    page = shown(client_of(cast.other_signatory), at(issue, f"jobs/{job.key}/"))
    assert "Practice 02: The Governing Body of Eastmoor CCG rejected this version" in page


def shown_day() -> str:
    today = clock.today()
    return f"{today.day} {today:%B %Y}"


def test_a_text_that_is_not_the_one_shown_is_not_signed(cast: Cast) -> None:
    issue = to_sign(cast)
    first, second = marks(cast, issue)
    job = ticked(cast, issue, {first: "0" * 64, second: marks(cast, issue)[second]})
    work()
    assert problems(job) == ["This is not the text that you were shown. Nothing was signed."]
    assert Signature.objects.get().request_id == second


def test_whoever_is_asked_instead_is_not_signed_for(cast: Cast) -> None:
    issue = to_sign(cast)
    job = ticked(cast, issue)
    other = user("Oona Othermost", cast.ccg, Role.SIGNATORY)
    ask_instead(by=acting(cast.other_manager), request=requests_of(issue, cast.ccg)[0],
                person=person_of(other))  # fmt: skip
    work()
    assert problems(job) == ["Only Oona Othermost may do this, acting for Eastmoor CCG."]
    assert Signature.objects.count() == 1


def test_a_role_that_ended_meanwhile_signs_nothing(cast: Cast) -> None:
    issue = to_sign(cast)
    job = ticked(cast, issue)
    yesterday = clock.today() - timedelta(days=1)
    held = Membership.objects.get(user=cast.other_signatory, role=Role.SIGNATORY)
    held.ends_on = yesterday
    held.save()
    work()
    assert len(problems(job)) == 2
    assert not Signature.objects.exists()


def test_what_was_not_done_within_a_day_is_not_done(cast: Cast) -> None:
    issue = to_sign(cast)
    job = ticked(cast, issue)
    with clock.at(clock.now() + GOOD_FOR + timedelta(minutes=1)):
        work()
    assert len(problems(job)) == 2
    assert not Signature.objects.exists()


def test_nobody_else_has_the_rest_tried_again(cast: Cast, client_of: ClientOf) -> None:
    issue = to_sign(cast)
    job = ticked(cast, issue, dict.fromkeys(marks(cast, issue), "0" * 64))
    work()
    client = client_of(cast.other_manager)
    page = shown(client, at(issue, f"jobs/{job.key}/"))
    assert "Try these again" not in page
    assert "Whoever signs can still sign these" in page
    assert "Whoever signs can still sign these" in sent_to(
        client, at(issue, f"jobs/{job.key}/again/")
    )
    assert not job.rows.filter(state=JobRow.State.WAITING).exists()


def test_only_the_commissioners_own_signatory_signs(cast: Cast) -> None:
    issue = to_sign(cast)
    share, chosen = share_of(issue, cast.ccg), marks(cast, issue)
    for somebody in (cast.other_manager, cast.third_signatory, cast.stranger):
        with pytest.raises(NotYours):
            sign_ticked(by=acting(somebody), share=share, ticked=chosen, typed_name=str(somebody))
    her = acting(cast.other_signatory)
    with pytest.raises(Refused, match="Type your own name"):
        sign_ticked(by=her, share=share, ticked=chosen, typed_name="Olga Other")
    theirs = SignatureRequest.objects.exclude(pk__in=chosen).first()
    pk = theirs.pk if theirs else 0
    with pytest.raises(Refused, match="Load it again"):
        sign_ticked(by=her, share=share, ticked={pk: "0" * 64}, typed_name="Orla Officer")
    assert not Job.objects.filter(kind="groups.sign").exists()


def test_a_wrong_password_signs_nothing_and_keeps_the_ticks(
    cast: Cast, client_of: ClientOf
) -> None:
    issue = to_sign(cast)
    client = client_of(cast.other_signatory)
    one = next(f"{pk}:{sha}" for pk, sha in marks(cast, issue).items())
    page = sent_to(client, at(issue), **typed(client, issue, ticked=[one], password="wrong"))
    assert "This is not your password." in page
    assert fields_of(page)["ticked"] == one
    assert "Tick at least one agreement" in sent_to(
        client, at(issue), **typed(client, issue, ticked=[])
    )
    assert not Job.objects.filter(kind="groups.sign").exists()


def test_what_is_not_ready_or_rejected_is_not_offered(cast: Cast, client_of: ClientOf) -> None:
    issue = to_sign(cast, ours=3)
    mine = requests_of(issue, cast.ccg)
    say_not_ready(by=acting(cast.other_signatory), request=mine[0], because="I ask our board.")
    record_approval(by=acting(cast.other_manager), version=mine[1].version, decision="rejected",
                    decided_on=clock.today())  # fmt: skip
    page = shown(client_of(cast.other_signatory), at(issue))
    assert "Sign 1 agreement" in page
    assert "You said that you are not ready: I ask our board." in page
    assert "The Governing Body of Eastmoor CCG rejected this version" in page
    assert fields_of(page)["ticked"] == f"{mine[2].pk}:{mine[2].version.sha256}"


def test_where_nothing_waits_the_page_leads_back(cast: Cast, client_of: ClientOf) -> None:
    issue = sent(cast, ours=1, theirs=0)
    give(cast.other_manager, cast.ccg, Role.SIGNATORY)
    client = client_of(cast.other_manager)
    assert client.get(at(issue)).headers["Location"] == at(issue, "")


def test_the_last_signature_brings_it_into_force_as_of_the_day_she_signed(cast: Cast) -> None:
    issue = to_sign(cast, ours=1)
    line = lines_of(issue, cast.ccg)[0]
    partner = user("Pat Partner", line.organisation, Role.MANAGER, Role.SIGNATORY)
    theirs = open_for_signature(
        by=acting(partner), version=version_of(line), slot="partner", person=person_of(partner)
    )
    sign(by=acting(partner), request=theirs, sha256=theirs.version.sha256, typed_name="P. Partner")
    day = clock.today()
    ticked(cast, issue)
    with clock.at(clock.now() + timedelta(hours=23)):
        work()
    line.made.refresh_from_db()
    assert (line.made.state, line.made.start_on) == ("in_force", day)


def test_home_leads_to_the_one_page_while_several_wait(cast: Cast, client_of: ClientOf) -> None:
    issue = to_sign(cast)
    client = client_of(cast.other_signatory)
    page = shown(client, "/")
    assert "Sign 2 agreements of “Practice resilience” on one page" in page
    assert f'href="{at(issue)}"' in page
    assert "on one page" not in shown(client_of(cast.other_manager), "/")
    first, _ = marks(cast, issue).items()
    ticked(cast, issue, dict([first]))
    work()
    assert "on one page" not in shown(client, "/")


def test_the_page_asks_no_more_for_many_than_for_a_few(cast: Cast, client_of: ClientOf) -> None:
    counts = []
    for number, start in ((2, 1), (8, 10)):
        issue = to_sign(cast, ours=number, start=start)
        client = client_of(cast.other_signatory)
        assert shown(client, at(issue)).count('name="ticked"') == number
        counts.append([queries_at(client, at(issue)), queries_at(client, at(issue, ""))])
    assert counts[0] == counts[1]


def read_with(version: Version, title: str) -> None:
    """The text was numbered with this document on its list."""
    version.associated_documents = [
        {"key": str(version.pk), "kind": "Policy", "title": title, "party": "", "version": "",
         "dated_on": None, "file": "", "sha256": "", "link": "https://documents.example/x"}
    ]  # fmt: skip
    with lifted():
        version.save()


def test_what_a_text_is_read_with_is_part_of_what_is_shown(cast: Cast, client_of: ClientOf) -> None:
    issue = to_sign(cast, ours=3)
    first, second, third = [each.version for each in requests_of(issue, cast.ccg)]
    read_with(first, "Escalation procedure")
    read_with(second, "Escalation procedure")
    page = shown(client_of(cast.other_signatory), at(issue))
    assert page.count("Its text is not the one above.") == 1
    assert "Escalation procedure" in page
    assert not any(mark.endswith(third.sha256) for mark in fields_of(page)["ticked"])


def test_a_deputy_signs_each_on_its_own_page(cast: Cast, client_of: ClientOf) -> None:
    """The page of many says nothing of a deputy, so it signs for none."""
    issue = to_sign(cast)
    mine, deputy = requests_of(issue, cast.ccg), user("Dora Deputy", cast.ccg, "signatory")
    for each in mine:
        ask_instead(
            by=acting(cast.other_manager), request=each, person=person_of(deputy),
            wanted=Wanted(in_place_of="Orla Officer", authority="Standing order 7"),
        )  # fmt: skip
    page = shown(client_of(deputy), at(issue))
    assert "You sign it in the place of Orla Officer: sign it on its own page." in page
    job = sign_ticked(
        by=acting(deputy), share=share_of(issue, cast.ccg), ticked=marks(cast, issue),
        typed_name="Dora Deputy",
    )  # fmt: skip
    work()
    assert [each.split(":")[0] for each in problems(job)] == [
        "You sign it in the place of Orla Officer"
    ] * 2
    assert not Signature.objects.exists()
