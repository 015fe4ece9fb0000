"""What was learned is passed on to named agreements, whose parties read it and nothing else."""

from __future__ import annotations

import pytest

from commitments.logs.services.recording import entry_in_error
from commitments.logs.services.sharing import pass_on, take_back
from commitments.models import LogEntry, LogShare
from house.refusals import NotYours, Refused
from tests.cast import Cast, acting
from tests.commitments.logs.noting import at, kept_line, logging, other_mou, recorded, sent
from tests.conftest import ClientOf, Mailbox
from tests.reading import words_at

pytestmark = pytest.mark.django_db
SECRET = "canary-of-the-log"


def passed_on(cast: Cast) -> LogShare:
    entry = recorded(cast.manager, logging(cast), what="Nurses first", text="It works.")
    (share,) = pass_on(by=acting(cast.manager), entry=entry, agreements=[other_mou(cast)])
    return share


@pytest.mark.duty("A32")
def test_learning_is_passed_on_to_named_mous_whose_parties_read_it_and_nothing_else(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    """Eastmoor learned it; the Area Team passes it on to Westmoor."""
    agreement, named = logging(cast), other_mou(cast)
    client, reader = client_of(cast.manager), client_of(cast.third_manager)
    entry = recorded(cast.other_manager, agreement, what="Nurses first", may_be_passed_on=True)
    beside = recorded(cast.other_manager, agreement, what=SECRET)
    assert "Nothing on the log of learning" in kept_line(reader, named, "learning_log")
    page = sent(client, at(entry, "pass-on/"), agreements=[named.reference])
    assert "It is passed on to 1 MoU." in page
    assert "Who else reads it" in page
    found = words_at(reader, at(entry))
    assert "Learning 1, from another MoU Nurses first" in found
    logs = words_at(reader, f"/agreements/{named.reference}/logs/")
    assert "Passed on by Northern Moors Area Team" in logs
    for text in (found, logs, words_at(reader, f"/agreements/{named.reference}/history/")):
        assert SECRET not in text
        assert agreement.reference not in text
    for path in (at(beside), f"/agreements/{agreement.reference}/logs/"):
        assert reader.get(path).status_code == 404
    assert "1 of them was passed on from another MoU" in kept_line(reader, named, "learning_log")
    mail = mailbox.to(cast.third_manager.email)[-1]
    assert "passed on an entry of a log of learning" in mail.body
    assert "Nurses" not in f"{mail.subject}{mail.body}"
    (share,) = LogShare.objects.all()
    sent(client, at(entry, f"take-back/{share.pk}/"))
    assert reader.get(at(entry)).status_code == 404
    assert "Nothing on the log of learning" in kept_line(reader, named, "learning_log")


def test_who_reads_it_elsewhere_changes_nothing_of_it(cast: Cast, client_of: ClientOf) -> None:
    entry, reader = passed_on(cast).entry, client_of(cast.third_manager)
    for step in ("change/", "error/", "pass-on/"):
        assert reader.get(at(entry, step)).status_code == 403
    assert "Pass it on" not in words_at(reader, at(entry))


def test_without_leave_no_other_party_passes_it_on_and_nobody_a_risk(cast: Cast) -> None:
    agreement, to = logging(cast), [other_mou(cast)]
    theirs = recorded(cast.other_manager, agreement)
    with pytest.raises(NotYours, match="for the parties to its MoU alone"):
        pass_on(by=acting(cast.manager), entry=theirs, agreements=to)
    risk = recorded(cast.manager, agreement, "risk")
    with pytest.raises(Refused, match="not passed on"):
        pass_on(by=acting(cast.manager), entry=risk, agreements=to)


def test_it_goes_to_no_agreement_that_is_not_ones_own(cast: Cast) -> None:
    entry = recorded(cast.other_manager, logging(cast))
    with pytest.raises(Refused, match="agreements of yours"):
        pass_on(by=acting(cast.other_manager), entry=entry, agreements=[other_mou(cast)])
    assert not LogShare.objects.exists()


def test_the_other_party_learns_how_many_read_it_and_not_who(
    cast: Cast, client_of: ClientOf
) -> None:
    share = passed_on(cast)
    page = words_at(client_of(cast.other_viewer), at(share.entry))
    assert "Passed on to 1 other MoU that you do not see." in page
    assert share.agreement.reference not in page


def test_an_error_reaches_whoever_it_was_passed_on_to(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    share = passed_on(cast)
    entry_in_error(by=acting(cast.manager), entry=share.entry, because="Other figures.")
    page = words_at(client_of(cast.third_manager), at(share.entry))
    assert "Entered in error on" in page
    assert "Other figures." in page
    assert mailbox.to(cast.third_manager.email)[-1].subject.startswith(
        "An entry of a log entered in error"
    )


def test_what_was_taken_back_can_be_passed_on_again_and_not_twice(cast: Cast) -> None:
    share, by = passed_on(cast), acting(cast.manager)
    with pytest.raises(Refused, match="already"):
        pass_on(by=by, entry=share.entry, agreements=[share.agreement])
    take_back(by=by, share=share)
    with pytest.raises(Refused, match="already"):
        take_back(by=by, share=LogShare(pk=share.pk, entry=share.entry, agreement=share.agreement))
    assert pass_on(by=by, entry=share.entry, agreements=[share.agreement])
    assert LogEntry.objects.visible_to(acting(cast.third_manager)).count() == 1
