"""Finding agreements by what somebody types, among those that their organisation sees."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from agreements.models import Access, OtherParty
from parties.acting import Acting
from parties.models import OrganisationName


def called(acting: Acting, text: str) -> QuerySet[Access, Any]:
    """The agreements, by their ids, with this in the title or the reference.

    A whole reference finds that one alone.
    """
    rows = Access.objects.filter(organisation=acting.organisation_id or 0)
    whole = rows.filter(agreement__reference=text.upper())
    found = whole if whole.exists() else rows.filter(words__contains=text.casefold())
    return found.values("agreement")


def holds_text(acting: Acting, text: str) -> Q:
    """For access rows: in the title, the reference, or a name that another party has or had."""
    names = OrganisationName.objects.filter(name__icontains=text)
    others = OtherParty.objects.visible_to(acting).filter(other__in=names.values("organisation"))
    return Q(words__contains=text.casefold()) | shared_with(others.values("other"))


def shared_with(organisations: Any) -> Q:
    """For access rows. Read once for the whole list: to ask for each agreement takes longer."""
    rows = Access.objects.filter(organisation__in=organisations)
    return Q(agreement__in=rows.values("agreement"))
