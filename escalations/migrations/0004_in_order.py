from django.db import migrations, models
from django.db.models import F

from house.indexes import AddIndexLive


class Migration(migrations.Migration):
    """The list walks this index from its first page on, however many disagreements there are."""

    atomic = False

    dependencies = [("escalations", "0003_people_of_a_level")]

    operations = [
        AddIndexLive(
            model_name="disagreement",
            index=models.Index(F("closed_at").desc(), "level_since", "id", name="disagreement_in_order"),
        )
    ]
