"""Who is told of a group: its commissioner once a day, whoever gets it of what is theirs."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from agreements.core.told import told_managers
from agreements.drafting.services.editing import edit_clause, fill_blanks
from agreements.groups.services import deciding, reaching
from agreements.groups.standing import lines_of as read_lines
from agreements.groups.standing import standings
from agreements.models import Agreement, Issue, IssueLine, IssueShare, SignatureRequest
from agreements.signing.services.asking import open_for_signature
from agreements.signing.services.ending import take_back_signature
from agreements.signing.services.signing import say_not_ready
from agreements.versions.services.leaving import (
    answer_opt_out,
    decline,
    record_opt_out,
)
from agreements.versions.services.versions import recall, stop_preparing
from deadlines.sweep import sweep_reminders
from house import clock
from house.refusals import NotYours, Refused
from mail.models import Delivery
from parties.acting import Acting
from parties.models import CheckedAddress, Role, User
from parties.services.addresses import look_through
from tests.agreements.grouped import lines_of, sent, share_of, version_of, work
from tests.cast import Cast, acting, user
from tests.conftest import ClientOf, Mailbox
from tests.reading import words_of
from tests.stages import give

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
# A Monday, in working hours.
MONDAY = datetime(2026, 10, 5, 10, tzinfo=LONDON)


def partner_of(line: IssueLine) -> User:
    return user(f"Pat {line.organisation.name}", line.organisation, Role.MANAGER, Role.SIGNATORY)


def signed_by_partner(line: IssueLine) -> None:
    partner = partner_of(line)
    assert partner.person
    request = open_for_signature(
        by=acting(partner), version=version_of(line), slot="partner", person=partner.person
    )
    give(partner, request)


def made(cast: Cast, number: int = 3) -> tuple[Issue, list[IssueLine]]:
    issue = sent(cast, ours=number, theirs=0)
    return issue, list(lines_of(issue, cast.ccg))


def approved(cast: Cast, issue: Issue) -> None:
    deciding.approve_all(
        by=acting(cast.other_manager), share=share_of(issue, cast.ccg), decided_on=clock.today(),
        minute_reference="GB 7.2",
    )  # fmt: skip
    work()


def test_the_commissioner_gets_one_e_mail_for_many_signatures(cast: Cast, mailbox: Mailbox) -> None:
    with clock.at(MONDAY):
        issue, lines = made(cast)
        approved(cast, issue)
        for line in lines:
            signed_by_partner(line)
        assert mailbox.to(cast.other_manager.email) == []
    with clock.at(MONDAY + timedelta(days=1)):
        sweep_reminders()
        (mail,) = mailbox.to(cast.other_manager.email)
    assert mail.subject == "News of your groups on 6 October 2026"
    assert (
        "Practice resilience. By others since the last e-mail: 3 signed. What your own "
        "organisation did is left out. In all 3 of 3 signed; 3 wait for you."
    ) in mail.body
    assert "you look after agreements in a group" in mail.body


def test_whom_a_practice_told_is_said_as_it_is(cast: Cast) -> None:
    with clock.at(MONDAY):
        _, [line, *_] = made(cast)
    assert line.agreement
    said = told_managers(line.agreement, acting(partner_of(line)))
    assert said == "Eastmoor CCG hears of it in the e-mail of the day."


def test_reminders_of_a_group_come_in_one_e_mail(cast: Cast, mailbox: Mailbox) -> None:
    with clock.at(MONDAY):
        made(cast)
    with clock.at(MONDAY + timedelta(days=7)):
        sweep_reminders()
    with clock.at(MONDAY + timedelta(days=8)):
        (mail,) = mailbox.to(cast.other_manager.email)
        assert mail.subject.startswith("3 things to see to")


def test_its_signatory_is_told_once_of_all(cast: Cast, mailbox: Mailbox) -> None:
    assert cast.other_signatory.person
    with clock.at(MONDAY):
        issue, _ = made(cast)
        approved(cast, issue)
        deciding.ask_all(
            by=acting(cast.other_manager), share=share_of(issue, cast.ccg),
            person=cast.other_signatory.person,
        )  # fmt: skip
        work()
    with clock.at(MONDAY + timedelta(days=1)):
        (mail,) = mailbox.to(cast.other_signatory.email)
        assert "Practice resilience: new signatures are asked for. In all 0 of 3" in mail.body
        assert "3 wait for your signature." in mail.body
        assert mailbox.to(cast.other_manager.email) == []


def test_one_approval_covers_all_and_those_that_get_their_number_later(cast: Cast) -> None:
    issue = sent(cast, ours=2, theirs=0, blanks=False)
    first, second = lines_of(issue, cast.ccg)
    by, share = acting(cast.other_manager), share_of(issue, cast.ccg)
    fill_blanks(by=by, version=version_of(first), values={"area": "the dale"})
    deciding.number_all(by=by, share=share)
    work()
    approved(cast, issue)
    assert version_of(first).approvals.get().minute_reference == "GB 7.2"
    fill_blanks(by=by, version=version_of(second), values={"area": "the beck"})
    with clock.at(clock.now() + timedelta(minutes=2)):
        deciding.number_all(by=by, share=share)
        work()
    assert version_of(second).approvals.get().minute_reference == "GB 7.2"
    with pytest.raises(Refused, match="recorded already"):
        approved(cast, issue)


def test_nobody_changes_a_text_that_is_fixed(cast: Cast) -> None:
    issue = sent(cast, ours=1, theirs=0, blanks=False)
    line = lines_of(issue, cast.ccg)[0]
    draft = version_of(line)
    text = draft.texts.select_related("clause", "version__agreement")[1]
    for somebody in (cast.other_manager, partner_of(line)):
        with pytest.raises(Refused, match="the same for all of them"):
            edit_clause(by=acting(somebody), clause=text, edit_no=text.edit_no, body="Mine.")


def test_a_fixed_version_is_not_recalled_but_can_be_stopped(cast: Cast) -> None:
    _, (line,) = made(cast, 1)
    by = acting(cast.other_manager)
    with pytest.raises(Refused, match="the same for all"):
        recall(by=by, version=version_of(line), because="I want another.")
    stop_preparing(by=by, agreement=line.made, because="We do it in another way.")
    assert Agreement.objects.get().state == "ended"


def chased(by: Acting, share: IssueShare) -> list[str]:
    """What the job says of whom nobody could tell; it works on."""
    job = reaching.chase_all(by=by, share=share)
    work()
    return [row.problem for row in job.rows.all() if row.problem]


def test_all_that_wait_are_chased_once_a_day(cast: Cast, mailbox: Mailbox) -> None:
    with clock.at(MONDAY):
        issue, (answered, silent, nobody) = made(cast)
        partner = partner_of(silent)
        signed_by_partner(answered)
        share, by = share_of(issue, cast.ccg), acting(cast.other_manager)
        assert chased(by, share) == []
        with pytest.raises(Refused, match="chased today already"):
            chased(by, share)
        (mail,) = mailbox.to(partner.email)
        assert mail.subject.startswith("Answer the MoU sent on 5 October 2026: with Eastmoor CCG")
        # Without an account, whom the list names is asked by the same link again.
        assert len(mailbox.to(nobody.contact_email)) == 2
    with clock.at(MONDAY + timedelta(days=1)):
        assert chased(by, share) == []
    assert IssueLine.objects.count() == 3


def test_whoever_was_asked_by_a_link_gets_the_same_link_again(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    with clock.at(MONDAY):
        issue, (line,) = made(cast, 1)
        (address,) = CheckedAddress.objects.all()
        look_through(by=acting(cast.other_colleague), shown=[address.pk])
        share, by = share_of(issue, cast.ccg), acting(cast.other_manager)
        reaching.ask_by_links(by=by, share=share)
        work()
        assert chased(by, share) == []
        asked = SignatureRequest.objects.get(party__slot="practice")
        # Who brings it signed on paper is one step away.
        grid = client_of(cast.other_manager).get(f"/agreements/groups/{issue.key}/")
        assert f"/sign/{asked.pk}/paper/" in grid.content.decode()
        assert asked.address == address
        mails = mailbox.to(line.contact_email)
    signs = [mail.body for mail in mails if mail.subject.startswith("Read and sign")]
    links = {word for body in signs for word in body.split() if "/link/" in word}
    assert (len(signs), len(links)) == (2, 1)


def test_whoever_was_asked_by_a_link_is_told_that_they_opted_out(
    cast: Cast, client: Client, mailbox: Mailbox
) -> None:
    with clock.at(MONDAY):
        issue, (line,) = made(cast, 1)
        (address,) = CheckedAddress.objects.all()
        look_through(by=acting(cast.other_colleague), shown=[address.pk])
        by = acting(cast.other_manager)
        reaching.ask_by_links(by=by, share=share_of(issue, cast.ccg))
        work()
        record_opt_out(by=by, line=line, because="No.", said_by="Pat", said_on=clock.today())
        second_manager = acting(user("Olive Otherton", cast.ccg, Role.MANAGER))
        answer_opt_out(by=second_manager, line=line, agrees=True)
        mail = mailbox.to(line.contact_email)[-1]
        (link,) = {word for word in mail.body.split() if "/link/" in word}
        page = words_of(client.get(link.split("/", 3)[-1].join(["/", ""])))
    assert mail.subject.startswith("Nothing is asked of you since 5 October 2026")
    assert "Olive Otherton, Eastmoor CCG" in mail.body
    assert "Work on this MoU has ended. Opted out: No. Nothing is asked of you." in page


def test_out_of_hours_they_hear_the_next_working_morning(cast: Cast) -> None:
    evening, morning = MONDAY.replace(hour=22), datetime(2026, 10, 6, 9, tzinfo=LONDON)
    with clock.at(evening):
        issue, _ = made(cast, 1)
        chased(acting(cast.other_manager), share_of(issue, cast.ccg))
    mails = Delivery.objects.filter(kind="contact_proposed")
    assert mails.count() == 1
    with clock.at(morning):
        work()
    assert mails.count() == 2


def test_whom_nobody_can_tell_is_named_on_the_page_of_the_job(cast: Cast) -> None:
    with clock.at(MONDAY):
        issue, (line,) = made(cast, 1)
        line.made.parties.get(slot="practice").proposals.update(email="")
        said = chased(acting(cast.other_manager), share_of(issue, cast.ccg))
    assert said == ["Nobody there can be told by e-mail: telephone them."]


def test_whoever_declines_or_opts_out_is_not_chased_again(cast: Cast) -> None:
    issue, (first, second) = made(cast, 2)
    by, share = acting(cast.other_manager), share_of(issue, cast.ccg)
    partner = acting(partner_of(first))
    decline(by=partner, line=first, because="We merge.")
    record_opt_out(by=by, line=second, because="No.", said_by="Pat", said_on=clock.today())
    with pytest.raises(Refused, match="Nobody has to be chased"):
        chased(by, share)
    with pytest.raises(NotYours, match="You recorded this yourself"):
        answer_opt_out(by=by, line=second, agrees=True)
    second_manager = acting(user("Olive Otherton", cast.ccg, Role.MANAGER))
    answer_opt_out(by=second_manager, line=second, agrees=False)
    assert chased(by, share) == []
    states = Agreement.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["ended", "being_prepared"]
    with pytest.raises(Refused, match="on record that"):
        decline(by=partner, line=first, because="Again.")


def test_who_has_signed_does_not_decline_and_a_question_stands_in_the_grid(cast: Cast) -> None:
    _, (first, second) = made(cast, 2)
    signed_by_partner(first)
    partner = User.objects.get(email__startswith="pat.practice.01")
    with pytest.raises(Refused, match="signed for your organisation already"):
        decline(by=acting(partner), line=first, because="No.")
    other = partner_of(second)
    assert other.person
    request = open_for_signature(
        by=acting(other), version=version_of(second), slot="partner", person=other.person
    )
    say_not_ready(by=acting(other), request=request, because="Who pays?")
    found = standings(read_lines(IssueLine.objects.all()), acting(cast.other_manager))
    assert [(each.state, each.said) for each in found] == [
        ("signed", ""), ("not_ready", "Who pays?")
    ]  # fmt: skip


def test_who_withdraws_their_signature_is_waited_for_again(cast: Cast) -> None:
    issue, (first, _) = made(cast, 2)
    signed_by_partner(first)
    partner = acting(User.objects.get(email__startswith="pat.practice.01"))
    given = SignatureRequest.objects.get(party__slot="practice", state="signed")
    take_back_signature(by=partner, request=given, because="The partners meet once more.")
    found = standings(read_lines(IssueLine.objects.all()), acting(cast.other_manager))
    assert "signed" not in {each.state for each in found}
    assert chased(acting(cast.other_manager), share_of(issue, cast.ccg)) == []
    decline(by=partner, line=first, because="They said no.")
    assert Agreement.objects.get(issue_line=first).state == "ended"
