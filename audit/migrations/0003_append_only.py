from django.db import migrations

from audit.models import APPEND_ONLY
from house.triggers import in_migration


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_initial")]

    operations = [migrations.RunPython(*in_migration(trigger)) for trigger in APPEND_ONLY]
