"""The page of a group that is sent: how each line stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from django.urls import reverse

from agreements.core.asking_for import STILL_ASKED
from agreements.groups.forms.doing import LinesFilter
from agreements.groups.pages.doing import Doing
from agreements.groups.standing import (
    STATES,
    WAITING,
    LineStanding,
    counted,
    you,
)
from agreements.models import Issue, IssueShare, SignatureRequest
from nhsuk.components import Link, Tag
from parties.acting import Acting


class GroupPage(Doing):
    """How each line stands, what waits for the reader first."""

    def __init__(self, issue: Issue, acting: Acting, query: Mapping[str, Any] | None) -> None:
        super().__init__(issue, acting)
        states = [each.state for each in self.standings]
        commissioners = sorted({(str(each.line.share_id), each.line.commissioner)
                                for each in self.standings}, key=lambda pair: pair[1])  # fmt: skip
        self.form = LinesFilter(
            query or None, states=states, commissioners=commissioners, you=self.you
        )
        self.wanted = self.form.wanted

    @cached_property
    def shown(self) -> list[LineStanding]:
        """Those that the filters leave."""
        return [each for each in self.standings if self._matches(each)]

    def _matches(self, each: LineStanding) -> bool:
        wanted = self.wanted
        text, state = wanted.get("text", "").casefold(), wanted.get("state", "")
        of = wanted.get("commissioner", "")
        return (
            text in f"{each.line.name} {each.line.organisation.ods_code}".casefold()
            and (not state or each.state == state or (state == "for_you" and each.for_you))
            and (not of or str(each.line.share_id) == of)
        )

    @property
    def is_narrowed(self) -> bool:
        return any(self.wanted.values())

    @property
    def counted(self) -> str:
        return counted(self.standings, self.you)

    @property
    def you(self) -> str:
        """For whom it waits, to the reader."""
        return you(self.acting)

    @property
    def counts(self) -> list[tuple[str, str]]:
        """Each state that there is, with how many and its query."""
        found = Counter(each.state for each in self.standings)
        words = [(f"?state={key}", f"{STATES[key][0]} ({found[key]})") for key in STATES
                 if found[key]]  # fmt: skip
        if waits := sum(each.for_you for each in self.standings):
            words.insert(0, ("?state=for_you", f"Waits for {self.you} ({waits})"))
        return words

    @property
    def many_commissioners(self) -> bool:
        return len({each.line.share_id for each in self.standings}) > 1

    @property
    def asked(self) -> IssueShare | None:
        """The reader's share, where it has still to say whether it takes part."""
        return self.own if self.own and self.own.state == IssueShare.State.ASKED else None

    @property
    def answers(self) -> Iterator[str]:
        """What other commissioners said, to who sends it."""
        for share in self.shares:
            if share == self.own or not self.is_sender:
                continue
            name = share.organisation.name
            if share.state == IssueShare.State.ASKED:
                yield f"{name} has not said yet whether it takes part."
            elif share.state == IssueShare.State.REFUSED:
                yield f"{name} takes no part: {share.refused_because}"

    # --- One line

    def link_of(self, each: LineStanding) -> str:
        """The agreement, where the reader is a party to it."""
        line = each.line
        mine = self.own is not None and line.share_id == self.own.pk
        return (
            reverse("agreements:agreement", args=[line.made.reference])
            if (mine and line.agreement)
            else ""
        )

    def links_of(self, each: LineStanding) -> Iterator[Link]:
        line = each.line
        if not (self.is_manager and self.own and line.share_id == self.own.pk):
            return
        if each.state == "opting_out":
            yield Link("Confirm or correct", self.url("group_opt_out_answer", line.pk),
                       f"that {line.name} opted out")  # fmt: skip
        elif each.state in WAITING or each.state == "declined_link":
            yield Link("Record that it opted out", self.url("group_opt_out", line.pk), line.name)
        if (asked := self._asked_there.get(line.agreement_id)) and line.agreement:
            yield Link(
                "Record its signature on paper",
                reverse("agreements:paper", args=[line.made.reference, asked]),
                line.name,
            )

    @cached_property
    def _asked_there(self) -> dict[int | None, int]:
        """Agreement id -> the signature that whoever got it is asked for (one query)."""
        asked = SignatureRequest.objects.filter(
            party__agreement__issue_line__share=self.own, party__told_daily=False,
            state__in=STILL_ASKED,
        )  # fmt: skip
        return dict(asked.values_list("party__agreement", "pk"))

    def tag_of(self, each: LineStanding) -> Tag:
        return each.tag
