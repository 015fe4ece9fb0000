from django.db import migrations, models

from house.indexes import AddIndexLive


class Migration(migrations.Migration):
    """The list walks this index from its first page on, however many actions there are."""

    atomic = False

    dependencies = [("commitments", "0002_triggers"), ("agreements", "0008_lists_in_order")]

    operations = [
        AddIndexLive(
            model_name="action",
            index=models.Index(fields=["due_on", "agreement", "number"], name="action_soonest"),
        )
    ]
