"""Groups: what stands of them on Home, in the day's e-mail and in the history of an agreement."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from django.db.models import Q
from django.urls import reverse

from agreements.groups.digest import day_news
from agreements.groups.services.taking_over import take_over
from agreements.groups.summaries import GroupInShort, asking_newest, groups_of
from agreements.models import Issue, IssueShare
from house.answers import AgreementRow, PassingOn, Todo
from house.asked_together import Asking
from house.room import Room
from house.rooms import register
from mail.kinds import MailEntry
from nhsuk.words import plural
from parties.acting import Acting
from parties.models import Organisation, Role, Succession


class GroupsRoom(Room):
    name = "agreements.groups"

    def asking_todo(self, acting: Acting) -> Asking[Sequence[Todo]]:
        """Whether the organisation takes part in what another sends; what its signatory can sign
        on one page."""
        if not acting.has(Role.MANAGER, Role.SIGNATORY):
            return ()
        issues = yield from asking_newest(acting)
        asked = [issue for issue in issues if acting.has(Role.MANAGER) and _is_asked(issue)]
        sign = [_to_sign(issue) for issue in issues if _number(issue) > 1]
        return [*map(_asked, asked), *sign]

    def my_agreements(self, acting: Acting) -> Sequence[AgreementRow]:
        """Each group as one line."""
        if acting.organisation is None:
            return ()
        return [_row(group) for group in groups_of(acting) if group.issue.is_sent]

    def to_pass_on(
        self, old: Organisation, agreements: Collection[int], *, full: bool
    ) -> list[PassingOn]:
        own = Q(organisation=old) | Q(shares__organisation=old)
        found = Issue.objects.filter(own).distinct().count()
        stays = "" if full else "they stay with who sends them"
        return [PassingOn("group", "groups", found, stays)]

    def succeed_beside(self, succession: Succession, by: Acting) -> None:
        take_over(succession)

    def day_news(self, person: int, day: date) -> Sequence[MailEntry]:
        return list(day_news(person, day))


def _is_asked(issue: Issue) -> bool:
    return issue.is_sent and getattr(issue, "answer", None) == IssueShare.State.ASKED


def _asked(issue: Issue) -> Todo:
    return Todo(
        sentence=f"Say whether you take part in “{issue.title}”",
        about=f"Sent by {issue.organisation}",
        url=GroupInShort(issue).url,
        button="Read it and answer",
        since=issue.sent_at,
    )


def _number(issue: Issue) -> int:
    """How many of its agreements wait for the reader's signature."""
    return getattr(issue, "to_sign", None) or 0


def _to_sign(issue: Issue) -> Todo:
    number = plural(_number(issue), "agreement")
    return Todo(
        sentence=f"Sign {number} of “{issue.title}” on one page",
        about="One text, one name, one password",
        url=reverse("agreements:group_sign", args=[issue.key]),
        button="Read and sign",
        since=issue.sent_at,
    )


def _row(group: GroupInShort) -> AgreementRow:
    return AgreementRow(
        reference=f"group-{group.issue.pk}",
        title=f"{group.issue.title}, {plural(group.lines, 'organisation')}",
        url=group.url,
        state_tag=group.tag,
        next_date=group.sentence,
    )


register(GroupsRoom())
