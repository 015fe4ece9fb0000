from django.db import migrations, models

from house.indexes import AddIndexLive


class Migration(migrations.Migration):
    """The list walks this index from its first page on, however many series there are."""

    atomic = False

    dependencies = [("meetings", "0003_series_of_agreements_in_force")]

    operations = [
        AddIndexLive(
            model_name="series",
            index=models.Index(fields=["name", "id"], name="series_by_name"),
        )
    ]
