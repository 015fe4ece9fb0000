"""What the pages of one group share: who reads it, and what they are in it."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.urls import reverse

from agreements.groups.standing import (
    lines_of,
)
from agreements.models import Issue, IssueLine, IssueShare
from parties.acting import Acting
from parties.models import Role
from parties.models.organisations import name_today, with_name
from parties.who import DRAFTERS
from web.way import Steps


def way_to(issue: Issue | None = None) -> Steps:
    way = [
        ("Home", reverse("home")),
        ("Agreements", reverse("agreements:list")),
        ("Sent to groups", reverse("agreements:groups")),
    ]
    return [*way, (issue.title, reverse("agreements:group", args=[issue.key]))] if issue else way


class GroupFrame:
    """A group for one reader: what it is, and what the reader is in it."""

    def __init__(self, issue: Issue, acting: Acting) -> None:
        self.issue, self.acting = issue, acting
        self.version = issue.template_version
        self.is_sender = issue.organisation_id == acting.organisation_id
        self.may_draft = DRAFTERS.includes(acting)
        self.is_manager = acting.has(Role.MANAGER)
        self.way = way_to(issue)

    @cached_property
    def shares(self) -> list[IssueShare]:
        """Those that the reader sees, with the names of their organisations."""
        seen = IssueShare.objects.visible_to(self.acting).filter(issue=self.issue)
        rows = seen.select_related("organisation", "job").prefetch_related("decisions__recorded_by")
        found = rows.annotate(called=name_today("organisation")).order_by("pk")
        shares: list[IssueShare] = [with_name(row, "organisation") for row in found]
        for share in shares:
            share.issue = self.issue
        return shares

    @cached_property
    def own(self) -> IssueShare | None:
        """What the reader's organisation has in it."""
        mine = self.acting.organisation_id
        return next((each for each in self.shares if each.organisation_id == mine), None)

    @cached_property
    def lines(self) -> list[IssueLine]:
        seen = IssueLine.objects.visible_to(self.acting).filter(issue=self.issue)
        if self.is_sender:
            return lines_of(seen)
        return lines_of(seen.filter(share=self.own))

    @property
    def fixed(self) -> str:
        if self.issue.text_is_fixed:
            return "The text is fixed: it is the same for all, and nobody changes it."
        return "Each may negotiate: each gets a draft of its own."

    def url(self, name: str, *more: Any) -> str:
        return reverse(f"agreements:{name}", args=[self.issue.key, *more])
