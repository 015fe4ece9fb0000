from django.db import migrations

from audit.models import APPEND_ONLY
from house.triggers import InstallTrigger


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_initial")]

    operations = [InstallTrigger(trigger) for trigger in APPEND_ONLY]
