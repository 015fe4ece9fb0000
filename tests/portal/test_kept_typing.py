"""The session ended while somebody typed: nothing typed is lost, and nobody else reads it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from agreements.models import Agreement
from agreements.versions.services.versions import freeze
from house import clock
from parties.models import Role, User
from tests.cast import PASSWORD, Cast, acting, give, organisation
from tests.stages import asked, clause, draft_of, drafted
from tests.typed import fields_of
from web.typed_again import filled_again

ClientOf = Callable[[User], Client]
LOGIN = "/account/login/"
WORDS = "Kept <heron> & 'swan' \"5512\".\n\n- one\n- two"
KEPT = "What you typed stands in the form again."


def path_of(agreement: Agreement) -> str:
    return f"/agreements/{agreement.reference}/text/clauses/meet/"


def send_logged_out(client: Client, path: str, **typed: Any) -> str:
    """Opens the page, is logged out, sends the form: where the log-in leads back to."""
    sent = fields_of(client.get(path).content.decode()) | typed
    client.logout()
    answer = client.post(path, sent, HTTP_REFERER=f"http://testserver{path}")
    assert answer["Location"].startswith(LOGIN)
    page = client.get(answer["Location"]).content.decode()
    assert "You were logged out before this was sent." in page
    return str(fields_of(page)["next"][0])


def log_in(client: Client, user: User, back: str) -> str:
    """The page after the log-in."""
    said = {"login": user.email, "password": PASSWORD, "next": back}
    return client.post(LOGIN, said, follow=True).content.decode()


@pytest.mark.django_db
def test_what_was_typed_stands_in_the_form_again_and_is_not_sent(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement, client = drafted(cast), client_of(cast.manager)
    path, before = path_of(agreement), clause(agreement, "meet").body
    back = send_logged_out(client, path, body=WORDS, kind="role", to_be_defined="on")
    page = log_in(client, cast.manager, back)
    assert KEPT in page
    assert clause(agreement, "meet").body == before
    typed = fields_of(page)
    assert (typed["body"], typed["kind"], typed["to_be_defined"]) == (WORDS, "role", "on")
    assert fields_of(client.get(back).content.decode())["body"] == WORDS
    assert client.post(path, typed).status_code == 302
    assert clause(agreement, "meet").body == WORDS
    assert KEPT not in client.get(back).content.decode()


@pytest.mark.django_db
def test_after_twelve_hours_too(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = drafted(cast), client_of(cast.manager)
    path = path_of(agreement)
    sent = fields_of(client.get(path).content.decode()) | {"body": WORDS}
    with clock.at(clock.now() + timedelta(hours=13)):
        answer = client.post(path, sent)
        back = fields_of(client.get(answer["Location"]).content.decode())["next"][0]
        assert fields_of(log_in(client, cast.manager, back))["body"] == WORDS


@pytest.mark.django_db
def test_who_acts_for_two_organisations_comes_back_as_the_one(
    cast: Cast, client_of: ClientOf
) -> None:
    give(cast.other_manager, organisation("Abbotsmoor CCG"), Role.MANAGER)
    agreement, client = drafted(cast), client_of(cast.other_manager)
    client.post("/acting/", {"organisation": cast.ccg.pk})
    back = send_logged_out(client, path_of(agreement), body=WORDS)
    assert fields_of(log_in(client, cast.other_manager, back))["body"] == WORDS


@pytest.mark.django_db
def test_nobody_else_reads_it(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = drafted(cast), client_of(cast.manager)
    back = send_logged_out(client, path_of(agreement), body=WORDS)
    assert "5512" not in log_in(client, cast.colleague, back)
    assert "typed" not in client.session
    client.logout()
    assert "5512" not in log_in(client, cast.manager, back)


@pytest.mark.django_db
def test_a_stranger_fills_no_session_and_no_form(cast: Cast, client_of: ClientOf) -> None:
    path = path_of(drafted(cast))
    client = Client()
    for key in ("", "made.up", f"a.{cast.manager.pk}:b:c"):
        client.post(path, {"body": WORDS, "form_key": key})
        assert "typed" not in client.session
    mine = fields_of(client_of(cast.colleague).get(path).content.decode()) | {"body": WORDS}
    client.post(path, mine)
    assert "5512" not in log_in(client, cast.manager, f"{path}?typed={'0' * 32}")


@pytest.mark.django_db
def test_no_password_is_kept_and_a_file_is_asked_for_again(cast: Cast, client_of: ClientOf) -> None:
    ours, _ = asked(cast)
    client = client_of(cast.signatory)
    path = f"/agreements/{ours.version.agreement.reference}/sign/{ours.pk}/"
    send_logged_out(client, path, typed_name="Sid Signatory", password=PASSWORD)
    assert client.session["typed"]["fields"]["typed_name"] == ["Sid Signatory"]
    assert PASSWORD not in repr(dict(client.session.items()))
    manager = client_of(cast.manager)
    file = SimpleUploadedFile("signed.pdf", b"%PDF-", "application/pdf")
    back = send_logged_out(manager, "/agreements/new/signed/", title=WORDS[:9], file=file)
    page = log_in(manager, cast.manager, back)
    assert "Choose this file again: signed.pdf." in page
    assert 'value="Kept &lt;her"' in page


@pytest.mark.django_db
def test_where_the_form_is_gone_the_words_stand_there_to_copy(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement, client = drafted(cast), client_of(cast.manager)
    back = send_logged_out(client, path_of(agreement), body=WORDS)
    freeze(by=acting(cast.other_manager), version=draft_of(agreement), summary="First.")
    page = log_in(client, cast.manager, back)
    assert "What you typed and what has no place here now, to copy from:" in page
    assert "Kept &lt;heron&gt;" in page


@pytest.mark.django_db
def test_a_clause_that_somebody_else_saved_meanwhile_is_not_overwritten(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement, client, other = drafted(cast), client_of(cast.manager), client_of(cast.other_manager)
    path = path_of(agreement)
    back = send_logged_out(client, path, body=WORDS)
    other.post(path, fields_of(other.get(path).content.decode()) | {"body": "Theirs."})
    typed = fields_of(log_in(client, cast.manager, back))
    page = client.post(path, typed).content.decode()
    assert "saved this clause while you were editing it" in page
    assert clause(agreement, "meet").body == "Theirs."


@pytest.mark.django_db
def test_a_token_from_before_another_log_in_loses_nothing(cast: Cast) -> None:
    path, client = path_of(drafted(cast)), Client(enforce_csrf_checks=True)
    client.force_login(cast.manager)
    sent = fields_of(client.get(path).content.decode()) | {"body": WORDS}
    sent["csrfmiddlewaretoken"] = "x" * 64
    answer = client.post(path, sent)
    assert fields_of(client.get(answer["Location"]).content.decode())["body"] == WORDS
    sent["form_key"] = "of somebody else"
    assert "This page was open for too long" in client.post(path, sent).content.decode()


FORM = """<main><form method="get"><input name="words"></form><form method="post" novalidate>
<input type="hidden" name="n" value="1"><textarea name="words" rows="3">
Old &amp; new</textarea><input type="checkbox" name="boxes" value="a" checked><input type="checkbox"
name="boxes" value="b"><select name="pick"><option value="1" selected>One</option>
<option value="2">Two</option></select><br/><input name="line" value="old"></form><p>&lt;3 &#39;</p>
<script>if (1 < 2) {}</script></main>"""
TYPED = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)


@given(TYPED, TYPED, st.sampled_from([["a"], ["b"], ["a", "b"], []]), st.sampled_from("12"))
def test_whatever_was_typed_comes_back(words: str, line: str, boxes: list[str], pick: str) -> None:
    typed = {"words": [words], "line": [line], "pick": [pick]} | ({"boxes": boxes} if boxes else {})
    page = filled_again(FORM, typed, lambda action: action == "")
    post = fields_of("<main>" + page.split("</form>", 1)[1])
    sent = {"n": "1", "words": words, "line": line, "pick": pick}
    given = boxes[0] if len(boxes) == 1 else boxes
    assert post == sent | ({"boxes": given} if boxes else {})
    assert page.endswith(FORM.split("</form>")[-1])
    assert page.startswith('<main><form method="get"><input name="words"></form>')
