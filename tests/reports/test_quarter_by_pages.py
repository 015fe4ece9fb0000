"""A quarter that both parties live through the pages; the report equals a sheet worked out by hand
(B15).

Whoever acts fills in the form of a page. Lena Lead, a key contact of Eastmoor CCG, has no account.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from agreements.models import Agreement
from commitments.models import Commitment
from communications.models import HeadsUp
from escalations.models import PracticeConcern
from mail.sweep import send_due
from nhsuk.forms import date_boxes
from performance.models import Request
from reports.models import Report
from reports.queries import content_of
from tests.agreements.contacted import lena, with_contacts
from tests.agreements.reviewed import on
from tests.cast import Cast
from tests.conftest import ClientOf, Mailbox
from tests.emails import eml, msg
from tests.pdf import printed
from tests.reading import words_of
from tests.reports.test_worked_quarter import figures, promising
from tests.typed import fields_of
from tests.without_account import link_in

pytestmark = pytest.mark.django_db
SHEET: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "quarter_by_pages.yaml").read_text(encoding="utf-8")
)
UNSAID = "heron-5512"
PROMISED = ("commitments", "Eastmoor CCG")
Browser = Callable[[], Client]


@dataclass
class Parties:
    """Both parties. Who comes back after days logs in again."""

    us: Browser
    them: Browser
    agreement: Agreement

    @property
    def reference(self) -> str:
        return self.agreement.reference

    def side(self, slot: str) -> str:
        return str(self.agreement.parties.get(slot=slot).pk)


def fill(browser: Browser, path: str, **said: Any) -> str:
    """The form of a page, filled in and sent; the words of the page that it leads to."""
    client = browser()
    page = client.get(path)
    assert page.status_code == 200, path
    answer = client.post(path, fields_of(page.content.decode()) | said, follow=True)
    words = words_of(answer)
    assert answer.status_code == 200, path
    assert "There is a problem" not in words, f"{path}: {words[:900]}"
    send_due()
    return words


def boxes(name: str, month: int, day: int) -> dict[str, str]:
    return date_boxes(name, date(2026, month, day))


def test_a_quarter_lived_through_the_pages(
    cast: Cast, client_of: ClientOf, client: Client, mailbox: Mailbox
) -> None:
    agreement = with_contacts(cast, 2, promising(cast), ccg_mou_manager=lena())
    others = [with_contacts(cast, number) for number in (3, 4)]
    us, them = (partial(client_of, user) for user in (cast.manager, cast.other_manager))
    parties = Parties(us, them, agreement)
    consult(parties)
    tell_first(parties, [agreement, *others])
    ask(parties, client, mailbox)
    owe(parties)
    worry(parties)
    report = reported(parties)
    content = content_of(report)
    assert content
    lines = [[line.key, line.who, *figures(line)] for line in content.lines]
    assert [each for each in lines if any(each[2:])] == SHEET["lines"]
    assert figures(content.total) == SHEET["total"]
    assert (content.total.share, content.total.share_of_all) == (
        SHEET["share"],
        SHEET["share_of_all"],
    )
    (theirs,) = (line for line in content.lines if (line.key, line.who) == PROMISED)
    # The third was shown by an e-mail.
    assert "Nothing shows 2 of those done in time." in theirs.said


# --- What happened


def consult(parties: Parties) -> None:
    """On a request under the Act that the Area Team got; the decision comes after the law's day."""
    with on(date(2026, 7, 1)):
        fill(
            parties.us, f"/requests/consult/{parties.reference}/", reference="FOI 7",
            subject="Minutes of the spring", source=parties.side("ccg"),
            **boxes("consulted_on", 7, 1), **boxes("view_by", 7, 15),
        )  # fmt: skip
    path = f"/requests/{Request.objects.get(subject='Minutes of the spring').key}/"
    with on(date(2026, 7, 14)):
        fill(parties.them, f"{path}view/", view="no_objection", text="We have nothing against it.")
    with on(date(2026, 8, 4)):
        fill(parties.us, f"{path}decide/", decision="disclose", because="The file was mislaid.")


def tell_first(parties: Parties, agreements: list[Agreement]) -> None:
    with on(date(2026, 7, 6)):
        fill(
            parties.us, "/heads-ups/give/", kind="practices", title="New forms",
            text="From August.", audience="All practices", channel="E-mail", time="10:00",
            **boxes("day", 7, 9),
            agreements=[str(each.pk) for each in agreements], committee_name="Moors LMC",
            committee_address="office@moors-lmc.example",
        )  # fmt: skip
    with on(date(2026, 7, 9)):
        path = f"/heads-ups/{HeadsUp.objects.get().public_id}/sent/"
        fill(parties.us, path, **boxes("day", 7, 9), time="10:00")


def ask(parties: Parties, client: Client, mailbox: Mailbox) -> None:
    us, them = parties.us, parties.them
    out = query(parties, 7, 6, acknowledged=(7, 8))
    with on(date(2026, 7, 20)):
        fill(us, f"{out}leave-out/", because="It goes deep.",
             exclusion="what needs investigation")  # fmt: skip
    late = query(parties, 7, 13, acknowledged=(7, 15))
    answered(us, late, 8, 14)
    with on(date(2026, 8, 14)):
        put(us, "request", Request.objects.get(subject="Query of 13.7.").pk, msg())
    paused = query(parties, 7, 20, acknowledged=(7, 22))
    with on(date(2026, 7, 27)):
        fill(us, f"{paused}pause/", because="Which surgeries?")
    with on(date(2026, 8, 3)):
        fill(us, f"{paused}resume/")
    answered(us, paused, 8, 24)
    again = query(parties, 8, 3, acknowledged=(8, 4))
    answered(us, again, 8, 12)
    with on(date(2026, 8, 17)):
        fill(them, f"{again}reopen/", because="One list is missing.")
    answered(us, again, 8, 28)
    by_link(parties, client, mailbox)
    on_behalf(parties)


def query(parties: Parties, month: int, day: int, acknowledged: tuple[int, int]) -> str:
    """Eastmoor CCG asks, the Area Team acknowledges. Gives its page."""
    subject = f"Query of {day}.{month}."
    with on(date(2026, month, day)):
        asks(parties.them, parties, subject, of="area_team", by="ccg")
    path = f"/requests/{Request.objects.get(subject=subject).key}/"
    with on(date(2026, *acknowledged)):
        fill(parties.us, f"{path}acknowledge/")
    return path


def asks(
    browser: Browser, parties: Parties, subject: str, *, of: str, by: str, **more: str
) -> None:
    said = {"kind": "query", "how": "page"} | more
    fill(
        browser, f"/requests/new/{parties.reference}/", subject=subject,
        asked_of=parties.side(of), asked_by=parties.side(by), **said,
    )  # fmt: skip


def answered(browser: Browser, path: str, month: int, day: int) -> None:
    with on(date(2026, month, day)):
        fill(browser, f"{path}answer/", text="Here it is.")


def by_link(parties: Parties, client: Client, mailbox: Mailbox) -> None:
    with on(date(2026, 8, 10)):
        asks(parties.us, parties, "Opening hours", of="ccg", by="area_team")
        path = link_in(mailbox, "lena@ccg.example")
    with on(date(2026, 8, 12)):
        fill(lambda: client, path, what="answer", text="From eight to six.")


def on_behalf(parties: Parties) -> None:
    with on(date(2026, 8, 24)):
        asks(parties.us, parties, "Figures by surgery", of="area_team", by="ccg", how="phone",
             kind="information")  # fmt: skip
    with on(date(2026, 9, 2)):
        key = Request.objects.get(subject="Figures by surgery").key
        fill(parties.us, f"/requests/{key}/acknowledge/", **boxes("until", 9, 30))


def owe(parties: Parties) -> None:
    us, them = parties.us, parties.them
    with on(date(2026, 7, 2)):
        early, late, _ = (
            promised(us, parties, "area_team", month, day)
            for month, day in ((7, 31), (8, 14), (9, 11))
        )
        shown, _ = (
            promised(them, parties, "ccg", month, day) for month, day in ((9, 15), (10, 16))
        )
    done(us, early, 7, 30, shown_by="It lies in the shared folder.")
    done(us, late, 8, 18)
    done(them, shown, 9, 14)
    with on(date(2026, 9, 14)):
        put(them, "occurrence", shown.occurrences.get().pk, eml())
    monthly = Commitment.objects.get(agreement=parties.agreement, term_key="figures")
    for month, day in ((7, 31), (8, 28)):
        done(them, monthly, month, day, first=f"2026-0{month}-01")
    with on(date(2026, 9, 7)):
        answer_for_six(us, parties)


def promised(browser: Browser, parties: Parties, slot: str, month: int, day: int) -> Commitment:
    what = f"A list by {day}.{month}."
    fill(
        browser, f"/commitments/owed/new/{parties.reference}/", what=what, cadence="once",
        owed_by=parties.side(slot), **boxes("due_on", month, day),
    )  # fmt: skip
    return Commitment.objects.get(what=what)


def done(
    browser: Browser, owed: Commitment, month: int, day: int, first: str = "", **more: str
) -> None:
    begins = first or owed.counts_from.isoformat()
    with on(date(2026, month, day)):
        fill(
            browser, f"/commitments/owed/{owed.key}/record/{begins}/1/", outcome="done",
            **boxes("done_on", month, day), **more,
        )  # fmt: skip


def answer_for_six(browser: Browser, parties: Parties) -> None:
    path = f"/commitments/owed/standing/{parties.reference}/"
    asked = fields_of(browser().get(path).content.decode())
    outcomes = sorted(name for name in asked if name.startswith("outcome_"))[:6]
    assert len(outcomes) == 6
    fill(browser, path, **dict.fromkeys(outcomes, "done"))


def put(browser: Browser, key: str, pk: int, email: bytes) -> None:
    name = "answer.msg" if email.startswith(b"\xd0\xcf") else "answer.eml"
    words = fill(browser, f"/emails/on/{key}/{pk}/put/", file=SimpleUploadedFile(name, email))
    assert "Opening hours" in words


def worry(parties: Parties) -> None:
    """A concern that is shared, and one that is not: no report counts either."""
    for decision, known in (("share", "Too few doctors"), ("keep", "Long waits")):
        with on(date(2026, 8, 20)):
            fill(
                parties.us, f"/concerns/{parties.reference}/open/", practice_name="Beckside",
                source="cqc", severity="high", known=f"{known} {UNSAID}", risk="no", gap="no",
            )  # fmt: skip
            concern = PracticeConcern.objects.latest("pk")
            fill(
                parties.us, f"/concerns/{concern.key}/decide/", decision=decision,
                parties=[parties.side("ccg")] if decision == "share" else [],
                because="So it is best.",
            )  # fmt: skip


def reported(parties: Parties) -> Report:
    """Drafted and read by the Area Team, with the remark of Eastmoor CCG."""
    us, them = parties.us, parties.them
    with on(date(2026, 10, 7)):
        fill(us, f"/reports/new/{parties.reference}/", quarter="2026-07-01")
        report = Report.objects.get()
        path = f"/reports/{report.key}/"
        fill(us, f"{path}edit/", text="Look for files sooner.")
        fill(us, f"{path}send/", **boxes("remarks_by", 10, 30))
    with on(date(2026, 10, 12)):
        fill(them, f"{path}remark/", text="We agree with the figures.")
    with on(date(2026, 10, 14)):
        pdf = printed(us().get(f"{path}report.pdf").content)
    for said in ("Look for files sooner.", "We agree with the figures.", "77%", "75%"):
        assert said in " ".join(pdf.split())
    assert UNSAID not in pdf
    report.refresh_from_db()
    return report
