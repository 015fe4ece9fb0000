from django.db import migrations, models

from house.indexes import AddIndexLive, DropLikeIndex


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("agreements", "0007_fill_words_and_other_parties")]

    operations = [
        AddIndexLive(
            model_name="access",
            index=models.Index(fields=["organisation", "words", "agreement"], name="access_by_title"),
        ),
        DropLikeIndex("agreement", "reference"),
        DropLikeIndex("historicalagreement", "reference"),
        DropLikeIndex("clause", "key"),
        DropLikeIndex("counter", "name"),
        DropLikeIndex("template", "key"),
        DropLikeIndex("historicaltemplate", "key"),
        DropLikeIndex("templateclause", "key"),
        DropLikeIndex("historicaltemplateclause", "key"),
    ]
