"""Whoever may use another's template is told once of what becomes of its versions."""

from __future__ import annotations

from agreements.models import TemplateVersion
from agreements.templates.services.sharing import shares_of
from mail.services import delivery, queue_all
from parties.models import Membership, Role


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
