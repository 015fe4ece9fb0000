"""A group as one line of a list: how many are signed, and how many wait for the reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, F, OuterRef, Q
from django.urls import reverse

from agreements.groups.standing import OF_OURS
from agreements.models import Issue, IssueLine, SignatureRequest
from deadlines.models import Holder
from nhsuk.components import Tag
from nhsuk.words import plural
from parties.acting import Acting

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

    @property
    def url(self) -> str:
        return reverse("agreements:group", args=[self.issue.key])

    @property
    def sentence(self) -> str:
        """ "41 of 48 signed; 5 wait for you"."""
        if not self.issue.is_sent:
            return f"Being prepared: {plural(self.lines, 'organisation')} so far"
        said = [f"{self.signed} of {self.lines} signed"]
        if self.ended:
            said.append(f"{self.ended} take no part" if self.ended > 1 else "1 takes no part")
        if self.for_you:
            said.append(f"{self.for_you} {'waits' if self.for_you == 1 else 'wait'} for you")
        return "; ".join(said)

    @property
    def tag(self) -> Tag:
        if not self.issue.is_sent:
            return Tag("Being prepared", "grey")
        if self.signed + self.ended == self.lines:
            return Tag("All answered", "green")
        return Tag("Under way", "blue")


def groups_of(acting: Acting, most: int = MOST) -> list[GroupInShort]:
    """The newest groups that the reader sees, in short (three queries, for any number)."""
    issues = list(Issue.objects.visible_to(acting).order_by("-created_at", "-pk")[:most])
    return in_short(issues, acting)


def in_short(issues: Sequence[Issue], acting: Acting) -> list[GroupInShort]:
    if not issues:
        return []
    counts, waiting = _counts(issues, acting), _for_you(issues, acting)
    found = []
    for issue in issues:
        lines, signed, ended = counts.get(issue.pk, (0, 0, 0))
        found.append(GroupInShort(issue, lines, signed, waiting.get(issue.pk, 0), ended))
    return found


def _counts(issues: Sequence[Issue], acting: Acting) -> dict[int, tuple[int, int, int]]:
    """Issue -> how many lines it has, how many are signed, how many take no part."""
    lines = IssueLine.objects.visible_to(acting).filter(issue__in=issues)
    of_receiver = SignatureRequest.objects.filter(
        party__agreement=OuterRef("agreement"), party__slot=OuterRef("issue__slot")
    ).exclude(state="void")
    signed = Exists(of_receiver.filter(state="signed")) & ~Exists(
        of_receiver.exclude(state="signed")
    )
    is_signed = ExpressionWrapper(
        signed | Q(agreement__in_force_version__isnull=False), output_field=BooleanField()
    )
    ended = Q(end="declined") | Q(end="opted_out", end_confirmed_at__isnull=False)
    rows = lines.annotate(is_signed=is_signed).order_by().values("issue")
    found = rows.annotate(
        lines=Count("pk"),
        signed=Count("pk", filter=Q(is_signed=True)),
        ended=Count("pk", filter=ended),
    )
    return {row["issue"]: (row["lines"], row["signed"], row["ended"]) for row in found}


def _for_you(issues: Sequence[Issue], acting: Acting) -> dict[int, int]:
    """Issue -> in how many agreements something waits for the reader's organisation."""
    held = Holder.objects.filter(
        organisation=acting.organisation_id or 0, is_open=True, watches=False,
        deadline__kind__in=OF_OURS,
        deadline__concerned__reference=OuterRef("agreement__reference"),
    )  # fmt: skip
    lines = IssueLine.objects.visible_to(acting).filter(Exists(held), issue__in=issues)
    rows = lines.order_by().values(of=F("issue")).annotate(count=Count("pk"))
    return {row["of"]: row["count"] for row in rows}
