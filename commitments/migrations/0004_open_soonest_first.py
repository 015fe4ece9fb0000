from django.db import migrations, models
from django.db.models import Q

from house.indexes import AddIndexLive


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("commitments", "0003_soonest_first")]

    operations = [
        AddIndexLive(
            model_name="action",
            index=models.Index(
                fields=["due_on", "agreement", "number"],
                name="action_open_soonest",
                condition=Q(state="open"),
            ),
        )
    ]
