"""Templates of an organisation whose place another took (X07)."""

from __future__ import annotations

from agreements.models import Template, TemplateShare
from house import clock
from parties.acting import Acting
from parties.models import Succession


def take_over(succession: Succession, by: Acting) -> None:
    """The successor keeps them from now on, and may use what was shared with the old one."""
    old, new = succession.old, succession.new
    own = set(Template.objects.filter(organisation=new).values_list("key", flat=True))
    for each in Template.objects.filter(organisation=old).select_for_update(no_key=True):
        each.organisation = new
        if each.key in own:
            each.key = f"{each.key[:60]}-{old.pk}"
        each.save(update_fields=["organisation", "key"])
    has = TemplateShare.objects.current().filter(organisation=new).values("template")
    shared = TemplateShare.objects.current().filter(organisation=old).exclude(template__in=has)
    for share in shared.exclude(template__organisation=new):
        TemplateShare.objects.create(
            template=share.template, organisation=new, shared_by=by.who, shared_at=clock.now()
        )
