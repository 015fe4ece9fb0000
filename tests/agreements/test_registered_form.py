"""What the form takes of an MoU between many: closed parties, contacts in lines, ends by events."""

from __future__ import annotations

from typing import Any

import pytest

from agreements.models import Agreement, ContactProposal
from nhsuk.forms import date_boxes
from tests.agreements.past import DOCUMENTS, Past, registered_from_paper, typed_of
from tests.conftest import ClientOf, Mailbox
from tests.reading import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_but_agreements")]
TEN = DOCUMENTS["003"]
LEADS = "federation-mou_manager"


def _answered(client_of: ClientOf, past: Past, **more: Any) -> str:
    """The page that follows the form, as somebody reads it, whatever came of it."""
    client, path, said = typed_of(client_of, past)
    return " ".join(client.post(path, said | more, follow=True).content.decode().split())


def test_contacts_of_a_shared_side_are_typed_in_lines_and_asked_by_e_mail(
    client_of: ClientOf, mailbox: Mailbox
) -> None:
    lines = (
        "Ash Federation; Ada Ashby; ada@ash.example; Chair\n\n"
        "NHS Birch Federation\tBo Birch\tbo@birch.example\nCedar Federation; Cy Cedar"
    )
    page = _answered(client_of, TEN, **{LEADS: lines})
    assert "We asked Ada Ashby and Bo Birch by e-mail whether they are key contacts." in page
    proposed = ContactProposal.objects.order_by("party__number")
    assert [(each.party.key, each.name) for each in proposed] == [
        ("federation-1", "Ada Ashby"), ("federation-2", "Bo Birch"), ("federation-3", "Cy Cedar"),
    ]  # fmt: skip
    [mail] = mailbox.to("ada@ash.example")
    assert "Are you a federation lead of Ash Federation?" in mail.subject


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ("Ash Federation", "“Ash Federation” needs an organisation, a semicolon and a name"),
        ("Yew Federation; Ada Ashby", "Which of the Federations is “Yew Federation”?"),
        ("Ash Federation; Ada\nAsh Federation; Bo", "“Ash Federation” is there twice."),
        ("Ash Federation; Ada; ada(at)ash", "“ada(at)ash”: Enter an e-mail address in the correct"),
        ("Ash Federation; Ada; a@ash.example; Chair; 5", "needs an organisation, a semicolon"),
        ("\n".join(f"Ash Federation; A{n}" for n in range(101)), "Enter 100 lines or fewer."),
    ],
)
def test_a_line_that_means_nothing_is_quoted_and_nothing_is_lost(
    client_of: ClientOf, lines: str, sentence: str
) -> None:
    page = _answered(client_of, TEN, **{LEADS: lines})
    assert sentence in page
    assert 'value="As it was agreed then"' in page
    assert not Agreement.objects.exists()


def test_what_the_template_says_stands_there_to_be_changed(client_of: ClientOf) -> None:
    client, path, _ = typed_of(client_of, DOCUMENTS["004"])
    page = client.get(path).content.decode()
    assert 'value="the improvement plan is delivered"' in page
    assert 'value="2018"' in page
    assert "It stands here as the template says it" in page


def test_an_end_by_an_event_alone_is_a_finding_and_stands_on_the_pages(client_of: ClientOf) -> None:
    no_day = date_boxes("end_on", None)
    agreement, who = registered_from_paper(client_of, DOCUMENTS["004"], **no_day)
    assert agreement.end_on is None
    ends = "It ends when the improvement plan is delivered."
    assert f"{ends} Once that has happened, record it on the page “Changes and end”." in (
        agreement.registered_copy.findings
    )
    assert ends in words(client_of(who), agreement)


def test_who_has_closed_is_offered_with_the_day(client_of: ClientOf) -> None:
    client, path, said = typed_of(client_of, DOCUMENTS["004"])
    page = client.get(path).content.decode()
    assert "Ash Surgery (closed on 31 March 2019)" in page
    done = client.post(path, said, follow=True).content.decode()
    assert "Ash Surgery closed on 31 March 2019." in done
    assert "nobody there is told yet" not in done


def test_who_is_entered_as_having_signed_is_compared_with_the_parties(client_of: ClientOf) -> None:
    signed = "\n".join(f"{name} Federation; the chair" for name in ("Ash", "Birch", "Cedar"))
    agreement, who = registered_from_paper(client_of, TEN, who_signed=f"{signed}\nAsh CCG; officer")
    [found] = [each for each in agreement.registered_copy.findings if "having signed" in each]
    assert found.startswith("Nobody is entered as having signed for 6 of 10 parties.")
    people = words(client_of(who), agreement, "people/")
    assert "Ash CCG entered what stands here" in people
    assert "Cedar Federation; the chair" in people


def test_other_days_that_it_names_are_shown_and_put_right(client_of: ClientOf) -> None:
    days = "Action plan; 31 October 2017\nWorkshop; 1 May 2018"
    agreement, who = registered_from_paper(client_of, DOCUMENTS["004"], other_days=days)
    client = client_of(who)
    assert "Other days Action plan; 31 October 2017Workshop; 1 May 2018" in words(
        client, agreement, "people/"
    )
    form = client.get(f"/agreements/{agreement.reference}/registered/correct/").content.decode()
    assert "Workshop; 1 May 2018" in form
    [found] = [f for f in agreement.registered_copy.findings if "Workshop" in f]
    assert found.startswith("“Workshop; 1 May 2018” is after its end, 1 March 2018.")
