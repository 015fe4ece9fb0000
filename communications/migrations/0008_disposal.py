from django.db import migrations

from communications.models.outcomes import (
    APPEND_ONLY,
    CORRECTION_APPEND_ONLY,
    CORRECTIONS_STAY,
    STAY,
)
from house.triggers import InstallTrigger, RemoveTrigger


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0042_disposals'),
        ('communications', '0007_leaving'),
    ]

    operations = [
        *map(RemoveTrigger, [*APPEND_ONLY, CORRECTION_APPEND_ONLY]),
        *map(InstallTrigger, [*sum(STAY.values(), []), *CORRECTIONS_STAY]),
    ]
