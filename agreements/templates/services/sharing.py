"""Sharing a template with another organisation, to use: it starts agreements from it, no more, and
is told once of what becomes of its versions."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet

from agreements.models import Template, TemplateShare, TemplateVersion
from agreements.templates.services.people import require_own
from audit.services import record
from house import clock
from house.lifecycle import lock
from house.refusals import Refused
from mail.services import delivery, queue_all, queue_mail
from parties.acting import Acting
from parties.models import Membership, Organisation, Role, User


def share_template(*, by: Acting, template: Template, organisation: Organisation) -> int:
    """From now on the organisation may start agreements from it. Tells its MoU managers; how many.

    Raises Refused where it may already.
    """
    require_own(by, template)
    if organisation.pk == template.organisation_id:
        raise Refused(
            "Your organisation keeps this template, so it may use it already.", field="organisation"
        )
    with transaction.atomic():
        # Locked: two managers who share it with the same organisation do it once.
        current = lock(template)
        if shares_of(current).filter(organisation=organisation).exists():
            raise Refused(
                f"{organisation.name} may use this template already.", field="organisation"
            )
        share = TemplateShare.objects.create(
            template=current, organisation=organisation, shared_by=by.who, shared_at=clock.now()
        )
        record(by, "template_shared", current, organisation=organisation.pk)
        return _tell_managers(share)


def stop_sharing(*, by: Acting, template: Template, organisation: Organisation) -> None:
    """The organisation is offered it no more; agreements that it made stay as they are."""
    require_own(by, template)
    with transaction.atomic():
        current = lock(template)
        share = shares_of(current).filter(organisation=organisation).first()
        if share is None:
            raise Refused("It is not shared with this organisation now.")
        share.ended_at, share.ended_by = clock.now(), by.who
        share.save(update_fields=["ended_at", "ended_by"])
        record(by, "template_share_ended", current, organisation=organisation.pk)


def shares_of(template: Template) -> QuerySet[TemplateShare]:
    """With which organisations it is shared now, the newest first."""
    shares = template.shares.filter(ended_at=None).select_related("organisation")
    return shares.prefetch_related("organisation__names")


def managers_of(organisation: int) -> QuerySet[User]:
    held = Membership.objects.current().filter(
        organisation=organisation, role=Role.MANAGER, user__is_active=True
    )
    return User.objects.filter(pk__in=held.values("user"))


def _tell_managers(share: TemplateShare) -> int:
    managers = managers_of(share.organisation_id)
    for manager in managers:
        queue_mail(
            kind="template_shared",
            address=manager.email,
            organisation_id=share.organisation_id,
            context={"share": share.pk, "user": manager.pk},
            dedupe=f"template_shared:{share.pk}:{manager.pk}",
        )
    return len(managers)


def tell_users(kind: str, version: TemplateVersion) -> None:
    """The MoU managers of each organisation with which it is shared now (two queries, for any)."""
    shares = dict(shares_of(version.template).values_list("organisation", "pk"))
    held = Membership.objects.current().filter(
        organisation__in=shares, role=Role.MANAGER, user__is_active=True
    )
    queue_all(
        delivery(
            kind=kind,
            address=address,
            organisation_id=organisation,
            context={"share": shares[organisation], "version": version.pk, "user": user},
            dedupe=f"{kind}:{version.pk}:{shares[organisation]}:{user}",
        )
        for organisation, user, address in held.values_list(
            "organisation", "user", "user__email"
        ).distinct()
    )
