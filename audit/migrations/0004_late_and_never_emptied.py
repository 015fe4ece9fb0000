from django.db import migrations, models

from audit.models import APPEND_ONLY, NEVER_EMPTIED
from house.triggers import InstallTrigger, RemoveTrigger


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_append_only")]

    operations = [
        # SQLite makes the table anew, and loses them.
        RemoveTrigger(APPEND_ONLY[1]),
        migrations.AddField(
            model_name="link",
            name="late",
            field=models.BooleanField(db_default=False, default=False),
        ),
        *[InstallTrigger(trigger) for trigger in (APPEND_ONLY[1], *NEVER_EMPTIED)],
    ]
