"""How the pages of groups get at what their address names: through the wall or not at all."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from agreements.groups.services.preparing import require_not_sent
from agreements.models import Issue, IssueLine, IssueShare
from jobs.models import Job
from parties.acting import acting_of
from parties.models.organisations import name_today, with_name


def issue_of(request: HttpRequest, key: UUID) -> Issue:
    """The group with this key. Raises Http404 for one that is not theirs to see."""
    seen = Issue.objects.visible_to(acting_of(request)).annotate(called=name_today("organisation"))
    rows = seen.select_related("template_version__template", "organisation")
    found: Issue = with_name(get_object_or_404(rows, key=key), "organisation")
    return found


def preparing_of(request: HttpRequest, key: UUID) -> Issue:
    """The same of one's own: another organisation changes nothing of it."""
    issue = issue_of(request, key)
    if issue.organisation_id != acting_of(request).organisation_id:
        raise Http404
    return issue


def open_to_change(request: HttpRequest, key: UUID) -> Issue:
    """The same, while what it says may be changed. Raises Refused once it is sent."""
    issue = preparing_of(request, key)
    require_not_sent(issue)
    return issue


def share_of(request: HttpRequest, key: UUID) -> IssueShare:
    """What the reader's own organisation has in the group. Raises Http404 where that is nothing."""
    acting = acting_of(request)
    seen = IssueShare.objects.visible_to(acting).filter(organisation=acting.organisation_id)
    return get_object_or_404(seen.select_related("issue", "organisation"), issue__key=key)


def line_of(request: HttpRequest, key: UUID, pk: int) -> IssueLine:
    """A line of the reader's own share."""
    share = share_of(request, key)
    seen = IssueLine.objects.visible_to(acting_of(request)).filter(share=share)
    rows = seen.select_related("agreement", "share", "organisation", "issue")
    return get_object_or_404(rows, pk=pk)


def job_of(request: HttpRequest, issue: Issue, job: UUID) -> Job:
    """A background job of this group, begun for the reader's organisation."""
    seen = Job.objects.visible_to(acting_of(request)).select_related("file")
    found = get_object_or_404(seen, key=job)
    shares = issue.shares.values_list("pk", flat=True)
    if found.context.get("issue") != issue.pk and found.context.get("share") not in set(shares):
        raise Http404
    return found
