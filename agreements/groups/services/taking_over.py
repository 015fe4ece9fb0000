"""Groups of an organisation whose place another took (X07)."""

from __future__ import annotations

from typing import TypeVar

from django.db import models

from agreements.models import Issue, IssueShare
from parties.models import Organisation, Succession

M = TypeVar("M", bound=models.Model)


def take_over(succession: Succession) -> None:
    """The successor sends what the old one sent, and is the commissioner where that was. Where it
    has a share of the same sending already, the lines are brought together in that."""
    old, new = succession.old, succession.new
    for issue in _locked(Issue, old):
        issue.organisation = new
        issue.save(update_fields=["organisation"])
    own = {each.issue_id: each for each in _locked(IssueShare, new)}
    for share in _locked(IssueShare, old):
        if there := own.get(share.issue_id):
            share.lines.update(share=there)
        else:
            share.organisation = new
            share.save(update_fields=["organisation"])


def _locked(model: type[M], organisation: Organisation) -> list[M]:
    rows = model._default_manager.filter(organisation=organisation)
    return list(rows.select_for_update(no_key=True).order_by("pk"))
