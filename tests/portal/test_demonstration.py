from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction

from agreements.models import Agreement, Happening, Seal, Signature, TemplateVersion
from deadlines.kinds import lines_now
from deadlines.models import Deadline
from house import clock
from house.rooms import rooms
from parties.models import User


@pytest.mark.sqlite
@pytest.mark.django_db
@pytest.mark.usefixtures("can_seal")
def test_a_later_load_changes_nothing_but_a_changed_password(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("demo")
    before, passwords = counted(), dict(User.objects.values_list("email", "password"))
    assert before["agreements"] == 29
    assert before["sealed"] == 5
    # One from each template of the library, each in another state.
    first = TemplateVersion.objects.filter(seq=1).select_related("template")
    states = {each.template.key: each for each in first}
    assert {key: standing(version) for key, version in states.items() if key in FOUR} == FOUR
    # What Home has stored is what its rooms say now, and on any day once time has passed there.
    for instant in (clock.now(), clock.now() + timedelta(days=400)):
        with clock.at(instant), transaction.atomic():
            for room in rooms():
                room.time_passed()
            assert lines_that_differ() == []
            transaction.set_rollback(True)
    call_command("demo")
    assert counted() == before
    assert dict(User.objects.values_list("email", "password")) == passwords
    monkeypatch.setenv("DEMO_PASSWORD", "curlew-and-lapwing-9")
    call_command("demo")
    assert counted() == before
    assert "password for all: curlew-and-lapwing-9" in capsys.readouterr().out
    for user in User.objects.filter(is_active=True):
        assert user.check_password("curlew-and-lapwing-9"), user.email


# Each of the library's other templates, and where the agreement made from it stands.
FOUR = {
    "practice-resilience": ("notice_given", "signed", 2),
    "ccg-and-federations": ("being_prepared", "out_for_signature", 7),
    "area-team-and-several-ccgs": ("being_prepared", "out_for_approval", 0),
    "regional-team-and-committees": ("being_prepared", "draft", 0),
}


def standing(version: TemplateVersion) -> tuple[str, str, int]:
    """The agreement made from it, its newest text, and how many have signed that."""
    # What went to a group, and what was signed elsewhere, stands apart.
    agreement = version.agreements.get(issue_line=None, origin="drafted")
    text = agreement.versions.order_by("-seq")[0]
    signed = Signature.objects.filter(request__version=text).count()
    return agreement.state, text.state, signed


def lines_that_differ() -> list[str]:
    """The open deadlines whose stored line is not what their room would say."""
    said = lines_now(list(Deadline.objects.still_open()))
    return [str(each) for each, line in said if each.line != (line.as_stored if line else {})]


def counted() -> dict[str, int]:
    return {
        "people": User.objects.count(),
        "agreements": Agreement.objects.count(),
        "happenings": Happening.objects.count(),
        "sealed": Seal.objects.filter(state=Seal.State.SEALED).count(),
    }
