from django.db import migrations

from agreements.models.happenings import HAPPENINGS_APPEND_ONLY
from agreements.models.versions import TEXT_TRIGGERS
from house.triggers import InstallTrigger


class Migration(migrations.Migration):
    dependencies = [("agreements", "0001_initial")]

    operations = [
        InstallTrigger(trigger)
        for trigger in [*TEXT_TRIGGERS, HAPPENINGS_APPEND_ONLY]
    ]
