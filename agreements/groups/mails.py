"""The e-mails of a sending as a whole, and the one that chases who has not answered."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from agreements.core.letters import AgreementLetter, asker_of
from agreements.models import IssueLine, IssueShare
from mail.kinds import Message, NotNeeded, kind
from nhsuk.dates import day
from nhsuk.words import plural

READ_FIRST = (
    "Read the text and the list. If you take part, the agreements are made in your name. Nothing "
    "is made before you say so."
)


def _share(context: dict[str, Any]) -> IssueShare:
    rows = IssueShare.objects.select_related("issue__organisation", "issue__made_by__person")
    return rows.select_related("organisation", "answered_by__person").get(pk=context["share"])


def _page(share: IssueShare) -> str:
    return f"{settings.SITE_URL}{reverse('agreements:group', args=[share.issue.key])}"


@kind("group_asked", "Asked to take part in a sending to several organisations")
def group_asked(context: dict[str, Any]) -> Message:
    share = _share(context)
    if share.state != IssueShare.State.ASKED:
        raise NotNeeded
    issue, sender = share.issue, share.issue.organisation
    to = plural(share.lines.count(), "organisation")
    return Message(
        subject=f"Say whether you take part: MoU with {to}, {issue.title}",
        heading=f"Say whether you take part: MoU with {to}",
        about=(issue.title,),
        paragraphs=(
            f"{sender} prepared an MoU for {to}, each with {share.organisation} as other party.",
            READ_FIRST,
        ),
        why=f"you are an MoU manager of {share.organisation}.",
        button_text="Read it and answer",
        button_url=_page(share),
        asker=asker_of(issue.made_by, sender),
    )


@kind("group_answered", "What a commissioner answered")
def group_answered(context: dict[str, Any]) -> Message:
    share = _share(context)
    said = "takes part" if share.takes_part else "does not take part"
    what = f"{share.organisation} {said}"
    more = "Its agreements are being made." if share.takes_part else "Its reason is on the page."
    return Message(
        subject=f"{what}: {share.issue.title}",
        heading=what,
        about=(share.issue.title,),
        paragraphs=(f"On {day(share.answered_at)} {what} in what you sent to a group. {more}",),
        why=f"you are an MoU manager of {share.issue.organisation}.",
        button_text="See where it stands",
        button_url=_page(share),
        asker=asker_of(share.answered_by, share.organisation),
    )


@kind("group_chased", "Reminded of an MoU that was sent to several organisations")
def group_chased(context: dict[str, Any]) -> Message:
    rows = IssueLine.objects.select_related("agreement__in_force_version", "issue")
    line = rows.get(pk=context["line"])
    agreement = line.agreement
    if agreement is None or line.end or agreement.is_over or agreement.in_force_version:
        raise NotNeeded
    party = agreement.parties.get(pk=context["party"])
    letter = AgreementLetter(agreement, party, why=context["why"])
    sent = day(line.made_at)
    return letter.message(
        f"answer the MoU sent on {sent}",
        f"On {sent} {letter.others} sent you an MoU and has not had your answer.",
        "Read it, then ask your signatory to sign. If something is not clear, ask. If you do not "
        "want it, decline and say why: then nobody reminds you again.",
        button="Read it and answer",
    )
