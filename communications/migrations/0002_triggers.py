from django.db import migrations

from communications.models.append_only import APPEND_ONLY
from house.triggers import in_migration


class Migration(migrations.Migration):
    dependencies = [("communications", "0001_initial")]

    operations = [migrations.RunPython(*in_migration(trigger)) for trigger in APPEND_ONLY]
