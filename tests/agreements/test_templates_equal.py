"""What is made in the portal, page by page, can equal a template that comes with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.test import Client

from agreements.core.bindings import to_choose_from
from agreements.drafting.forms.role_keys import address_of
from agreements.drafting.forms.terms import ENTRIES
from agreements.library import LibraryClause, LibraryTemplate, library
from agreements.models import TemplateClause, TemplateVersion
from agreements.templates.services.keeping import new_template_draft, take_from_library
from agreements.templates.services.making import make_template
from agreements.terms import MANAGER_ROLE, as_stored
from parties.models import User
from tests.cast import Cast, acting
from tests.template_drafts import opened, url

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
SOURCE = "ccg-and-federations"


class Maker:
    """Somebody who types a template of the library anew, with its own names for the blanks."""

    def __init__(self, client: Client, source: LibraryTemplate, draft: TemplateVersion) -> None:
        self.client, self.source, self.draft = client, source, draft
        self.blanks: dict[str, str] = {}
        listed = enumerate(to_choose_from().values(), start=1)
        self.lists = {name: f"keepings_{number}" for number, names in listed for name in names}

    def sends(self, path: str, **typed: Any) -> None:
        # Of a form whose one box is empty a browser sends its key alone.
        answer = self.client.post(url(self.draft, path), {"form_key": "", **typed})
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
        """Types what each page of the terms of the library's own draft shows.

        An entry of a list, such as a series of meetings, is added by the page for a new one; a
        role comes with the side that names it, under a key of its own.
        """
        first = url(taken, "terms/")
        listed = self.client.get(first).content.decode()
        for part in dict.fromkeys(re.findall(rf'href="{first}([\w-]+)/"', listed)):
            if part not in ENTRIES:
                typed = _terms_typed(opened(self.client, f"{first}{part}/"))
                typed |= self._who_looks_after(part)
                self.sends(f"terms/{self._own_page(part)}/", **typed)

    def _who_looks_after(self, part: str) -> dict[str, str]:
        """What the page of a side asks besides, as long as it has no contacts."""
        kind, _, slot = part.partition("-")
        roles = self.source.terms.contact_roles_of(slot) if kind == "side" else ()
        named = (role.label for role in roles if role.key == MANAGER_ROLE)
        label = next(named, "")
        return {"looks_after": label} if label else {}

    def _own_page(self, part: str) -> str:
        kind, _, key = part.partition("-")
        if kind == "role":
            self.draft.refresh_from_db()
            own, theirs = self.draft.typed_terms.contact_roles, self.source.terms.contact_roles
            meant = next(role for role in theirs if address_of(role, theirs) == key)
            same = (role for role in own if role.label == meant.label)
            return f"role-{address_of(next(same), own)}"
        return kind if kind in ENTRIES else part

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


def _terms_of(version: TemplateVersion) -> list[Any]:
    """The terms, and for each side the contacts that it keeps, in their order."""
    terms, sides = version.typed_terms, [slot.key for slot in version.typed_slots]
    plain = as_stored(terms.model_copy(update={"contact_roles": ()}))
    contacts = [[r.model_dump(mode="json") for r in terms.contact_roles_of(s)] for s in sides]
    return [_as_typed(plain), _as_typed(contacts)]


def _as_typed(said: Any) -> Any:
    """Terms without the keys that the portal makes of labels."""
    if isinstance(said, dict):
        return {name: _as_typed(each) for name, each in said.items() if name != "key"}
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
    assert _terms_of(draft) == _terms_of(taken)
    assert _without_keys(written) == _without_keys(source.clauses, maker.in_own_blanks)
