"""The sides and the blanks of a template's draft: added, changed, put in order, taken out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic

from django.http import Http404, HttpRequest, HttpResponse

from agreements.models import TemplateVersion
from agreements.templates.forms import BlankForm, SideForm
from agreements.templates.services.parts import BLANKS, SIDES, P, Parts, still_named
from agreements.templates.views.kept import page_of, steps
from agreements.templates.views.text import no_longer_a_draft, to_edit
from parties.acting import acting_of
from web.carrying_out import NoForm, act_at_once, posted, save_form


@dataclass(frozen=True)
class Pages(Generic[P]):
    """The pages of one list; `where` is its heading's anchor on the page of the version."""

    parts: Parts[P]
    form: Callable[..., Any]
    where: str
    added: str
    lead: str

    def add(self, request: HttpRequest, pk: int, seq: int) -> HttpResponse:
        version = to_edit(request, pk, seq)
        form = self.form(request.POST or None)
        return no_longer_a_draft(request, version) or save_form(
            request,
            form,
            lambda **_: self.parts.add(by=acting_of(request), version=version, **form.said()),
            done=lambda part: f"“{part.label}” is added.\n{self.added}",
            title=f"Add a {self.parts.one}",
            lead=self.lead,
            **self._around(version),
        )

    def change(self, request: HttpRequest, pk: int, seq: int, key: str) -> HttpResponse:
        version = to_edit(request, pk, seq)
        part = self._part(version, key)
        form = self.form(request.POST or None, part=part)

        def change(shown: str, **_: Any) -> None:
            by, said = acting_of(request), form.said()
            self.parts.change(by=by, version=version, key=key, shown=shown, **said)

        return no_longer_a_draft(request, version) or save_form(
            request,
            form,
            change,
            done=lambda _: f"“{form.said()['label']}” is saved.\nThe draft shows it as it is now.",
            title=f"Change the {self.parts.one}",
            **self._around(version),
        )

    def move(self, request: HttpRequest, pk: int, seq: int, key: str) -> HttpResponse:
        version = to_edit(request, pk, seq)
        part, places = self._part(version, key), -1 if request.POST.get("way") == "up" else 1

        def move() -> None:
            self.parts.move(by=acting_of(request), version=version, key=key, places=places)

        to = self._back(version)
        return act_at_once(request, move, done=f"“{part.label}” is moved.", to=to)

    def remove(self, request: HttpRequest, pk: int, seq: int, key: str) -> HttpResponse:
        """Says where it is still named, or asks whether to take it out."""
        version = to_edit(request, pk, seq)
        part, places = self._part(version, key), self.parts.named_in(version, key)
        lead = still_named(part.label, places) if places else (
            f"Agreements that start from this version will not have this {self.parts.one}. "
            "Earlier versions, and agreements already made, keep it."
        )  # fmt: skip
        return no_longer_a_draft(request, version) or save_form(
            request,
            posted(request, NoForm),
            lambda: self.parts.remove(by=acting_of(request), version=version, key=key),
            done=lambda _: f"“{part.label}” is taken out of the draft.",
            title=f"Take out “{part.label}”",
            lead=lead,
            button="Take it out",
            warning=True,
            **self._around(version),
        )

    def _part(self, version: TemplateVersion, key: str) -> P:
        if (part := self.parts.find(version, key)) is None:
            raise Http404
        return part

    def _around(self, version: TemplateVersion) -> dict[str, Any]:
        caption = f"{version.template.name}, {version.name[:1].lower()}{version.name[1:]}"
        way = steps(version.template, version)
        return {"to": self._back(version), "caption": caption, "way": way}

    def _back(self, version: TemplateVersion) -> str:
        return f"{page_of(version)}#{self.where}"


SIDE_PAGES = Pages(
    SIDES, SideForm, "sides", "Add the next side, or go on with the blanks and the text.",
    "A side is what one organisation, or many together, are in the agreement.",
)  # fmt: skip
BLANK_PAGES = Pages(
    BLANKS, BlankForm, "blanks", "The list of blanks says how to write it in a clause.",
    "A blank is a place in the text that each agreement fills in for itself. The names of the "
    "parties need none: each side is a blank already.",
)  # fmt: skip
