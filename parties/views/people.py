"""Pages on which an organisation's administrator looks after its people."""

from __future__ import annotations

from functools import partial

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from house import clock
from nhsuk.dates import day
from parties.acting import acting_of
from parties.forms.people import (
    LastDayForm,
    NewPersonForm,
    PersonForm,
    PostForm,
    RolesForm,
)
from parties.holdings import holdings_of
from parties.presenters import absences_of, labels_of
from parties.queries import open_invitations
from parties.services.correcting import change_person
from parties.services.enrolling import enrol
from parties.services.inviting import invite_person
from parties.services.people import add_post, end_post
from parties.services.roles import set_roles
from parties.views.common import back_to, own_organisation, own_person, steps
from web.carrying_out import posted, save_form

# Somebody may leave, come back, and leave.
MOST_DEPARTURES = 5


def add(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = own_organisation(request, pk)
    return save_form(
        request,
        posted(request, NewPersonForm),
        partial(enrol, by=acting_of(request), organisation=organisation),
        done=lambda enrolled: enrolled.sentence,
        title="Add a person",
        caption=organisation.name,
        button="Add",
        **back_to(organisation),
    )


def person(request: HttpRequest, pk: int, person_pk: int) -> HttpResponse:
    organisation, shown = own_person(request, pk, person_pk)
    held = organisation.memberships.filter(user__person=shown)
    memberships = list(held.select_related("user").order_by("role"))
    member = memberships[0].user if memberships else None
    invited = [each for each in open_invitations(organisation) if each.person == shown]
    context = {
        "organisation": organisation,
        "person": shown,
        "member": member,
        "invited": invited,
        "invited_as": labels_of(invited[0].roles) if invited else "",
        "posts": shown.posts.filter(organisation=organisation).order_by("starts_on"),
        "roles": [each.get_role_display() for each in memberships if each.is_current],
        "holdings": holdings_of(shown, organisation),
        "departures": shown.departures.filter(organisation=organisation)[:MOST_DEPARTURES],
        "away": absences_of(
            shown.absences.filter(Q(organisation=organisation) | Q(organisation=None))
        ),
        "way": steps(organisation),
    }
    return render(request, "parties/person.jinja", context)


def edit(request: HttpRequest, pk: int, person_pk: int) -> HttpResponse:
    organisation, shown = own_person(request, pk, person_pk)
    initial = {"name": shown.name, "email": shown.email}
    return save_form(
        request,
        posted(request, PersonForm, initial=initial),
        partial(change_person, by=acting_of(request), organisation=organisation, person=shown),
        done=lambda _: "The name and address were saved.",
        title=f"Name and e-mail address of {shown.name}",
        **back_to(organisation, shown),
    )


def post_add(request: HttpRequest, pk: int, person_pk: int) -> HttpResponse:
    organisation, shown = own_person(request, pk, person_pk)
    return save_form(
        request,
        posted(request, PostForm),
        partial(add_post, by=acting_of(request), organisation=organisation, person=shown),
        done=lambda post: f"{shown.name} is {post.title} from {day(post.starts_on)}.",
        title=f"Add a post for {shown.name}",
        **back_to(organisation, shown),
    )


def post_end(request: HttpRequest, pk: int, person_pk: int, post_pk: int) -> HttpResponse:
    organisation, shown = own_person(request, pk, person_pk)
    posts = shown.posts.filter(organisation=organisation, ends_on=None)
    post = get_object_or_404(posts, pk=post_pk)
    return save_form(
        request,
        posted(request, LastDayForm, initial={"last_day": clock.today()}),
        partial(end_post, by=acting_of(request), post=post),
        done=lambda _: f"The post {post.title} of {shown.name} has its last day.",
        title=f"End the post {post.title}",
        caption=shown.name,
        button="End the post",
        warning=True,
        **back_to(organisation, shown),
    )


def roles(request: HttpRequest, pk: int, person_pk: int) -> HttpResponse:
    """Changes the roles of somebody who has or had one here."""
    organisation, shown = own_person(request, pk, person_pk)
    here = organisation.memberships.filter(user__person=shown).select_related("user__person")
    member = here.first()
    if member is None:
        raise Http404
    held = list(here.current().values_list("role", flat=True))
    return save_form(
        request,
        posted(request, RolesForm, initial={"roles": held}),
        partial(set_roles, by=acting_of(request), organisation=organisation, user=member.user),
        done=lambda _: f"The roles of {shown.name} were saved. They hold at once.",
        title=f"Roles of {shown.name}",
        lead="What you give or take holds at once.",
        **back_to(organisation, shown),
    )


def invite(request: HttpRequest, pk: int, person_pk: int) -> HttpResponse:
    """Invites somebody who has no role here yet; they may have an account or not."""
    organisation, shown = own_person(request, pk, person_pk)
    return save_form(
        request,
        posted(request, RolesForm),
        partial(invite_person, by=acting_of(request), organisation=organisation, person=shown),
        done=lambda _: f"We invited {shown.name}.\nThe e-mail goes to {shown.email}.",
        title=f"Invite {shown.name}",
        lead="They get the roles when they accept.",
        button="Invite",
        **back_to(organisation, shown),
    )
