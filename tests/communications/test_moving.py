"""The release moved, or withdrawn: dates, reminders, who is told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from communications.models import Move
from communications.services.outcomes import move_release, withdraw
from communications.services.reading import comment
from deadlines.models import Deadline, Reminder
from house import clock
from house.refusals import Refused
from parties.models import Membership
from tests.cast import Cast, acting
from tests.communications import desk
from tests.communications.desk import NOW
from tests.communications.doing import at, send
from tests.conftest import ClientOf, Mailbox
from tests.reading import words_of

pytestmark = pytest.mark.django_db


def test_a_moved_release_moves_its_reminders_and_tells_who_has_a_draft(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    with clock.at(NOW):
        first, second = desk.bilateral(cast), desk.with_third(cast)
        announcement = desk.planned(cast, first, second)
        desk.shared(cast, desk.drafted(cast, announcement))
        mailbox.all.clear()
        page = send(
            client_of(cast.colleague), at(announcement, "move/"), time="10:00",
            because="The printer is late.", **{"day-day": "20", "day-month": "6"},
        )  # fmt: skip
        assert "The release is moved to 10:00 am BST on 20 June 2026." in page
        assert "We told Oscar Othersby." in page
        (mail,) = mailbox.all
        assert mail.to == [cast.other_colleague.email]
        assert "Press release moved to 10:00 am BST on 20 June 2026: with" in mail.subject
        assert "The printer is late." not in str(mail.body)
        readers = words_of(client_of(cast.other_colleague).get(at(announcement)))
        assert "The printer is late." in readers
    announcement.refresh_from_db()
    waiting = Deadline.objects.get(kind="press_share_by", occurrence=second.reference)
    assert waiting.due_at == announcement.planned_for - timedelta(hours=24)
    assert waiting.generation == 2
    pending = Reminder.objects.filter(deadline=waiting, state="pending")
    assert set(pending.values_list("generation", flat=True)) == {2}
    assert Deadline.objects.get(occurrence=first.reference).state == "met"


def test_moved_to_where_it_is_or_into_the_past_it_stays(cast: Cast) -> None:
    with clock.at(NOW):
        announcement, by = desk.planned(cast), acting(cast.manager)
        for to, said in ((announcement.planned_for, "for this time already"),
                         (NOW, "this one has passed")):  # fmt: skip
            with pytest.raises(Refused, match=said):
                move_release(by=by, announcement=announcement, planned_for=to, because="x")
    assert not Move.objects.exists()


def test_moved_forward_after_sharing_the_reason_stands_for_the_short_notice(cast: Cast) -> None:
    with clock.at(NOW):
        announcement = desk.planned(cast, hours=100)
        desk.shared(cast, desk.drafted(cast, announcement))
        assert announcement.concerned.get().met
        move_release(
            by=acting(cast.manager), announcement=announcement,
            planned_for=NOW + timedelta(hours=5), because="It leaked.",
        )  # fmt: skip
    row = announcement.concerned.get()
    assert (row.met, row.short_because) == (False, "It leaked.")


def test_withdrawn_it_reminds_nobody_and_tells_who_has_a_draft(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    with clock.at(NOW):
        announcement = desk.planned(cast)
        desk.shared(cast, desk.drafted(cast, announcement))
        mailbox.all.clear()
        page = send(client_of(cast.colleague), at(announcement, "withdraw/"), because="Called off.")
        assert "The press release is withdrawn." in page
        assert "Why: Called off." in page
        (mail,) = mailbox.all
        assert mail.to == [cast.other_colleague.email]
        assert "Press release withdrawn, planned for" in mail.subject
    open_dates = Deadline.objects.still_open().filter(subject_key=f"announcement:{announcement.pk}")
    assert not open_dates.exists()
    with clock.at(NOW), pytest.raises(Refused, match="This announcement is withdrawn now"):
        withdraw(by=acting(cast.manager), announcement=announcement, because="Again.")


def test_who_has_left_is_told_nothing_more(cast: Cast, mailbox: Mailbox) -> None:
    with clock.at(NOW):
        announcement = desk.planned(cast)
        draft = desk.drafted(cast, announcement)
        desk.shared(cast, draft, desk.to(cast.other_colleague), desk.to(cast.other_viewer))
        left = (cast.other_colleague, cast.colleague)
        for membership in Membership.objects.filter(user__in=left):
            membership.ends_on = clock.today() - timedelta(days=1)
            membership.save()
        mailbox.all.clear()
        move_release(
            by=acting(cast.manager), announcement=announcement,
            planned_for=NOW + timedelta(hours=200), because="Later.",
        )  # fmt: skip
        comment(by=acting(cast.other_viewer), draft=draft, text="Fine.")
        told = [mail.to[0] for mail in mailbox.all]
    # Not the reader who left; and not the planner who left, but the MoU manager.
    assert told == [cast.other_viewer.email, cast.manager.email]
