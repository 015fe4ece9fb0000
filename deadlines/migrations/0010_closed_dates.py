from django.db import migrations, models
from django.db.models import Q

from house.indexes import AddIndexLive


class Migration(migrations.Migration):
    """A calendar shows the meetings that were held or called off, as few as there are near today."""

    atomic = False

    dependencies = [("deadlines", "0009_feeds")]

    operations = [
        AddIndexLive(
            model_name="holder",
            index=models.Index(
                condition=Q(is_open=False),
                fields=["organisation", "due_on", "deadline"],
                name="holder_closed",
            ),
        ),
    ]
