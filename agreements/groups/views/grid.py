"""The page of a group, and what is done there for all of one's own agreements at once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from agreements.core.choices import signatories_of
from agreements.groups.forms.doing import AnswerForm, CoveringForm, SignatoryForm
from agreements.groups.pages.doing import JOBS
from agreements.groups.pages.frame import GroupFrame, way_to
from agreements.groups.pages.grid import GroupPage
from agreements.groups.pages.preparing import PreparingPage
from agreements.groups.services import deciding, reaching, sending, zipping
from agreements.groups.summaries import in_short
from agreements.groups.views.preparing import page_of
from agreements.groups.views.reached import issue_of, job_of, share_of
from agreements.models import Issue
from agreements.templates.pages.text import TemplateText
from documents.storage import download
from jobs.models import Job
from jobs.progress import Progress
from jobs.services import try_again
from parties.acting import acting_of
from parties.who import DRAFTERS, MANAGERS
from web.carrying_out import act_at_once, posted, save_form, tried
from web.paging import LongList

GROUPS_A_PAGE = 20


def groups(request: HttpRequest) -> HttpResponse:
    """All groups of the reader's organisation, the newest first."""
    acting = acting_of(request)
    seen = Issue.objects.visible_to(acting).order_by("-created_at", "-pk")
    page: Any = LongList(seen, GROUPS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "pages": page,
        "groups": in_short(list(page.object_list), acting),
        "may_begin": DRAFTERS.includes(acting),
        "way": way_to()[:-1],
    }
    return render(request, "agreements/groups.jinja", context)


def group(request: HttpRequest, key: UUID) -> HttpResponse:
    """What will be made; once it is sent, how each line stands."""
    issue, acting = issue_of(request, key), acting_of(request)
    if not issue.is_sent:
        page = PreparingPage(issue, acting)
        return render(request, "agreements/group_preparing.jinja", {"page": page})
    grid = GroupPage(issue, acting, request.GET)
    return render(request, "agreements/group.jinja", {"page": grid})


def answer(request: HttpRequest, key: UUID) -> HttpResponse:
    """Whether one's own organisation takes part in what another sends."""
    share, acting = share_of(request, key), acting_of(request)

    def act(takes_part: str, because: str = "") -> bool:
        yes = takes_part == "yes"
        sending.answer(by=acting, share=share, takes_part=yes, because=because)
        return yes

    return save_form(
        request,
        posted(request, AnswerForm),
        act,
        done=lambda yes: "Your agreements are being made." if yes else "Your answer is recorded.",
        to=page_of(share.issue),
        template="agreements/group_answer.jinja",
        page=GroupFrame(share.issue, acting),
        text=TemplateText(share.issue.template_version, acting),
        number=share.lines.count(),
        way=way_to(share.issue),
    )


def decision(request: HttpRequest, key: UUID) -> HttpResponse:
    """One approval, which covers all of one's own."""
    share, acting = share_of(request, key), acting_of(request)
    return save_form(
        request,
        posted(request, CoveringForm),
        lambda **said: deciding.approve_all(by=acting, share=share, **said),
        done=lambda _: "The approval is recorded for each of your agreements in turn.",
        to=page_of(share.issue),
        leads_to=lambda job: _page_of_job(share.issue, job),
        title="Record one approval for all",
        caption=share.issue.title,
        lead="It is recorded for every version of yours that has its number. Versions that get "
        "theirs later are covered too.",
        button="Record the approval",
        way=way_to(share.issue),
    )


def signatory(request: HttpRequest, key: UUID) -> HttpResponse:
    """Who signs for one's own organisation, under all that is approved."""
    share, acting = share_of(request, key), acting_of(request)
    people = signatories_of(share.organisation)
    return save_form(
        request,
        SignatoryForm(request.POST or None, people=people),
        lambda person: deciding.ask_all(by=acting, share=share, person=person),
        done=lambda _: "They are asked for each of your agreements in turn.",
        to=page_of(share.issue),
        leads_to=lambda job: _page_of_job(share.issue, job),
        title="Ask your signatory to sign",
        caption=share.issue.title,
        lead="They get one e-mail for all of them, not one for each.",
        button="Ask for the signatures",
        way=way_to(share.issue),
    )


def number(request: HttpRequest, key: UUID) -> HttpResponse:
    share, acting = share_of(request, key), acting_of(request)
    return _begun(request, share.issue, lambda: deciding.number_all(by=acting, share=share))


def zip_all(request: HttpRequest, key: UUID) -> HttpResponse:
    issue, acting = issue_of(request, key), acting_of(request)
    return _begun(request, issue, lambda: zipping.begin_zip(by=acting, issue=issue))


def _begun(request: HttpRequest, issue: Issue, begin: Any) -> HttpResponse:
    job: Job | None = tried(request, begin)
    return redirect(_page_of_job(issue, job) if job else page_of(issue))


def chase(request: HttpRequest, key: UUID) -> HttpResponse:
    """Reminds all that wait, once a day."""
    share, acting = share_of(request, key), acting_of(request)
    return _begun(request, share.issue, lambda: reaching.chase_all(by=acting, share=share))


def by_link(request: HttpRequest, key: UUID) -> HttpResponse:
    """Asks those who have nobody here to sign by a link to a checked address."""
    share, acting = share_of(request, key), acting_of(request)
    return _begun(request, share.issue, lambda: reaching.ask_by_links(by=acting, share=share))


def job_page(request: HttpRequest, key: UUID, job: UUID) -> HttpResponse:
    """How far a background job is. The page may be left, and opened again."""
    issue = issue_of(request, key)
    found = job_of(request, issue, job)
    context = {
        "issue": issue,
        "progress": Progress(found, "agreement"),
        "what": JOBS[found.kind],
        "subjects": _subjects(issue, found),
        "may_try": MANAGERS.includes(acting_of(request)),
        "way": way_to(issue),
    }
    return render(request, "agreements/group_job.jinja", context)


def _subjects(issue: Issue, job: Job) -> dict[str, str]:
    """What each row with a problem is about, by name."""
    # Of a signature the line stands before the request for it.
    wanted = {row.subject: row.subject.split(":")[0] for row in Progress(job, "").problems}
    lines = [pk for pk in wanted.values() if pk]
    rows = issue.lines.filter(pk__in=lines).select_related("organisation")
    names = {str(line.pk): line.organisation.name
             for line in rows.prefetch_related("organisation__names")}  # fmt: skip
    return {subject: names[pk] for subject, pk in wanted.items() if pk}


def job_again(request: HttpRequest, key: UUID, job: UUID) -> HttpResponse:
    issue = issue_of(request, key)
    found = job_of(request, issue, job)
    return act_at_once(
        request,
        lambda: try_again(job=found),
        done="What could not be done is tried again.",
        to=_page_of_job(issue, found),
    )


def job_file(request: HttpRequest, key: UUID, job: UUID) -> HttpResponse:
    """What came of it. Raises Http404 while it is not there."""
    found = job_of(request, issue_of(request, key), job)
    if found.file is None:
        raise Http404
    return download(found.file, name=found.file.name)


def _page_of_job(issue: Issue, job: Job) -> str:
    return reverse("agreements:group_job", args=[issue.key, job.key])
