"""Two people and one entry, at one moment."""

from __future__ import annotations

from typing import Any

import pytest

from agreements.models import Agreement
from commitments.logs.services.recording import entry_in_error
from commitments.logs.services.sharing import pass_on
from commitments.models import LogEntry, LogShare
from tests.at_once import at_once, refusals
from tests.cast import Cast, acting
from tests.commitments.logs.noting import logging, other_mou, recorded

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]


def test_of_two_who_pass_an_entry_on_one_does_and_an_error_ends_it(cast: Cast) -> None:
    agreement = logging(cast)
    entry, named = recorded(cast.manager, agreement), other_mou(cast).pk

    def share(user: Any) -> None:
        again = LogEntry.objects.select_related("agreement").get(pk=entry.pk)
        pass_on(by=acting(user), entry=again, agreements=[Agreement.objects.get(pk=named)])

    both = (cast.manager, cast.colleague)
    answers = at_once([(who, lambda who=who: share(who)) for who in both])  # type: ignore[misc]
    assert refusals(answers) == ["They have this entry already."]
    assert LogShare.objects.count() == 1

    def err(user: Any) -> None:
        again = LogEntry.objects.select_related("agreement").get(pk=entry.pk)
        entry_in_error(by=acting(user), entry=again, because="Wrong.")

    answers = at_once([(who, lambda who=who: err(who)) for who in both])  # type: ignore[misc]
    assert len(refusals(answers)) == 1
    told = agreement.happenings.filter(verb="log_in_error")
    assert told.count() == 1
