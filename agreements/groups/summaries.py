"""A group as one line of a list: how many are signed, and how many wait for the reader."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.urls import reverse

from agreements.groups.facts import OF_OURS
from agreements.groups.standing import figures, you
from agreements.models import Issue, IssueLine, IssueShare, SignatureRequest, Version
from deadlines.models import Holder
from house.asked_together import Asking, ask_alone
from house.once import each_once
from nhsuk.components import Tag
from nhsuk.words import plural
from parties.acting import Acting
from parties.models import Role
from parties.models.organisations import name_today, with_name

# The newest; all of them stand on a page of their own.
MOST = 6


@dataclass(frozen=True)
class GroupInShort:
    """`lines` are those that the reader may see."""

    issue: Issue
    lines: int = 0
    signed: int = 0
    for_you: int = 0
    ended: int = 0
    whom: str = "you"

    @property
    def url(self) -> str:
        return reverse("agreements:group", args=[self.issue.key])

    @property
    def sentence(self) -> str:
        """ "41 of 48 signed; 5 wait for you"."""
        if not self.issue.is_sent:
            return f"Being prepared: {plural(self.lines, 'organisation')} so far"
        return figures(
            self.lines, signed=self.signed, ended=self.ended, for_you=self.for_you, whom=self.whom
        )

    @property
    def tag(self) -> Tag:
        if not self.issue.is_sent:
            return Tag("Being prepared", "grey")
        if self.signed + self.ended == self.lines:
            return Tag("All answered", "green")
        return Tag("Under way", "blue")


def groups_of(acting: Acting) -> list[GroupInShort]:
    """The newest groups that the reader sees, in short (two queries, for any number)."""
    return in_short(newest(acting), acting)


def in_short(issues: Sequence[Issue], acting: Acting) -> list[GroupInShort]:
    if not issues:
        return []
    counts = _counts(issues, acting)
    return [counts.get(issue.pk) or GroupInShort(issue) for issue in issues]


def newest(acting: Acting) -> list[Issue]:
    """The newest groups that the reader sees, with their senders; `answer` is how the reader's own
    organisation answered, empty where it has no part; `to_sign` how many agreements wait for the
    reader's own signature (one query a page)."""
    return _newest([acting])[acting]


def asking_newest(acting: Acting) -> Asking[list[Issue]]:
    """The same for a page that asks all rooms."""
    [rows] = yield [_newest_rows(acting)]
    found = [with_name(row, "organisation") for row in rows]
    _newest.brought({acting: found})
    return found


@each_once(Issue, IssueShare, SignatureRequest)
def _newest(each: Collection[Acting]) -> dict[Acting, list[Issue]]:
    return {acting: ask_alone(asking_newest(acting)) for acting in each}


def _newest_rows(acting: Acting) -> QuerySet[Issue]:
    own = IssueShare.objects.filter(issue=OuterRef("pk"), organisation=acting.organisation_id or 0)
    seen = Issue.objects.visible_to(acting).select_related("organisation")
    rows = seen.annotate(
        answer=Subquery(own.values("state")[:1]),
        called=name_today("organisation"),
        to_sign=_to_sign(acting),
    )
    return rows.order_by("-created_at", "-pk")[:MOST]


def _to_sign(acting: Acting) -> Any:
    """Of an issue how many signatures the reader, a signatory, is asked for."""
    if not acting.has(Role.SIGNATORY):
        return Value(0)
    asked = SignatureRequest.objects.filter(
        person=acting.who.person_id or 0, state=SignatureRequest.State.ASKED,
        version__state=Version.State.OUT_FOR_SIGNATURE, party__told_daily=True,
        party__agreement__issue_line__issue=OuterRef("pk"),
        party__agreement__issue_line__share__organisation=acting.organisation_id or 0,
    )  # fmt: skip
    of_issue = asked.order_by().values("party__agreement__issue_line__issue")
    return Subquery(of_issue.annotate(number=Count("pk")).values("number"))


def _counts(issues: Sequence[Issue], acting: Acting) -> dict[int, GroupInShort]:
    lines = IssueLine.objects.visible_to(acting).filter(issue__in=issues)
    rows = lines.annotate(is_signed=_signed(), is_for_you=_for_you(acting)).order_by()
    ended = Q(end="declined") | Q(end="opted_out", end_confirmed_at__isnull=False)
    found = rows.values("issue").annotate(
        lines=Count("pk"),
        signed=Count("pk", filter=Q(is_signed=True)),
        waiting=Count("pk", filter=Q(is_for_you=True)),
        ended=Count("pk", filter=ended),
    )
    of = {issue.pk: issue for issue in issues}
    return {
        row["issue"]: GroupInShort(
            of[row["issue"]],
            row["lines"],
            row["signed"],
            row["waiting"],
            row["ended"],
            you(acting),
        )
        for row in found
    }


def _signed() -> ExpressionWrapper[Any]:
    """All signatures of whoever gets it are given, or the agreement is in force."""
    theirs = SignatureRequest.objects.filter(
        party__agreement=OuterRef("agreement"), party__slot=OuterRef("issue__slot")
    ).newest()
    given = Exists(theirs.filter(state="signed")) & ~Exists(theirs.exclude(state="signed"))
    signed = given | Q(agreement__in_force_version__isnull=False)
    return ExpressionWrapper(signed, output_field=BooleanField())


def _for_you(acting: Acting) -> Exists:
    """Something of the agreement waits for the reader's organisation."""
    held = Holder.objects.filter(
        organisation=acting.organisation_id or 0, is_open=True, watches=False,
        deadline__kind__in=OF_OURS,
        deadline__concerned__reference=OuterRef("agreement__reference"),
    )  # fmt: skip
    return Exists(held)
