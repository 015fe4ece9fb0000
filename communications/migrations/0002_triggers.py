from django.db import migrations

from communications.models.outcomes import APPEND_ONLY
from house.triggers import InstallTrigger


class Migration(migrations.Migration):
    dependencies = [("communications", "0001_initial")]

    operations = [InstallTrigger(trigger) for trigger in APPEND_ONLY]
