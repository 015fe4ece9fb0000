from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from agreements.models import Agreement, Seal
from agreements.signing.services.signing import say_not_ready
from agreements.versions.services.versions import recall
from documents.storage import store
from house import clock
from parties.models import User
from tests.cast import Cast, acting
from tests.pdf import a_pdf
from tests.reading import main_button, ways_from, words
from tests.setting_up import library_template
from tests.stages import approve, asked, drafted, frozen, give, in_force, sent

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
START = datetime(2026, 2, 3, 12, tzinfo=UTC)


def test_it_says_between_whom_it_is_and_what_is_next(cast: Cast, client_of: ClientOf) -> None:
    agreement = drafted(cast, {"area": ""})
    page = words(client_of(cast.viewer), agreement)
    assert f"MoU with Eastmoor CCG, {agreement.reference}" in page
    assert "Being prepared Both parties can edit the draft." in page
    assert "When the draft is ready, an MoU manager makes it version 0.1." in page
    assert "1 blank in the draft is not filled in." in page
    assert "Date of sign-off The day of the last signature" in page
    assert "Date of review 12 months after the date of sign-off" in page
    # What is not there yet has no page.
    ways = ["Overview", "Text", "People", "Plan back", "History"]
    assert ways_from(client_of(cast.viewer), agreement) == ways
    for key in ("kept", "meetings", "announcements", "disagreements", "nothing"):
        path = f"/agreements/{agreement.reference}/{key}/"
        assert client_of(cast.viewer).get(path).status_code == 404


def test_each_step_is_named_with_who_takes_it(cast: Cast, client_of: ClientOf) -> None:
    manager, viewer = client_of(cast.manager), client_of(cast.viewer)
    version = frozen(cast)
    agreement = version.agreement
    # Either party's manager may start it.
    for one in (manager, client_of(cast.other_manager)):
        assert "Start the approval of version 0.1 Waiting for you" in words(one, agreement)
    assert "Waiting for Maud Manager or Olga Other" in words(viewer, agreement)
    version = sent(cast, drafted(cast, source=agreement.template_version))
    approve(cast.other_manager, version, decision="deferred")
    page = words(manager, version.agreement)
    assert "Record what the Director decided about version 0.1 Waiting for you" in page
    assert "Waiting for Olga Other, Eastmoor CCG. Decided so far: deferred" in page
    approve(cast.other_manager, version, decision="subject_to_changes")
    page = words(manager, version.agreement)
    assert "make only the changes that Eastmoor CCG asked for Waiting for you" in page
    assert "Record what the Director decided" not in page


def test_signatures_are_shown_where_they_stand(cast: Cast, client_of: ClientOf) -> None:
    ours, theirs = asked(cast)
    give(cast.signatory, ours)
    say_not_ready(by=acting(cast.other_signatory), request=theirs, because="No minutes yet.")
    viewer, agreement = client_of(cast.viewer), ours.version.agreement
    page = words(viewer, agreement)
    assert "Sign version 0.1 Waiting for Orla Officer, Eastmoor CCG" in page
    assert "Not ready to sign: “No minutes yet.”" in page
    page = words(viewer, agreement, "people/")
    assert "Signed Sid Signatory, Director" in page
    assert "Approved Governing Body" in page
    assert "Orla Officer is not ready to sign version 0.1." in words(viewer, agreement, "history/")


def test_the_main_button_is_the_readers_next_step(cast: Cast, client_of: ClientOf) -> None:
    agreement = drafted(cast)
    everybody = [cast.manager, cast.colleague, cast.viewer, cast.other_signatory]

    def buttons(agreement: Agreement) -> list[str]:
        return [main_button(client_of(user), agreement) for user in everybody]

    assert buttons(agreement) == ["Edit the draft", "Edit the draft", *["Read the draft"] * 2]
    version = frozen(cast, agreement)
    assert buttons(agreement) == ["Send 0.1 for approval", *["Read version 0.1"] * 3]
    recall(by=acting(cast.manager), version=version, because="Again.")
    sent(cast, agreement)
    assert buttons(agreement)[0] == "Record the decision"


def test_a_signatory_is_asked_to_sign(cast: Cast, client_of: ClientOf) -> None:
    ours, _ = asked(cast)
    agreement = ours.version.agreement
    assert main_button(client_of(cast.signatory), agreement) == "Read and sign"
    assert main_button(client_of(cast.other_signatory), agreement) == "Read and sign"
    assert main_button(client_of(cast.manager), agreement) == "Read version 0.1"


def test_in_force_it_shows_its_dates_in_words(cast: Cast, client_of: ClientOf) -> None:
    with clock.at(START):
        agreement = in_force(cast).agreement
    with clock.at(START + timedelta(days=90)):
        page = words(client_of(cast.other_viewer), agreement)
    assert "In force since 3 February 2026. Review due 3 February 2027, in 8 months." in page
    assert "1. 3 Feb 2026 What Date of sign-off" in page
    assert "3 Feb 2027 What In force at least until" in page
    # 20 January: what is near is counted in working days.
    with clock.at(START + timedelta(days=351)):
        page = words(client_of(cast.other_viewer), agreement)
    assert "Review due 3 February 2027, in 10 working days." in page
    with clock.at(START + timedelta(days=400)):
        page = words(client_of(cast.viewer), agreement)
    assert "The review was due on 3 February 2027, 35 days ago." in page
    assert "The date of review, 3 February 2027, has passed." in page


def test_the_signed_copy_says_whether_it_is_there(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = in_force(cast).agreement, client_of(cast.other_viewer)
    at = f"/agreements/{agreement.reference}/signed.pdf"
    assert "Final signed copy It is being made." in words(client, agreement)
    assert client.get(at).status_code == 404
    Seal.objects.update(problem="No certificate.")
    assert "The portal tries again by itself." in words(client, agreement)
    Seal.objects.update(state="failed")
    assert "The file could not be made." in words(client, agreement)
    file = store(a_pdf(), name="copy.pdf", content_type="application/pdf")
    Seal.objects.update(state="sealed", file=file, sealed_at=clock.now())
    assert main_button(client, agreement) == "Download the final signed copy"
    answer = client.get(at)
    assert f"{agreement.reference} final signed copy.pdf" in answer["Content-Disposition"]
    assert answer.content == a_pdf()
    assert client_of(cast.stranger).get(at).status_code == 404


def test_vacancies_stand_on_it_in_words(cast: Cast, client_of: ClientOf) -> None:
    agreement = drafted(cast, source=library_template(cast))
    for page in ("", "people/"):
        said = words(client_of(cast.other_viewer), agreement, page)
        assert "Eastmoor CCG has no MoU manager, primary liaison or lead clinician." in said


def test_versions_lead_to_their_text_and_changes(cast: Cast, client_of: ClientOf) -> None:
    version = frozen(cast)
    recall(by=acting(cast.manager), version=version, because="A word is wrong.")
    frozen(cast, version.agreement, summary="The word is right.")
    at = f"/agreements/{version.agreement.reference}/"
    page = client_of(cast.other_viewer).get(f"{at}versions/").content.decode()
    assert f'href="{at}versions/2/">Version 0.2</a>' in page
    assert f'href="{at}versions/2/#clause-meet">2.1 Meetings</a>' in page
    assert f'href="{at}compare/1..2/">Show changes since 0.1</a>' in page
    assert "The word is right." in page
    assert "Recalled: A word is wrong." in page
