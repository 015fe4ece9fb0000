"""What is made in the portal, page by page, can equal a template that comes with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.test import Client

from agreements.core.bindings import to_choose_from
from agreements.library import LibraryClause, LibraryTemplate, library
from agreements.models import TemplateClause, TemplateVersion
from agreements.templates.services.keeping import new_template_draft, take_from_library
from agreements.templates.services.making import make_template
from agreements.terms import as_stored
from parties.models import User
from tests.cast import Cast, acting
from tests.template_drafts import opened, url

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
SOURCE = "area-team-and-ccg"


class Maker:
    """Somebody who types a template of the library anew, with its own names for the blanks."""

    def __init__(self, client: Client, source: LibraryTemplate, draft: TemplateVersion) -> None:
        self.client, self.source, self.draft = client, source, draft
        self.blanks: dict[str, str] = {}
        listed = enumerate(to_choose_from().values(), start=1)
        self.lists = {name: f"keepings_{number}" for number, names in listed for name in names}

    def sends(self, path: str, **typed: Any) -> None:
        answer = self.client.post(url(self.draft, path), typed)
        assert answer.status_code == 302, (path, typed)

    def makes_sides_and_blanks(self) -> None:
        for slot in self.source.slots:
            self.sends(
                "sides/add/",
                label=slot.label,
                how_many="many" if slot.many else "one",
                plural=slot.plural,
                organisation_kinds=list(slot.organisation_kinds),
            )
        for blank in self.source.blanks:
            self.sends("blanks/add/", label=blank.label, hint=blank.hint)
        self.draft.refresh_from_db()
        pairs = zip(self.source.blanks, self.draft.typed_blanks, strict=True)
        self.blanks = {f"{{{{{old.key}}}}}": f"{{{{{new.key}}}}}" for old, new in pairs}

    def copies_the_terms(self, taken: TemplateVersion) -> None:
        """Types what the terms of the library's own draft show, on however many pages."""
        first = url(taken, "terms/")
        found = re.findall(rf'href="{first}([\w-]+/)"', self.client.get(first).content.decode())
        for part in dict.fromkeys(found) or [""]:
            self.sends(f"terms/{part}", **_terms_typed(opened(self.client, f"{first}{part}")))

    def writes(self, clause: LibraryClause) -> None:
        ticked: dict[str, list[str]] = {}
        for name in clause.bindings:
            ticked.setdefault(self.lists[name], []).append(name)
        self.sends(
            "add/",
            edit_no="0",
            keepings="shown",
            heading=self.in_own_blanks(clause.heading),
            body=self.in_own_blanks(clause.body),
            kind=clause.kind,
            owed_by=list(clause.owed_by),
            **ticked,
        )

    def in_own_blanks(self, text: str) -> str:
        for old, new in self.blanks.items():
            text = text.replace(old, new)
        return text


def _terms_typed(page: dict[str, Any]) -> dict[str, Any]:
    """Without what belongs to that page alone."""
    own = ("shown", "csrfmiddlewaretoken", "form_key")
    return {name: typed for name, typed in page.items() if name not in own}


def _as_typed(said: Any) -> Any:
    """Terms without the keys that the portal makes of labels, and without what a contact role is
    there for, which its page does not ask."""
    if isinstance(said, dict):
        return {name: _as_typed(each) for name, each in said.items() if name not in {"key", "what"}}
    return [_as_typed(each) for each in said] if isinstance(said, list) else said


def _without_keys(clauses: Iterable[Any], put: Callable[[str], str] = str) -> list[tuple[Any, ...]]:
    return [
        (c.kind, put(c.heading), put(c.body), list(c.bindings), list(c.owed_by)) for c in clauses
    ]


def test_a_template_of_the_library_can_be_made_again_page_by_page(
    cast: Cast, client_of: ClientOf
) -> None:
    by, source = acting(cast.manager), library()[SOURCE]
    taken = new_template_draft(by=by, template=take_from_library(by=by, source=source))
    draft = make_template(by=by, name="Made again", description=source.description)
    maker = Maker(client_of(cast.manager), source, draft)
    maker.makes_sides_and_blanks()
    maker.copies_the_terms(taken)
    for clause in source.clauses:
        maker.writes(clause)
    draft.refresh_from_db()
    written = TemplateClause.objects.filter(version=draft).order_by("position")
    assert draft.typed_slots == list(source.slots)
    assert [(b.label, b.hint) for b in draft.typed_blanks] == [
        (b.label, b.hint) for b in source.blanks
    ]
    assert _as_typed(as_stored(draft.typed_terms)) == _as_typed(as_stored(source.terms))
    assert _without_keys(written) == _without_keys(source.clauses, maker.in_own_blanks)
