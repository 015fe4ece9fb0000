from django.db import migrations

from documents.models import (
    NEVER_CHANGED,
    NEVER_CHANGED_BUT_REMOVED,
    REMOVAL_NEVER_CHANGED,
)
from house.triggers import InstallTrigger, RemoveTrigger


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0006_removal'),
    ]

    operations = [
        RemoveTrigger(NEVER_CHANGED),
        InstallTrigger(NEVER_CHANGED_BUT_REMOVED),
        InstallTrigger(REMOVAL_NEVER_CHANGED),
    ]
