"""Every field of every form takes any text: it answers with a sentence and never breaks."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import pytest
from django.contrib.admin import site
from django.db import transaction
from django.urls import resolve, reverse

from house import clock
from tests.access.faults import faults_noted
from tests.access.filled_in import Body, Form, forms_on
from tests.access.test_table import URLS, askers_of
from tests.access.world import World
from tests.bad_input import A_MEGABYTE, ANY_DATES, ANY_TEXTS
from tests.proof_plugin import Proof

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("can_seal")]
URLENCODED = "application/x-www-form-urlencoded"
# In every form, and read before any view: tried in one form for all.
IN_EVERY_FORM = {"csrfmiddlewaretoken", "form_key"}
# Texts for each field of the administration site, whose forms Django makes alike.
OF_ADMIN = 8


@dataclass(frozen=True)
class Sent:
    """A form that somebody sends, and what stands in which of its fields."""

    asker: str
    form: Form
    typed: Body

    @property
    def body(self) -> Body:
        return self.form.body | self.typed

    def __str__(self) -> str:
        typed = {name: [value[:60] for value in values] for name, values in self.typed.items()}
        return f"{self.asker} {self.form.method} {self.form.action} {typed}"


@pytest.mark.proof("B1")
def test_every_field_takes_any_text(world: World, proof: Proof) -> None:
    chance = proof.chance()
    pages = [*portal_pages(world), *admin_pages()]
    forms = list(forms_of(world, pages if proof.full else chance.sample(pages, 5)))
    posts = [each for asker, form in forms for each in variations(asker, form, chance)]
    posts = chance.sample(posts, min(proof.size(small=60, full=20_500), len(posts)))
    with faults_noted() as faults:
        for each in posts:
            faults.look_at(answer_to(world, each), str(each))
    fields = sum(len(form.body) for _, form in forms)
    proof.shows(
        f"{len(posts):,} posts of {len(ANY_TEXTS) + 1} texts and {len(ANY_DATES)} dates to "
        f"{fields} fields of {len(forms)} forms: {faults.count.total()} broke a page",
        reached=not faults.count and (len(posts) >= 20_000 or not proof.full),
    )


def portal_pages(world: World) -> Iterator[tuple[str, str]]:
    """Each page that somebody may look at, with whoever may first."""
    for name, row in URLS.items():
        if row.get("get") == 200:
            places = world.places[row["at"]] if "at" in row else {}
            yield askers_of(row)[0], reverse(name, kwargs=places)


def admin_pages() -> Iterator[tuple[str, str]]:
    """What adds a row of a model, or changes one; rows that are there to read have no form."""
    for model in sorted(site._registry, key=lambda each: each._meta.label):
        pages, row = model._meta.label_lower.replace(".", "_"), model._default_manager.first()
        yield "system_administrator", reverse(f"admin:{pages}_add")
        if row is not None:
            yield "system_administrator", reverse(f"admin:{pages}_change", args=[row.pk])


def forms_of(world: World, pages: list[tuple[str, str]]) -> Iterator[tuple[str, Form]]:
    """Each form of these pages once, filled in."""
    seen = set()
    for asker, page in pages:
        response = asked(world, asker, Form("get", page))
        if response.status_code != 200 or not response["Content-Type"].startswith("text/html"):
            continue
        for form in forms_on(response.content.decode()):
            path = urlsplit(urljoin(page, form.action)).path
            name = resolve(path).view_name
            if (name, form.method, *sorted(form.body)) not in seen:
                seen.add((name, form.method, *sorted(form.body)))
                fill = URLS.get(name, {}).get("fill", {})
                body = form.body | {field: [value] for field, value in fill.items()}
                yield asker, replace(form, action=path, body=body)


def variations(asker: str, form: Form, chance: random.Random) -> Iterator[Sent]:
    """The form with one field that holds each of the texts, that came twice, or not at all."""
    yield Sent(asker, form, {chance.choice(sorted(form.body) or [""]): [A_MEGABYTE]})
    texts = ANY_TEXTS
    if form.action.startswith("/admin/"):
        texts = chance.sample(ANY_TEXTS, OF_ADMIN)
    for name, values in form.body.items():
        if name in IN_EVERY_FORM and form.action != reverse("account_login"):
            continue
        for text in texts:
            yield Sent(asker, form, {name: [text]})
        yield Sent(asker, form, {name: [*values, *values, "x"]})
        yield Sent(asker, form, {name: []})
        if name.endswith("-year"):
            boxes = [name.replace("-year", f"-{part}") for part in ("day", "month", "year")]
            for date in ANY_DATES:
                typed = zip(boxes, date, strict=True)
                yield Sent(asker, form, {box: [value] for box, value in typed})


def answer_to(world: World, sent: Sent) -> Any:
    with transaction.atomic():
        response = asked(world, sent.asker, replace(sent.form, body=sent.body))
        transaction.set_rollback(True)
    return response


def asked(world: World, asker: str, form: Form) -> Any:
    """What the portal answers to a form; a page is a form without a field."""
    world.client.cookies = SimpleCookie(world.cookies.get(asker))
    query = urlencode(form.body, doseq=True, errors="surrogatepass")
    with clock.at(world.made_at):
        if form.method == "get":
            return world.client.get(f"{form.action}?{query}")
        if not form.files:
            return world.client.post(form.action, query, content_type=URLENCODED)
        kind = "multipart/form-data; boundary=edge"
        return world.client.post(form.action, _with_files(form), content_type=kind)


def _with_files(form: Form) -> bytes:
    """What would be typed is in the file that is chosen, and is its name."""
    parts = []
    for name, values in form.body.items():
        for value in values:
            about, text = f'name="{name}"', value.encode(errors="surrogatepass")
            if name in form.files:
                about += f'; filename="{_as_browsers_name(value[:300])}"'
            head = f"Content-Disposition: form-data; {about}".encode(errors="surrogatepass")
            parts.append(b"--edge\r\n" + head + b"\r\n\r\n" + text + b"\r\n")
    return b"".join(parts) + b"--edge--\r\n"


def _as_browsers_name(name: str) -> str:
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
