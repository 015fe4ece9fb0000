"""Who may edit a template: the MoU managers of its organisation, and whomever they let in."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet

from agreements.models import EDIT_TEMPLATE, Template
from audit.services import record
from house import clock
from house.grants import grant, take_back
from house.lifecycle import lock
from house.refusals import NotYours, Refused
from mail.services import queue_mail
from parties.acting import Acting
from parties.models import Membership, Role, User


def let_edit(*, by: Acting, template: Template, user: User) -> None:
    """Lets one person edit this template, of whatever organisation they are, and tells them."""
    require_own(by, template)
    with transaction.atomic():
        # Locked: two managers who let the same person in at once do it once.
        current = lock(template)
        if user.pk in {editor.pk for editor in [*keepers_of(current), *let_in(current)]}:
            raise Refused(f"{user} may edit this template already.", field="email")
        grant(user=user, permission=EDIT_TEMPLATE, to=current)
        record(by, "template_grant", current, user=user.pk)
        queue_mail(
            kind="template_let_in",
            address=user.email,
            organisation_id=current.organisation_id,
            context={"template": current.pk, "user": user.pk},
            dedupe=f"template_let_in:{current.pk}:{user.pk}:{clock.now().isoformat()}",
        )


def stop_letting_edit(*, by: Acting, template: Template, user: User) -> None:
    require_own(by, template)
    with transaction.atomic():
        current = lock(template)
        if not let_in(current).filter(pk=user.pk).exists():
            raise Refused(f"{user} was not let in, or somebody stopped it already.")
        take_back(user=user, permission=EDIT_TEMPLATE, to=current)
        record(by, "template_grant_ended", current, user=user.pk)


def may_edit(acting: Acting, template: Template) -> bool:
    """Its organisation's MoU managers may, and whoever was let in."""
    if template.organisation_id == acting.organisation_id and acting.has(Role.MANAGER):
        return True
    return let_in(template).filter(pk=acting.user.pk or 0).exists()


def keepers_of(template: Template) -> QuerySet[User]:
    """The MoU managers of the organisation that keeps it, by name."""
    held = Membership.objects.current().filter(
        organisation=template.organisation_id, role=Role.MANAGER, user__is_active=True
    )
    return _by_name(User.objects.filter(pk__in=held.values("user")))


def let_in(template: Template) -> QuerySet[User]:
    """Those whom its keepers let edit it, by name."""
    grants = template.grants.filter(permission__codename=EDIT_TEMPLATE)
    return _by_name(User.objects.filter(pk__in=grants.values("user")))


def require_manager(by: Acting) -> None:
    if not by.has(Role.MANAGER):
        raise NotYours("Only an MoU manager may do this.")


def require_own(by: Acting, template: Template) -> None:
    require_manager(by)
    if template.organisation_id != by.organisation_id:
        raise NotYours("Only the organisation that keeps this template may let people in.")


def require_right(by: Acting, template: Template) -> None:
    if not may_edit(by, template):
        raise NotYours("Only the MoU managers of the organisation that keeps it may change it.")


def _by_name(users: QuerySet[User]) -> QuerySet[User]:
    return users.select_related("person").order_by("person__name", "email")
