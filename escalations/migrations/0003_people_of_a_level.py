from django.db import migrations, models

from escalations.models.steps import STEPS_APPEND_ONLY
from house.triggers import InstallTrigger, RemoveTrigger


class Migration(migrations.Migration):
    dependencies = [("escalations", "0002_triggers")]

    operations = [
        # SQLite makes the table anew for a new column, and its triggers are gone with the old one.
        RemoveTrigger(STEPS_APPEND_ONLY),
        migrations.AddField(
            model_name="step",
            name="people",
            field=models.JSONField(blank=True, default=dict),
        ),
        InstallTrigger(STEPS_APPEND_ONLY),
    ]
