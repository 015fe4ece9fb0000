"""The page of the terms about one side: who approves, who signs, its key contacts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from agreements.drafting.forms.part import Part
from agreements.drafting.forms.role_keys import contact_roles_from, levels_following
from agreements.drafting.forms.term_lines import (
    MAY_BE_VACANT,
    ONE_ROLE,
    ONE_TITLE,
    LinesField,
    keyed,
    renamed,
    renamed_in_rows,
    split_mark,
    what_is_odd,
)
from agreements.terms import ApprovalRoute, ContactRole, Signatory, Terms
from nhsuk import forms
from nhsuk.words import capital

ROUTES: Final = [
    ("body", "A body, such as the Governing Body"),
    ("post", "The holder of a post, such as the Accountable Officer"),
    ("none", "Nobody: no approval is needed"),
]
MORE_ROUTES: Final = [*ROUTES[:2], ("none", "No further approval")]
ORDER: Final = [
    ("beside", "Side by side with the approval above"),
    ("after", "After the approval above"),
]
MOST_ROUTES = 6
LOOKS_AFTER = (
    "The name of one of them. The portal writes to its holder about the agreement. Leave it empty "
    "if that is nobody in particular: then the MoU managers of the organisation get the e-mails."
)


class SidePart(Part):
    """Who approves and who signs for a side, and the contacts that it keeps."""

    hint = ""

    @property
    def side(self) -> str:
        return dict(self.slots)[self.key]

    @property
    def heading(self) -> str:
        return capital(self.side)

    @property
    def routes(self) -> list[ApprovalRoute]:
        """As the terms have them, in the order of their steps."""
        own = [each for each in self.before.approval_routes if each.slot == self.key]
        return sorted((each for each in own if each.route != "none"), key=lambda each: each.step)

    def shown(self) -> dict[str, Any]:
        signatories = self.before.signatories_of(self.key)
        shown = {
            "signatories": "\n".join(each.label for each in signatories),
            "contacts": lines_of(self.before.contact_roles_of(self.key)),
        }
        former = 1
        for row, route in enumerate(self.routes, start=1):
            shown |= {f"route_{row}": route.route, f"decider_{row}": route.name}
            shown[f"order_{row}"] = "beside" if route.step == former else "after"
            former = route.step
        for row in range(len(self.routes) + 1, MOST_ROUTES + 1):
            shown |= {f"route_{row}": "none", f"order_{row}": "after"}
        return shown

    def add_boxes(self) -> None:
        sent = [n for n in range(1, MOST_ROUTES + 1) if f"route_{n}" in self.data]
        self.rows = min(max(len(self.routes) + 1, 2, *sent), MOST_ROUTES)
        for row in range(1, self.rows + 1):
            self._add_route(row)
        self.fields |= {
            "signatories": LinesField(
                label=f"Who signs for {self.side}", help_text=ONE_TITLE, rows=2
            ),
            "contacts": LinesField(
                label=f"Key contacts of {self.side}", help_text=ONE_ROLE, rows=5, required=False
            ),
        }
        if not self.before.contact_roles_of(self.key):
            self.fields["looks_after"] = forms.LineField(
                label="Which of these contacts looks after the agreement",
                help_text=LOOKS_AFTER, required=False,
            )  # fmt: skip

    def _add_route(self, row: int) -> None:
        which = "" if row == 1 else f" ({row})"
        who = forms.RadioField(
            label=f"Who approves for {self.side}{which}",
            choices=ROUTES if row == 1 else MORE_ROUTES, required=row == 1,
        )  # fmt: skip
        self.fields[f"route_{row}"] = who
        self.fields[f"decider_{row}"] = forms.LineField(
            label=f"Name of the body or post that approves{which}", required=False
        )
        if row > 1:
            self.fields[f"order_{row}"] = forms.RadioField(
                label=f"When it approves{which}", choices=ORDER, required=False
            )

    def clean(self) -> dict[str, Any]:
        said, seen = self.cleaned_data, set()
        for row in range(1, self.rows + 1):
            route, name = said.get(f"route_{row}"), str(said.get(f"decider_{row}") or "")
            if route not in {"body", "post"}:
                continue
            if not name:
                sentence = f"Enter the {route} that approves for {self.side}"
                self.add_error(f"decider_{row}", sentence)
            elif name.casefold() in seen:
                self.add_error(f"decider_{row}", f"“{name}” is there twice. Enter it once")
            seen.add(name.casefold())
        labels = [split_mark(line)[0] for line in said.get("contacts") or []]
        before = [role.label for role in self.before.contact_roles_of(self.key)]
        if sentence := what_is_odd(labels, before):
            self.add_error("contacts", sentence)
        wanted = str(said.get("looks_after") or "").casefold()
        if wanted and wanted not in {label.casefold() for label in labels}:
            self.add_error("looks_after", "Enter one of the contacts as it is written above")
        return said

    def said(self) -> dict[str, Any]:
        lines = {slot: split_lines(self.before, slot) for slot, _ in self.slots}
        lines[self.key] = [split_mark(line) for line in self.cleaned_data["contacts"]]
        manager = {self.key: str(self.cleaned_data.get("looks_after") or "")}
        roles = tuple(contact_roles_from(lines, self.before, manager))
        return {
            "contact_roles": roles,
            "levels": tuple(levels_following(self.before.levels, roles)),
            "approval_routes": self._in_place(self.before.approval_routes, self._routes()),
            "signatories": self._in_place(self.before.signatories, self._signatories()),
        }

    def _in_place(self, every: tuple[Any, ...], own: Iterator[Any]) -> tuple[Any, ...]:
        """Those of all sides, in the order of the sides."""
        found = {slot: [each for each in every if each.slot == slot] for slot, _ in self.slots}
        found[self.key] = list(own)
        return tuple(each for of_side in found.values() for each in of_side)

    def _routes(self) -> Iterator[ApprovalRoute]:
        said, step = self.cleaned_data, 0
        rows = [n for n in range(1, self.rows + 1) if said.get(f"route_{n}") in {"body", "post"}]
        if not rows:
            yield ApprovalRoute(slot=self.key, route="none")
        keys = self._keys_of_routes()
        for row in rows:
            step += row == rows[0] or said.get(f"order_{row}") == "after"
            name, route = said[f"decider_{row}"], said[f"route_{row}"]
            yield ApprovalRoute(slot=self.key, key=keys[name], route=route, name=name, step=step)

    def _keys_of_routes(self) -> dict[str, str]:
        """By name; an approval that gets another name in its row keeps its key."""
        known = {each.name: each.key for each in self.routes}
        names = [str(self.cleaned_data.get(f"decider_{n}") or "") for n in range(1, self.rows + 1)]
        said = [name for name in names if name]
        if not known and said:
            return {said[0]: "approval"} | keyed(said[1:], {said[0]: "approval"}, {})
        pairs = list(zip(known, names, strict=False))
        return keyed(said, known, renamed_in_rows(pairs, list(known), names))

    def _signatories(self) -> Iterator[Signatory]:
        known = {each.label: each.key for each in self.before.signatories_of(self.key)}
        lines: list[str] = self.cleaned_data["signatories"]
        for label, key in keyed(lines, known, renamed(list(known), lines)).items():
            yield Signatory(slot=self.key, key=key, label=label)


def lines_of(roles: tuple[ContactRole, ...]) -> str:
    return "\n".join(r.label if r.required else f"{r.label} {MAY_BE_VACANT}" for r in roles)


def split_lines(terms: Terms, slot: str) -> list[tuple[str, bool]]:
    """The roles of a side as its box has them: label, and whether somebody must hold it."""
    return [(role.label, role.required) for role in terms.contact_roles_of(slot)]
