from __future__ import annotations

from django.db import models


class ClauseKind(models.TextChoices):
    SECTION = "section", "Section heading"
    PRINCIPLE = "principle", "Principle"
    DUTY = "duty", "Duty"
    ROLE = "role", "Role"
    STATEMENT = "statement", "Statement"
    DEFINITION = "definition", "Definition"
