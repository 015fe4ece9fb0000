"""The news of a group in the day's e-mail: one line a group, however much happened."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Final

from django.conf import settings

from agreements.groups.summaries import in_short
from agreements.models import Change, IssueNews, IssueShare, SignatureRequest
from house.once import each_once
from mail.kinds import MailEntry
from nhsuk.words import and_list
from parties.acting import Acting, acting_for
from parties.models import User

# What people are told of, in this order; the rest is "changed".
SAID: Final = {
    "takes_no_part": "declined",
    "declined": "declined to sign",
    "asked_about_text": "asked a question",
    "opted_out": "opted out",
    "not_ready": "not ready to sign",
    "signed": "signed",
    "signature_withdrawn": "withdrew a signature",
    "in_force": "in force",
    "decided": "recorded a decision",
    "contact_named": "named a contact",
    "contact_named_by_link": "named a contact by a link",
    "paper_recorded": "recorded a signature on paper",
    "notice_given": "gave notice",
    "change_opened": "recorded a change",
    "change_accepted": "accepted a change",
    "change_refused": "did not accept a change",
    "change_withdrawn": "withdrew a change",
    "party_left": "left",
    "end_passed": "past its end",
    "ended": "ended",
}
NOTICES: Final = {kind.label for kind in (Change.Kind.WITHDRAWAL, Change.Kind.NOT_EXTENDING)}
MORE: Final = "with other news"
# What one's own side did about the signatures that it asks for.
ASKED: Final = frozenset({"signature_asked", "turn_came"})
OWN: Final = "own"


def day_news(person: int, day: date) -> Iterator[MailEntry]:
    """A line for each group of the person's organisations of which there is news on that day."""
    if not _has_news([day])[day]:
        return
    user = User.objects.filter(person=person, is_active=True).first()
    if user is None:
        return
    acting = {each.pk: acting_for(user, each.pk) for each in acting_for(user).choices}
    news = IssueNews.objects.filter(day=day, share__organisation__in=acting)
    verbs: dict[int, list[str]] = defaultdict(list)
    sides = ("share__organisation", "happening__organisation")
    rows = news.values_list("share", "happening__verb", "happening__data__what", *sides)
    for pk, verb, what, own, of in rows.order_by("pk"):
        said = "notice_given" if verb == "change_opened" and what in NOTICES else verb
        verbs[pk].append(OWN if own == of and verb not in ASKED else said)
    shares = IssueShare.objects.filter(pk__in=verbs).select_related("issue", "organisation")
    for share in shares.order_by("pk"):
        yield _entry(share, verbs[share.pk], acting[share.organisation_id])


@each_once(IssueNews)
def _has_news(days: Collection[date]) -> dict[date, bool]:
    """Whether there is any of that day at all: most e-mails of most days have none."""
    found = set(IssueNews.objects.filter(day__in=days).values_list("day", flat=True).distinct())
    return {day: day in found for day in days}


def _entry(share: IssueShare, verbs: Iterable[str], acting: Acting) -> MailEntry:
    short = in_short([share.issue], acting)[0]
    sign = _to_sign(share, acting)
    asked = f" {sign} wait for your signature." if sign > 1 else ""
    asked = " 1 waits for your signature." if sign == 1 else asked
    text = f"{share.issue.title}{in_words(verbs)}. In all {short.sentence}.{asked}"
    return MailEntry(text, f"{settings.SITE_URL}{short.url}")


def in_words(verbs: Iterable[str]) -> str:
    """What follows the group's title; whose acts are counted stands before them: "By others since
    the last e-mail: 2 declined and 12 signed". Nobody is told here of what their own side did."""
    done = list(verbs)
    counts = Counter(SAID.get(verb, MORE) for verb in done if verb not in {*ASKED, OWN})
    said = [f"{counts[word]} {word}" for word in (*SAID.values(), MORE) if counts[word]]
    if not said:
        is_new = not done or not ASKED.isdisjoint(done)
        return ": new signatures are asked for" if is_new else ": what is asked of you changed"
    return (
        f". By others since the last e-mail: {and_list(said)}. What your own organisation did is "
        "left out"
    )


def _to_sign(share: IssueShare, acting: Acting) -> int:
    asked = SignatureRequest.objects.filter(
        party__agreement__issue_line__share=share, person=acting.who.person_id,
        state__in=["asked", "not_ready"],
    )  # fmt: skip
    return asked.count()
