"""The page of the terms on how a disagreement is settled: its word, and the levels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from agreements.drafting.forms.part import Part
from agreements.drafting.forms.role_keys import level_of
from agreements.drafting.forms.term_lines import LinesField, keyed, renamed_in_rows
from agreements.terms import Level
from nhsuk import forms

SPARE_LEVELS = 2
MOST_LEVELS = 12
# With more sides than this, who acts on a level is typed into one box.
MOST_BOXES = 4
ONE_SIDE = (
    "One side on each line: the side, a colon, the post. For example, {}: Director. A line without "
    "a side is meant for all of them."
)
_LEVEL = re.compile(r"level_(\d{1,2})")


class LevelsPart(Part):
    name = "If the parties disagree"
    hint = "A level begins with its name. Leave a level empty to take it out."

    disagreement_word = forms.LineField(
        label="What the agreement calls a disagreement",
        help_text="For example, disagreement or dispute.", max_length=60, size=20,
    )  # fmt: skip

    @property
    def in_lines(self) -> bool:
        return len(self.slots) > MOST_BOXES

    def shown(self) -> dict[str, Any]:
        shown: dict[str, Any] = {"disagreement_word": self.before.disagreement_word}
        for row, level in enumerate(self.before.levels, start=1):
            shown[f"level_{row}"] = level.label
            shown[f"level_{row}_posts"] = self._as_lines(level)
            shown |= {f"level_{row}_{slot}": level.posts.get(slot, "") for slot, _ in self.slots}
        return shown

    def _as_lines(self, level: Level) -> str:
        posts = {side: level.posts[slot] for slot, side in self.slots if slot in level.posts}
        if len(set(posts.values())) == 1 and len(posts) == len(self.slots):
            return next(iter(posts.values()))
        return "\n".join(f"{side}: {post}" for side, post in posts.items())

    def add_boxes(self) -> None:
        """Two spare levels; and every level that was sent, even if somebody took some out
        meanwhile."""
        sent = (_LEVEL.match(name) for name in self.data)
        numbers = [int(found[1]) for found in sent if found]
        self.rows = min(max([len(self.before.levels) + SPARE_LEVELS, *numbers]), MOST_LEVELS)
        for row in range(1, self.rows + 1):
            self.fields[f"level_{row}"] = forms.LineField(label=f"Level {row}", required=False)
            self.fields |= dict(self._posts(row))

    def _posts(self, row: int) -> Iterator[tuple[str, Any]]:
        if self.in_lines:
            yield f"level_{row}_posts", LinesField(
                label=f"Level {row}: who acts", help_text=ONE_SIDE.format(self.slots[0][1]),
                rows=3, required=False,
            )  # fmt: skip
            return
        for slot, side in self.slots:
            label = f"Level {row}: who acts for {side}"
            yield f"level_{row}_{slot}", forms.LineField(label=label, required=False)

    def clean(self) -> dict[str, Any]:
        seen: set[str] = set()
        for row in range(1, self.rows + 1):
            label = str(self.cleaned_data.get(f"level_{row}") or "").casefold()
            if not label and any(self._acting(row).values()):
                self.add_error(f"level_{row}", f"Enter a name for level {row}, or leave it empty")
            if label and label in seen:
                self.add_error(f"level_{row}", "Two levels have this name. Change one of them")
            seen.add(label)
        return self.cleaned_data

    def _acting(self, row: int) -> dict[str, str]:
        """By slot the post that acts on this level."""
        said = self.cleaned_data
        if not self.in_lines:
            return {slot: str(said.get(f"level_{row}_{slot}") or "") for slot, _ in self.slots}
        sides = {side.casefold(): slot for slot, side in self.slots}
        posts: dict[str, str] = {}
        for line in said.get(f"level_{row}_posts") or []:
            side, colon, post = line.partition(":")
            slot = sides.get(side.strip().casefold(), "")
            if slot and colon:
                posts[slot] = post.strip()
            else:
                posts = {other: posts.get(other, line) for other in sides.values()}
        return posts

    def said(self) -> dict[str, Any]:
        word = self.cleaned_data["disagreement_word"]
        return {"disagreement_word": word, "levels": tuple(self._levels())}

    def _levels(self) -> Iterator[Level]:
        """A level begins with its label; one without is left out."""
        labels = [str(self.cleaned_data[f"level_{row}"]) for row in range(1, self.rows + 1)]
        known = {level.label: level for level in self.before.levels}
        # Somebody may have taken levels out since the form was sent, so there may be more boxes.
        pairs = list(zip(known, labels, strict=False))
        keys = keyed(
            [label for label in labels if label],
            {label: level.key for label, level in known.items()},
            renamed_in_rows(pairs, list(known), labels),
        )
        by_key = {level.key: level for level in self.before.levels}
        for row, label in enumerate(labels, start=1):
            if label:
                was = by_key.get(keys[label], Level(key=keys[label], label=label, posts={}))
                yield level_of(label, was, self._acting(row), self.before.contact_roles)
