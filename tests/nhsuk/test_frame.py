from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from pathlib import Path

import nhsuk_frontend_jinja
import pytest
from django.conf import settings
from django.http import HttpRequest
from django.template import engines
from django.test import Client, RequestFactory

from tests.nhsuk.markup import Markup
from tests.nhsuk.sample import Person, SampleActing, SampleForm

ROOT = Path(__file__).resolve().parents[2]
# A script with an address is fetched, and one of JSON is never run.
FORBIDDEN = re.compile(r"<script(?![^>]*(src=|application/json))|<style|\sstyle=|\son\w+=")
INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def shown(source: str, request: HttpRequest | None = None, **context: object) -> Markup:
    page = '{% extends "base.jinja" %}' + source
    return Markup(engines.all()[0].from_string(page).render(context, request))


def a_request(person: Person | None = None) -> HttpRequest:
    request = RequestFactory().get("/accessibility/")
    if person:
        request.user = person  # type: ignore[assignment]
        request.acting = SampleActing()  # type: ignore[attr-defined]
    return request


def test_the_only_inline_script_is_the_one_that_the_policy_allows() -> None:
    source = (ROOT / "templates" / "base.jinja").read_text()
    (script,) = INLINE.findall(source)
    digest = b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"'sha256-{digest}'" == settings.FRAME_SCRIPT_SHA256
    design_system = Path(nhsuk_frontend_jinja.__file__).parent / "templates/nhsuk/template.jinja"
    assert script in design_system.read_text()


def test_no_other_template_brings_a_script_or_a_style() -> None:
    for template in (ROOT / "templates").rglob("*.jinja"):
        if template.name == "base.jinja" or "mail" in template.parts:
            continue
        assert not FORBIDDEN.search(template.read_text()), template


def test_the_title_says_that_something_is_wrong() -> None:
    source = "{% block title %}Sign{% endblock %}"

    def title(**context: object) -> str:
        return shown(source, a_request(), **context).one("title").text

    assert title().startswith("Sign ")
    assert title().endswith("MoU portal")
    assert title(form=SampleForm()).startswith("Sign ")
    assert title(form=SampleForm({})).startswith("Error: Sign ")


def test_a_visitor_may_log_in() -> None:
    page = shown("", a_request())
    assert page.one("a", href="/account/login/").text.strip() == "Log in"
    assert not page.all("form")


def test_a_person_sees_for_whom_they_act_and_may_change_or_leave() -> None:
    page = shown("", a_request(Person("Ann Lee")))
    assert "Ann Lee" in page.one("nav", aria_label="Account").text
    assert "Acting for NHS Northmoor CCG" in " ".join(page.one("header").text.split())
    assert "NHS Northmoor CCG" in page.one("a", href="/organisations/7/").text
    assert page.one("a", href="/acting/")
    assert page.one("form", action="/account/logout/")["method"] == "post"
    assert page.one("input", name="csrfmiddlewaretoken")["value"]


def test_the_navigation_marks_where_one_is() -> None:
    page = shown("", a_request(Person("Ann Lee")))
    menu = [link for link in page.all("a") if link.get("class") == "nhsuk-header__navigation-link"]
    assert menu[0].text == "Home"
    assert [link.text for link in menu if link.get("aria-current")] == ["Accessibility"]


def test_skip_link_leads_to_the_content() -> None:
    page = shown("", a_request())
    assert page.one("a", class_="nhsuk-skip-link")["href"] == "#maincontent"
    assert page.with_id("maincontent").tag == "main"


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_an_error_page_renders_with_nothing(name: str) -> None:
    template = engines.all()[0].get_template(f"errors/{name}.jinja")
    page = Markup(template.render({}))
    assert len(page.all("h1")) == 1
    assert page.one("a", href="/verify/")


def test_a_failure_names_its_reference_and_needs_no_session() -> None:
    request = RequestFactory().get("/")
    request.request_id = "5e21c0ffee00"  # type: ignore[attr-defined]
    page = engines.all()[0].get_template("errors/500.jinja").render({}, request)
    assert "5e21c0ffee00" in page
    assert "nothing was lost" in page


@pytest.mark.django_db
def test_what_is_not_there_and_what_is_not_yours_look_the_same(client: Client) -> None:
    response = client.get("/no-such-page/")
    assert response.status_code == 404
    assert "Page not found" in response.content.decode()
