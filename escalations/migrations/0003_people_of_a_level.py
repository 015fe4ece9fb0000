from django.db import migrations, models

from escalations.models.steps import STEPS_APPEND_ONLY
from house.triggers import in_migration

install, remove = in_migration(STEPS_APPEND_ONLY)


class Migration(migrations.Migration):
    dependencies = [("escalations", "0002_triggers")]

    operations = [
        # SQLite makes the table anew for a new column, and its triggers are gone with the old one.
        migrations.RunPython(remove, install),
        migrations.AddField(
            model_name="step",
            name="people",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.RunPython(install, remove),
    ]
