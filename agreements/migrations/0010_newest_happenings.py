from django.db import migrations, models

from house.indexes import AddIndexLive


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("agreements", "0009_words_on_pages")]

    operations = [
        AddIndexLive(
            model_name="happening",
            index=models.Index(fields=["-at", "-id"], name="happening_newest"),
        ),
    ]
