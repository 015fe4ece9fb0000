from django.db import migrations

from agreements.models.associated import (
    DOCUMENT_VERSION_NEVER_CHANGED,
    DOCUMENT_VERSIONS_STAY,
)
from agreements.models.happenings import HAPPENINGS_APPEND_ONLY, HAPPENINGS_STAY
from agreements.models.retention import DISPOSAL_TRIGGERS
from agreements.models.versions import READ_WITH_FROZEN, TEXT_TRIGGERS, TEXTS_STAY
from house.triggers import InstallTrigger, RemoveTrigger


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0042_disposals'),
    ]

    operations = [
        *map(
            RemoveTrigger,
            [*TEXT_TRIGGERS, READ_WITH_FROZEN, HAPPENINGS_APPEND_ONLY,
             DOCUMENT_VERSION_NEVER_CHANGED],
        ),
        *map(
            InstallTrigger,
            [*TEXTS_STAY, *HAPPENINGS_STAY, *DOCUMENT_VERSIONS_STAY, *DISPOSAL_TRIGGERS],
        ),
    ]
