from django.db import migrations

from house.indexes import DropLikeIndex


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("mail", "0002_whose_business")]

    operations = [
        DropLikeIndex("delivery", "dedupe"),
        DropLikeIndex("delivery", "message_id"),
    ]
