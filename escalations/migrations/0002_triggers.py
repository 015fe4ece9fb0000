from django.db import migrations

from escalations.models.steps import STEPS_APPEND_ONLY
from house.triggers import in_migration


class Migration(migrations.Migration):
    dependencies = [("escalations", "0001_initial")]

    operations = [migrations.RunPython(*in_migration(STEPS_APPEND_ONLY))]
